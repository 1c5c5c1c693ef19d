"""A Catalog in memory, for unit tests of steps: its table answers like DynamoDB's, and counts nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from dropcap.aws.catalog import Catalog
from dropcap.aws.table import Check, Item, Table
from dropcap.errors import ConflictError
from dropcap.site.post import ItemKey
from support.posts import stored

URL = "https://journal.example.org"


class MemoryTable(Table):
    """A table of items in a dictionary, by key."""

    def __init__(self, *items: Item) -> None:
        """Store ITEMS."""
        self.items: dict[ItemKey, Item] = {}
        self.put_all(items)

    def get(self, key: ItemKey) -> Item | None:
        """Return the item at KEY."""
        return self.items.get(key)

    def get_all(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Item]:
        """Return those items under KEYS that exist."""
        return {key: self.items[key] for key in dict.fromkeys(keys) if key in self.items}

    def query(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Item]:
        """Return at MOST so many items of PK in order, within the bounds WHERE."""
        assert most > 0
        bounds = where or {}
        sorts = [sk for partition, sk in self.items if partition == pk]
        sorts = [sk for sk in sorts if "after" not in bounds or sk > bounds["after"]]
        sorts = [sk for sk in sorts if "before" not in bounds or sk < bounds["before"]]
        sorts = [sk for sk in sorts if sk.startswith(bounds.get("start", ""))]
        return [self.items[pk, sk] for sk in sorted(sorts, reverse=newest_first)[:most]]

    def put_all(self, items: Iterable[Item]) -> None:
        """Write ITEMS."""
        self.items |= {(item["pk"], item["sk"]): stored(item) for item in items}

    def commit(self, puts: Iterable[Item], deletes: Iterable[ItemKey] = (), checks: Iterable[Check] = ()) -> None:
        """Write all or nothing; raise ConflictError if a check fails."""
        if any((self.items.get(check.key) or {}).get("token") != check.token for check in checks):
            raise ConflictError.refused("TransactWriteItems", "ConditionalCheckFailed")
        for key in deletes:
            self.items.pop(key, None)
        self.put_all(puts)

    def put_forward(self, item: Item) -> None:
        """Write ITEM, unless the stored one has a greater rank."""
        before = self.items.get((item["pk"], item["sk"]))
        if before is None or before["rank"] <= item["rank"]:
            self.put_all([item])

    def put_new(self, item: Item) -> None:
        """Write ITEM, unless there is one under its key already."""
        if (item["pk"], item["sk"]) not in self.items:
            self.put_all([item])

    def put_changed(self, item: Item, attributes: Iterable[str]) -> None:
        """Write ITEM; that it is equal perhaps makes no difference here."""
        assert set(attributes) <= set(item)
        self.put_all([item])


def memory_catalog(*items: Item) -> Catalog:
    """Return the Catalog with ITEMS."""
    table: Any = MemoryTable(*items)
    return Catalog(table, URL)
