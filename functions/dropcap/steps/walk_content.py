"""2 index, for work in bulk: every source goes round again, a page of keys a message, so that an upload can pass."""

from dropcap.aws.buckets import Sources
from dropcap.aws.queues import Queue
from dropcap.contracts import UploadSeen, WalkContent
from dropcap.site.settings import SITE_KEY

PAGE = 50
"""So many sources a step."""
PAUSE = 2
"""Seconds between two pages: fifty renders take about as long."""


def walk_content(sources: Sources, uploads: Queue, bulk: Queue, walk: WalkContent) -> int:
    """Send one page of sources to render, then the rest of the WALK to the bulk queue; give the number sent.

    In this order: a crash in between sends a page twice, and renders of what has not changed write nothing.
    """
    found = sources.walk(walk.prefix, walk.after, PAGE)
    uploads.send_all(UploadSeen(key, walk.cause) for key, _ in found if key != SITE_KEY)
    if len(found) == PAGE:
        bulk.send(WalkContent(walk.prefix, found[-1][0], walk.cause), delay=PAUSE)
    return len(found)
