"""3 publish: the search index that readers' browsers fetch. A shard is one query and reads no post's text."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.site.content import search
from dropcap.site.urls import LISTS, CacheTags, search_path
from dropcap.steps.publish.context import JSON, PublishContext

PER_SHARD = 2_000
"""At most so many of a month's posts, the newest, can be found."""


def shard(context: PublishContext, name: str) -> CacheTags:
    """Write a shard (a month, or `pages`), then count it, for the index; an empty one goes when nobody counts it."""
    found = context.tools.catalog.lists.searched(name, PER_SHARD)
    written = context.text(search_path(name), search.shard(found), JSON, [LISTS]) if found else frozenset()
    context.tools.catalog.lists.keep_sum(keys.SEARCH, name, {"count": len(found)} if found else None, context.cause)
    return written if found else context.remove(search_path(name), [LISTS])


def index(context: PublishContext) -> CacheTags:
    """Write the names of the shards."""
    text = search.index(context.tools.catalog.lists.sums(keys.SEARCH))
    return context.text(search_path("index"), text, JSON, [LISTS])


SINGLE: dict[str, Callable[[PublishContext], CacheTags]] = {"search": index}
NAMED: dict[str, Callable[[PublishContext, str], CacheTags]] = {"search-shard": shard}
