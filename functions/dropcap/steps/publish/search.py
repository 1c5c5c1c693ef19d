"""3 publish: the search index that readers' browsers fetch. A shard is one query and reads no post's text.

The sum of a month counts its posts, that of a year adds up its months and says whether the year is one shard. When that
changes, `index` rebuilds the months.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from dropcap.aws import catalog_keys as keys
from dropcap.aws.lists import period_of
from dropcap.aws.table import Item
from dropcap.site.content import search
from dropcap.site.urls import LISTS, CacheTags, search_path
from dropcap.steps.publish.context import JSON, PublishContext
from dropcap.steps.publish.home_pages import home_addresses

PER_SHARD = 2_000
"""Most posts of a shard, the newest."""
YEAR = 4
"""Characters of a month, `2025-03`, that name its year; a year has no more."""


def shard(context: PublishContext, name: str) -> CacheTags:
    """Count a month or `pages`, then write its shard, unless its year is one shard or nothing is in it.

    A page that opens the home page, or the list of a language, is found at that address.
    A year without a sum is taken for one shard: most are, and if this one is not, its sum requests its months.
    """
    lists = context.tools.catalog.lists
    posts = lists.searched(name, PER_SHARD)
    members = lists.members(keys.SEARCH, period_of(name), PER_SHARD)
    total = {"count": len(posts), "members": members} if posts else None
    lists.keep_sum(keys.SEARCH, name, total, context.cause)
    if not posts or (name != keys.PAGES and _folded(lists.sums(keys.SEARCH, name[:YEAR])) is not False):
        return context.remove(search_path(name), [LISTS])
    homes = home_addresses(context) if name == keys.PAGES else {}
    canonical = [(replace(card, path=homes.get(card.key, card.path)), words) for card, words in posts]
    return context.text(search_path(name), search.shard(canonical), JSON, [LISTS])


def year(context: PublishContext, name: str) -> CacheTags:
    """Write the shard of a year, with everything or with titles only; then store which of the two."""
    lists = context.tools.catalog.lists
    sums = lists.sums(keys.SEARCH, name)
    count = sum(int(item["count"]) for item in sums if len(item["sk"]) > YEAR)
    folded = count <= search.FOLDED
    before = _folded(sums)
    posts = lists.searched(name, search.FOLDED if folded else PER_SHARD) if count else []
    whole, titles = search_path(name), search_path(search.titles_name(name))
    cleared = CacheTags()
    for path, text in (
        (whole, search.shard(posts) if folded and posts else ""),
        (titles, "" if folded else search.titles(card for card, _ in posts)),
    ):
        if text:
            cleared |= context.text(path, text, JSON, [LISTS])
        elif not count or before is not folded:  # else the other shape was removed before the sum was stored
            cleared |= context.remove(path, [LISTS])
    lists.keep_sum(keys.SEARCH, name, {"count": count, "folded": folded} if count else None, context.cause)
    return cleared


def _folded(sums: Iterable[Item]) -> bool | None:
    """Return whether the sum of the year among SUMS says that it is one shard; None if there is no sum yet."""
    return next((bool(item.get("folded")) for item in sums if len(item["sk"]) == YEAR), None)


def index(context: PublishContext) -> CacheTags:
    """Write the list of the shards."""
    text = search.index(context.tools.catalog.lists.sums(keys.SEARCH))
    return context.text(search_path("index"), text, JSON, [LISTS])


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"search": index}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"search-shard": shard, "search-year": year}
