"""1 render: schedule another render for the moment when a post appears or expires.

A schedule is set after the commit that needs it and before the last check, so that the last of
several overlapping runs has set it. A schedule that a crash leaves behind fires once and changes nothing.
"""

from datetime import datetime, timedelta
from math import ceil

from dropcap.aws.queues import Queue
from dropcap.aws.schedules import PostSchedules
from dropcap.contracts import UploadSeen
from dropcap.site.post import Post

SOON = timedelta(minutes=1)
"""The Scheduler is no more exact than this, and may be as early: what is due sooner waits in the queue itself."""


def schedule_render(schedules: PostSchedules, uploads: Queue, post: Post, before: Post | None, now: datetime) -> None:
    """Schedule the next render of POST, and remove the schedule of the state BEFORE. NOW is the current time.

    Only a post that failed is due in the past: reconcile requests it once a day. A message of its own would fail as
    those before it, and send the next one.
    """
    message = UploadSeen(post.key, post.cause)
    due = datetime.fromisoformat(post.due) if post.due else None
    if due and due - now >= SOON:
        schedules.set(due, message)
        return
    if before and before.due:
        schedules.remove(post.key)
    if due and due > now:
        uploads.send(message, delay=ceil((due - now).total_seconds()))
