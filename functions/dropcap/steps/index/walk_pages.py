"""2 index, for the masthead: rebuild every page of the site, one page of keys per message.

No source is read or rendered, because only the masthead has changed. First the published sources, then the removed
ones, whose addresses say "gone". Lists are requested with the published posts in them.
"""

from dataclasses import replace

from dropcap.aws import catalog_keys as keys
from dropcap.aws.buckets import Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue, ViewQueue
from dropcap.site import views
from dropcap.site.post import REMOVED, Post, Snapshot
from dropcap.steps.index.every_site import once_a_site
from dropcap.walk_contracts import WalkPages

CONTENT, HISTORY, END = "content", "history", "end"
PAGE = 50
"""Most keys a step."""
PAUSE = 4
"""Seconds between two pages: publishing the views of fifty posts takes about as long."""
UNTIL_BUILT = 4
"""Seconds after the last page of sources: by then few pages, if any, still show a former logo or share image."""


def walk_pages(
    folders: tuple[Sources, Journals], catalog: Catalog, queues: tuple[ViewQueue, Queue], walk: WalkPages
) -> int:
    """Request the views of one page of the WALK, then queue the rest of it; return how many views.

    FOLDERS are the sources and the journals, QUEUES those of views and of bulk work. At the end the masthead is built
    once more, which deletes the pictures that pages showed until then.
    """
    sources, journals = folders
    queue, bulk = queues
    if walk.folder == END:
        queue.send({views.NAVIGATION: (f"{walk.event} {END}", walk.cause)})
        return 1
    is_content = walk.folder == CONTENT
    page = [key for key, _ in sources.walk("", walk.after, PAGE)] if is_content else journals.walk("", walk.after, PAGE)
    posts = [post for post in catalog.posts(page).values() if is_content or post.outcome == REMOVED]
    wanted: set[str] = set().union(*map(_pages, posts))
    if is_content and not walk.after:
        wanted |= once_a_site(catalog)
    queue.send(dict.fromkeys(sorted(wanted), (walk.event, walk.cause)))
    if len(page) == PAGE:
        bulk.send(replace(walk, after=page[-1]), delay=PAUSE)
    elif is_content:
        bulk.send(replace(walk, folder=HISTORY, after=""), delay=PAUSE)
    else:
        bulk.send(replace(walk, folder=END, after=""), delay=UNTIL_BUILT)
    return len(wanted)


def _pages(post: Post) -> set[str]:
    """Return every view of the site that shows POST."""
    owned = {views.path(keys.address_of(claim)) for claim in post.owns if keys.is_claim(claim)}
    previews = {views.preview(post.preview, post.key)} if post.preview else set()
    return owned | previews | (_lists(post.key, post.live) if post.live else set())


def _lists(key: str, live: Snapshot) -> set[str]:
    """Return the lists, feeds and sums that read a list item of LIVE, except those of every site."""
    items = [(pk.partition("#")[2], sort) for pk, sort in keys.item_keys(key, live) if pk.startswith("LIST#")]
    named = {view for name, sort in items if not name.startswith("language#") for view in views.of_list(name, sort)}
    return named.difference(views.EVERYWHERE)
