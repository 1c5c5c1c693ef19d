"""3 publish: what the search in a reader's browser reads. A shard is one query: no post's text is fetched for it."""

from collections.abc import Callable

from dropcap.aws import catalog_keys as keys
from dropcap.site.content import search
from dropcap.site.urls import LISTS, search_path
from dropcap.steps.publish.context import JSON, Making

PER_SHARD = 2_000
"""So many of a month's posts, the newest, can be found."""

Tags = frozenset[str]


def shard(make: Making, name: str) -> Tags:
    """Write a shard (a month, or `pages`), then count it, for the index; an empty one goes when nobody counts it."""
    found = make.tools.catalog.lists.searched(name, PER_SHARD)
    written = make.text(search_path(name), search.shard(found), JSON, [LISTS]) if found else frozenset()
    make.tools.catalog.lists.keep_sum(keys.SEARCH, name, {"count": len(found)} if found else None, make.cause)
    return written if found else make.remove(search_path(name), [LISTS])


def index(make: Making) -> Tags:
    """Write the names of the shards."""
    text = search.index(make.tools.catalog.lists.sums(keys.SEARCH))
    return make.text(search_path("index"), text, JSON, [LISTS])


SINGLE: dict[str, Callable[[Making], Tags]] = {"search": index}
NAMED: dict[str, Callable[[Making, str], Tags]] = {"search-shard": shard}
