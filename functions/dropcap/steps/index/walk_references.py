"""2 index, for a name with many mentions: rebuild the texts that mention it, one page of references per message."""

from collections.abc import Iterable
from dataclasses import replace

from dropcap.aws.catalog import Catalog
from dropcap.aws.queues import Queue, ViewQueue
from dropcap.site import views
from dropcap.site.post import Post
from dropcap.walk_contracts import WalkReferences

PAGE = 500
"""Most references a step."""
PAUSE = 5
"""Seconds between two pages: publishing the views of five hundred references takes about as long."""


def mentioning(catalog: Catalog, name: str, after: str = "") -> tuple[set[str], str | None]:
    """Return the views of one page of the texts that mention NAME, after AFTER; and its last sort key, or None."""
    page = catalog.references.referrers(name, most=PAGE, after=after)
    texts = texts_of(catalog.posts({item["source"] for item in page}).values())
    return texts, page[-1]["sk"] if len(page) == PAGE else None


def referring(catalog: Catalog, name: str) -> list[str]:
    """Return the sources of the first page of the texts that mention NAME."""
    return [item["source"] for item in catalog.references.referrers(name, most=PAGE)]


def walk_references(catalog: Catalog, queue: ViewQueue, bulk: Queue, walk: WalkReferences) -> int:
    """Request the views of one page of the WALK, then queue the rest of it; return how many views."""
    texts, last = mentioning(catalog, walk.name, walk.after)
    queue.send(dict.fromkeys(sorted(texts), (walk.event, walk.cause)))
    if last:
        bulk.send(replace(walk, after=last), delay=PAUSE)
    return len(texts)


def texts_of(posts: Iterable[Post]) -> set[str]:
    """Return the views that show the texts of POSTS: their pages or their previews."""
    posts = tuple(posts)
    pages = {views.path(post.path) for post in posts if post.path}
    return pages | {views.preview(post.preview, post.key) for post in posts if post.preview}
