"""3 publish: the search index that readers' browsers fetch. A shard is one query and reads no post's text.

The sum of a month counts its posts, that of a year adds up its months and says whether the year is one shard. When that
changes, `index` rebuilds the months.
"""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.site.content import search
from dropcap.site.urls import LISTS, CacheTags, search_path
from dropcap.steps.publish.context import JSON, PublishContext

PER_SHARD = 2_000
"""Most posts of a shard, the newest."""
YEAR = 4
"""Characters of a month, `2025-03`, that name its year; a year has no more."""


def shard(context: PublishContext, name: str) -> CacheTags:
    """Count a month or `pages`, then write its shard, unless its year is one shard or nothing is in it."""
    lists = context.tools.catalog.lists
    posts = lists.searched(name, PER_SHARD)
    lists.keep_sum(keys.SEARCH, name, {"count": len(posts)} if posts else None, context.cause)
    year = None if name == keys.PAGES else lists.sum(keys.SEARCH, name[:YEAR])
    if not posts or (year and year.get("folded")):
        return context.remove(search_path(name), [LISTS])
    return context.text(search_path(name), search.shard(posts), JSON, [LISTS])


def year(context: PublishContext, name: str) -> CacheTags:
    """Write what a year has: one shard of everything, or one of its titles; then store which of both."""
    lists = context.tools.catalog.lists
    count = sum(int(item["count"]) for item in lists.sums(keys.SEARCH, name) if len(item["sk"]) > YEAR)
    folded = count <= search.FOLDED
    posts = lists.searched(name, search.FOLDED if folded else PER_SHARD) if count else []
    whole, titles = search_path(name), search_path(search.titles_name(name))
    cleared = CacheTags()
    for path, text in (
        (whole, search.shard(posts) if folded and posts else ""),
        (titles, "" if folded else search.titles(card for card, _ in posts)),
    ):
        cleared |= context.text(path, text, JSON, [LISTS]) if text else context.remove(path, [LISTS])
    lists.keep_sum(keys.SEARCH, name, {"count": count, "folded": folded} if count else None, context.cause)
    return cleared


def index(context: PublishContext) -> CacheTags:
    """Write the list of the shards."""
    text = search.index(context.tools.catalog.lists.sums(keys.SEARCH))
    return context.text(search_path("index"), text, JSON, [LISTS])


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"search": index}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"search-shard": shard, "search-year": year}
