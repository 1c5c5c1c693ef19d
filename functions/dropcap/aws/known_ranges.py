"""A table that answers questions about the neighbours of many places in one list from a few queries.

In an import, `index` asks for the neighbours of each new item of a list. The third such question to a partition, or the
first where many are expected, reads a window of items on both sides of its place, and later ones within the window need
no query. Items can be looked up together in advance. As for equal questions, a change that comes after an answer was
read has a record of its own, which asks again.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dropcap.aws.remembering_table import RememberingTable
from dropcap.aws.table import Item, Table, read_image
from dropcap.site.post import ItemKey

FEW = 2
"""Questions to a partition that are asked as they are: one changed post needs no window."""
REACH = 50
"""Items on each side of a place in a window; a question for more is asked as it is."""
MOST = 2_000
"""Items in all windows of a batch, some megabytes; after that questions are asked as they are."""


class KnownRange(NamedTuple):
    """All items of a partition around PLACE: IMAGES by sort key, in order; all there are down to START or up to END."""

    place: str
    images: dict[str, Mapping[str, Any]]
    start: bool
    end: bool

    def before(self, place: str, most: int) -> list[Mapping[str, Any]] | None:
        """Return the nearest images before PLACE, the nearest first; None if they may not all be here."""
        names = [name for name in self.images if name < place]
        reaches = self.end or place <= self._last
        return self._part(names[::-1][:most], most, whole=self.start, reaches=reaches)

    def after(self, place: str, most: int) -> list[Mapping[str, Any]] | None:
        """Return the nearest images after PLACE, the nearest first; None if they may not all be here."""
        names = [name for name in self.images if name > place]
        reaches = self.start or place >= self._first
        return self._part(names[:most], most, whole=self.end, reaches=reaches)

    @property
    def _first(self) -> str:
        return next(iter(self.images), self.place)

    @property
    def _last(self) -> str:
        return next(reversed(self.images), self.place)

    def _part(self, names: list[str], most: int, *, whole: bool, reaches: bool) -> list[Mapping[str, Any]] | None:
        """Return the images called NAMES, if the range REACHES them and has MOST of them or the WHOLE side."""
        if not reaches or (len(names) < most and not whole):
            return None
        return [self.images[name] for name in names]


class NeighboursTable(RememberingTable):
    """Queries of another table, remembered, with windows of items for questions about neighbours; it only reads."""

    def __init__(self, table: Table) -> None:
        """Query TABLE."""
        super().__init__(table)
        self._questions: dict[str, int] = {}
        self._ranges: dict[str, list[KnownRange]] = {}
        self._kept = 0
        self._items: dict[ItemKey, Item | None] = {}

    def expect_questions(self, partitions: Iterable[str]) -> None:
        """Read a window for the first question to each of PARTITIONS, since more than a few will follow."""
        self._questions |= dict.fromkeys(partitions, FEW)

    def look_up(self, keys: Iterable[ItemKey]) -> None:
        """Read the items under KEYS, which later questions for them then have."""
        names = dict.fromkeys(keys)
        items = super().get_all(names)
        self._items |= {name: items.get(name) for name in names}

    def get_all(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Item]:
        """Return what `Table.get_all` returns, perhaps from what was looked up."""
        names = dict.fromkeys(keys)
        if not names.keys() <= self._items.keys():
            return super().get_all(names)
        return {name: item for name in names if (item := self._items[name])}

    def query(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Item]:
        """Return what `Table.query` returns, perhaps from an earlier answer or from a window read before."""
        side = "before" if newest_first else "after"
        if not where or where.keys() != {side} or most > REACH:
            return super().query(pk, most=most, newest_first=newest_first, where=where)
        images = self._known(pk, side, where[side], most)
        if images is not None:
            return [read_image(image) for image in images]
        self._questions[pk] = self._questions.get(pk, 0) + 1
        if self._questions[pk] <= FEW or self._kept >= MOST:
            return super().query(pk, most=most, newest_first=newest_first, where=where)
        self._read_around(pk, where[side])
        images = self._known(pk, side, where[side], most)
        if images is None:  # the item at the place itself may have taken the room of the last one
            return super().query(pk, most=most, newest_first=newest_first, where=where)
        return [read_image(image) for image in images]

    def _known(self, pk: str, side: str, place: str, most: int) -> list[Mapping[str, Any]] | None:
        for known in self._ranges.get(pk, ()):
            images = known.before(place, most) if side == "before" else known.after(place, most)
            if images is not None:
                return images
        return None

    def _read_around(self, pk: str, place: str) -> None:
        """Read the window around PLACE in the partition PK, with the item there, if there is one."""
        earlier = self.images(pk, most=REACH, newest_first=True, where={"before": place})
        later = self.images(pk, most=REACH, where={"from": place})
        images = {image["sk"]["S"]: image for image in (*reversed(earlier), *later)}
        self._kept += len(images)
        window = KnownRange(place, images, len(earlier) < REACH, len(later) < REACH)
        self._ranges.setdefault(pk, []).append(window)
