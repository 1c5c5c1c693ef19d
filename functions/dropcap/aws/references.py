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
"""Most posts of one name that are read when a text mentions it."""


class References:
    """Names, mentions and fingerprints. All methods raise ServiceError."""

    def __init__(self, table: Table, lists: Lists, media: MediaItems) -> None:
        """Store the TABLE, and the adapters of its LISTS and MEDIA."""
        self._table = table
        self._lists = lists
        self._media = media

    def called(self, name: str) -> list[Card]:
        """Return the published post that a wikilink NAME means (the first path in order), and the next one, if any."""
        return self._lists.cards(keys.holders_of(name), most=2)

    def holders(self, name: str) -> list[Card]:
        """Return the published posts that have NAME, the first path in order first."""
        return self._lists.cards(keys.holders_of(name), most=NAMESAKES)

    def referrers(
        self, name: str, *, most: int, newest_first: bool = False, before: str | None = None, after: str = ""
    ) -> list[Item]:
        """Return the REF items of the texts that mention NAME, older than BEFORE or later than AFTER if one is set."""
        where = {"before": before} if before else {"after": after} if after else None
        return self._table.query(keys.references_to(name), most=most, newest_first=newest_first, where=where)

    def register(self, key: str, live: Snapshot, token: str, cause: Cause) -> None:
        """Record that source KEY mentions the names in LIVE."""
        sort = keys.item_sort(live.sort, key)
        same = {"source": key, "token": token, "cause": cause.to_item()}
        self._table.put_all({"pk": keys.references_to(name), "sk": sort, **same} for name in live.links)
        self._media.register(live.files, sort, same)

    def register_known(self, ids: Iterable[ItemKey], cause: Cause) -> None:
        """Record the keys IDS (id, fingerprint) of a source before others with the same are looked for."""
        for key in ids:
            self._table.put_new(item_of(key, {"source": key[1], "left": [], "cause": cause.to_item()}))

    def left_behind(self, ids: Iterable[ItemKey]) -> list[tuple[str, list[str]]]:
        """Return other sources with one of IDS that are no longer public, as (source key, former addresses)."""
        return [(item["source"], item["left"]) for item in self._others(ids) if item["left"]]

    def alive(self, ids: Iterable[ItemKey]) -> list[str]:
        """Return the source keys of other sources with one of IDS that have left no address."""
        return list(dict.fromkeys(item["source"] for item in self._others(ids) if not item["left"]))

    def _others(self, ids: Iterable[ItemKey]) -> list[Item]:
        return [item for pk, key in ids for item in self._table.query(pk, most=NAMESAKES) if item["source"] != key]
