"""Names that wikilinks use, the sources that mention them, and how a moved source is recognised."""

from collections.abc import Iterable

from dropcap.aws import catalog_keys as keys
from dropcap.aws.lists import Lists
from dropcap.aws.media import MediaItems
from dropcap.aws.table import Item, Table, item_of
from dropcap.contracts import Cause
from dropcap.site.cards import Card
from dropcap.site.post import ItemKey, Snapshot

NAMESAKES = 100
"""Most posts of one name that are looked at when something is mentioned by it."""


class References:
    """Names, mentions and fingerprints. All methods raise ServiceError."""

    def __init__(self, table: Table, lists: Lists, media: MediaItems) -> None:
        """Store the TABLE, and the adapters of its LISTS and MEDIA."""
        self._table = table
        self._lists = lists
        self._media = media
        self._known: dict[str, list[Card]] | None = None

    def remembering(self) -> "References":
        """Return the same, which looks up the holders of each name once: for one batch of records."""
        remembering = References(self._table, self._lists, self._media)
        remembering._known = {}  # its own class
        return remembering

    def called(self, name: str) -> list[Card]:
        """Return the published post that a wikilink NAME means (the least path), and the next one if there is one."""
        return self._lists.cards(keys.holders_of(name), most=2)

    def holders(self, name: str) -> list[Card]:
        """Return everybody who may be called NAME, the least path first."""
        if self._known is not None and name in self._known:
            return self._known[name]
        cards = self._lists.cards(keys.holders_of(name), most=NAMESAKES)
        if self._known is not None:
            self._known[name] = cards
        return cards

    def referrers(
        self, name: str, *, most: int, newest_first: bool = False, before: str | None = None, after: str = ""
    ) -> list[Item]:
        """Return the REF items of who mentions NAME, older than BEFORE or later than AFTER where one is given."""
        where = {"before": before} if before else {"after": after} if after else None
        return self._table.query(keys.references_to(name), most=most, newest_first=newest_first, where=where)

    def register(self, key: str, live: Snapshot, token: str, cause: Cause) -> None:
        """Record that source KEY mentions the names in LIVE."""
        sort = keys.entry_sort(live.sort, key)
        same = {"source": key, "token": token, "cause": cause.to_item()}
        self._table.put_all({"pk": keys.references_to(name), "sk": sort, **same} for name in live.links)
        self._media.register(live.files, sort, same)

    def register_known(self, known: Iterable[ItemKey], cause: Cause) -> None:
        """Record the KNOWN keys (id, fingerprint) of a source before others with the same are looked for."""
        for key in known:
            self._table.put_new(item_of(key, {"source": key[1], "left": [], "cause": cause.to_item()}))

    def left_behind(self, known: Iterable[ItemKey]) -> list[tuple[str, list[str]]]:
        """Return who else was KNOWN by the same and is not public any more, as (source key, addresses left)."""
        return [(item["source"], item["left"]) for item in self._others(known) if item["left"]]

    def alive(self, known: Iterable[ItemKey]) -> list[str]:
        """Return the source keys of who else is KNOWN by the same, and has left no address."""
        return list(dict.fromkeys(item["source"] for item in self._others(known) if not item["left"]))

    def _others(self, known: Iterable[ItemKey]) -> list[Item]:
        return [item for pk, key in known for item in self._table.query(pk, most=NAMESAKES) if item["source"] != key]
