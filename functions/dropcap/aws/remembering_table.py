"""A table that runs equal queries once per batch of messages, since the views of a batch often read the same items.

A batch is received before its first query, so every answer is at least as new as the messages. A change that comes
later has a record of its own in the stream, which requests the same views again.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dropcap.aws.table import Check, Item, Table
from dropcap.site.post import ItemKey

Bound = tuple[str, bool, tuple[tuple[str, str], ...]]
"""A query: its partition, whether the newest items come first, and the bounds of the sort key."""


class RememberingTable(Table):
    """Queries of another table, remembered until something is written to their partition through this one."""

    def __init__(self, table: Table) -> None:
        """Query TABLE."""
        super().__init__(table._client, table._name)  # noqa: SLF001  # its own class
        self._answers: dict[Bound, tuple[int, list[Item]]] = {}

    def query(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Item]:
        """Return what `Table.query` returns, perhaps from an earlier answer to this query or to one for more items."""
        bound = (pk, newest_first, tuple(sorted((where or {}).items())))
        asked_for, items = self._answers.get(bound, (0, []))
        if most > asked_for and len(items) == asked_for:
            items = super().query(pk, most=most, newest_first=newest_first, where=where)
            self._answers[bound] = (most, items)
        return items[:most]

    def put_all(self, items: Iterable[Item]) -> None:
        """Write ITEMS, and forget the answers about their partitions."""
        written = list(items)
        super().put_all(written)
        self._forget({item["pk"] for item in written})

    def commit(self, puts: Iterable[Item], deletes: Iterable[ItemKey] = (), checks: Iterable[Check] = ()) -> None:
        """Write all or nothing, and forget the answers about the partitions."""
        written, gone = list(puts), list(deletes)
        super().commit(written, gone, checks)
        self._forget({item["pk"] for item in written} | {pk for pk, _ in gone})

    def _put_if(self, item: Item, **condition: Any) -> bool:  # noqa: ANN401  # arguments of PutItem
        """Write ITEM on a CONDITION, and forget the answers about its partition if that changed it."""
        written = super()._put_if(item, **condition)
        if written:
            self._forget({item["pk"]})
        return written

    def _forget(self, partitions: set[str]) -> None:
        self._answers = {bound: answer for bound, answer in self._answers.items() if bound[0] not in partitions}
