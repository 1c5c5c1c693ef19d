"""The lists in the Catalog: their items, which are cards, and the sums of their months and years."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dropcap.aws import catalog_keys as keys
from dropcap.aws.home_lists import HOME, HOME_PAGE
from dropcap.aws.post_items import card_of
from dropcap.aws.table import Item, Table, item_of
from dropcap.contracts import Cause
from dropcap.site.cards import Card


class Lists:
    """Queries of lists, and writes of their sums. All methods raise ServiceError."""

    def __init__(self, table: Table) -> None:
        """Store the Catalog's TABLE."""
        self._table = table

    def home_page(self) -> str:
        """Return the source key of the page that opens the home page, published or not."""
        return self.opening(HOME) or HOME_PAGE

    def opening(self, name: str) -> str | None:
        """Return the source key of the page that opens the home page, or the list of a language; NAME is its list."""
        return next((card.key for card in self.cards(keys.list_of(name), most=1)), None)

    def newest(self, name: str, most: int) -> list[Card]:
        """Return the newest items of the list NAME, newest first."""
        return self.cards(keys.list_of(name), most=most, newest_first=True)

    def oldest(self, name: str, most: int) -> list[Card]:
        """Return the oldest items of the list NAME, oldest first."""
        return self.cards(keys.list_of(name), most=most)

    def in_period(self, name: str, period: str, most: int) -> list[Card]:
        """Return the items of the list NAME in PERIOD (`2025` or `2025-03`; empty for all), newest first."""
        return [card_of(item) for item in self._newest_in(name, period, most)]

    def searched(self, shard: str, most: int) -> list[tuple[Card, str]]:
        """Return the newest items of a SHARD of the search (a month, or `pages`), each with its words."""
        items = self._newest_in(keys.SEARCH, period_of(shard), most)
        return [(card_of(item), item["words"]) for item in items]

    def members(self, name: str, period: str, most: int) -> str:
        """Return a digest that names the items of the list NAME in PERIOD, newest first.

        It changes with each added or removed item, also if that item was there before.
        """
        return _digest("\n".join(map(_occurrence, self._newest_in(name, period, most))))

    def marks(self, name: str, most: int) -> list[str]:
        """Return a digest of each of the oldest items of the list NAME; one that leaves and comes again has another."""
        items = self._table.query(keys.list_of(name), most=most)
        return [_digest(_occurrence(item)) for item in items]

    def neighbours(self, sort: str, key: str) -> tuple[Card | None, Card | None]:
        """Return the posts directly before and after source KEY at SORT in the list of all posts."""
        earlier, later = self.earlier(keys.ALL, sort, key, 1), self.later(keys.ALL, sort, key, 1)
        return (earlier[0] if earlier else None), (later[0] if later else None)

    def earlier(self, name: str, sort: str, key: str, most: int) -> list[Card]:
        """Return the items of the list NAME before source KEY at SORT, the nearest first."""
        place = keys.item_sort(sort, key)
        return self.cards(keys.list_of(name), most=most, newest_first=True, where={"before": place})

    def later(self, name: str, sort: str, key: str, most: int) -> list[Card]:
        """Return the items of the list NAME after source KEY at SORT, the nearest first."""
        return self.cards(keys.list_of(name), most=most, where={"after": keys.item_sort(sort, key)})

    def sums(self, name: str, period: str = "") -> list[Item]:
        """Return the sums of the list NAME in PERIOD, oldest first."""
        return self._table.query(keys.sums_of(name), most=10_000, where=within(period))

    def neighbour_sums(self, period: str) -> tuple[str | None, str | None]:
        """Return the nearest months before and after PERIOD that have posts.

        All months are read, some 250 bytes each, as for the archive: the pages of several months then share one query.
        """
        months = [item["sk"] for item in self.sums(keys.ALL)]
        earlier, later = [month for month in months if month < period], [month for month in months if month > period]
        return (earlier[-1] if earlier else None), (later[0] if later else None)

    def keep_sum(self, name: str, period: str, fields: Mapping[str, Any] | None, cause: Cause) -> None:
        """Write FIELDS as the sum of the list NAME over PERIOD unless equal; delete the sum if they are None."""
        key = (keys.sums_of(name), period)
        if fields is None:
            self._table.commit([], [key])
        else:
            self._table.put_changed(item_of(key, {**fields, "cause": cause.to_item()}), fields)

    def cards(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Card]:
        """Return the cards in the partition PK, MOST of them at most; WHERE bounds them as in `Table.query`."""
        items = self._table.query(pk, most=most, newest_first=newest_first, where=where)
        return [card_of(item) for item in items]

    def _newest_in(self, name: str, period: str, most: int) -> list[Item]:
        return self._table.query(keys.list_of(name), most=most, newest_first=True, where=within(period))


def period_of(shard: str) -> str:
    """Return the beginning of the sort keys of a SHARD of the search: a year, a month, or `pages`."""
    return f"{keys.PAGES}#" if shard == keys.PAGES else shard


def within(period: str) -> dict[str, str] | None:
    """Return the bounds of a query to PERIOD, the beginning of its sort keys; None if it is empty."""
    return {"start": period} if period else None


def _occurrence(item: Item) -> str:
    """Return the name of ITEM in its list; one that leaves and comes again has another."""
    return f"{item['sk']} {item.get('token', '')}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
