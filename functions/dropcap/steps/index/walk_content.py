"""2 index, for bulk work: reprocess every file, one page of keys per message, so that single uploads need not wait.

First the sources, then the journals of removed ones, whose addresses answer "gone".
"""

from dropcap.aws.buckets import Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue
from dropcap.contracts import UploadSeen
from dropcap.site.post import REMOVED
from dropcap.site.settings.model import SITE_KEY
from dropcap.walk_contracts import WalkContent, WalkJournals

PAGE = 50
"""Most keys a step."""
PAUSE = 2
"""Seconds between two pages: fifty renders take about as long."""


def walk_content(sources: Sources, uploads: Queue, bulk: Queue, walk: WalkContent) -> int:
    """Send one page of sources to render, then the rest of the WALK to the bulk queue; return the number sent.

    In this order: a crash in between sends a page twice, and renders of what has not changed write nothing.
    """
    page = sources.walk(walk.prefix, walk.after, PAGE)
    uploads.send_all(UploadSeen(key, walk.cause) for key, _ in page if key != SITE_KEY)
    if len(page) == PAGE:
        bulk.send(WalkContent(walk.prefix, page[-1][0], walk.cause), delay=PAUSE)
    else:
        bulk.send(WalkJournals(walk.prefix, "", walk.cause), delay=PAUSE)
    return len(page)


def walk_journals(journals: Journals, catalog: Catalog, queues: tuple[Queue, Queue], walk: WalkJournals) -> int:
    """Send one page of removed sources that have a journal to render, then the rest of the WALK.

    QUEUES are those of uploads and of bulk work. Returns the number of journals read. Existing sources were sent by the
    walk over the content, which comes first.
    """
    uploads, bulk = queues
    page = journals.walk(walk.prefix, walk.after, PAGE)
    posts = catalog.posts(page)
    gone = [key for key in page if key not in posts or posts[key].outcome == REMOVED]
    uploads.send_all(UploadSeen(key, walk.cause) for key in gone)
    if len(page) == PAGE:
        bulk.send(WalkJournals(walk.prefix, page[-1], walk.cause), delay=PAUSE)
    return len(page)
