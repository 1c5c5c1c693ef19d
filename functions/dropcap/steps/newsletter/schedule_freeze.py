"""When an issue is frozen: by the Scheduler, or by a delayed message where that is too coarse."""

from datetime import datetime, timedelta
from math import ceil

from dropcap.aws.issue_schedules import IssueSchedules
from dropcap.aws.queues import Queue
from dropcap.newsletter.issue import Issue
from dropcap.newsletter_contracts import FreezeIssue

SCHEDULER_PRECISION = timedelta(minutes=1)
"""The Scheduler is no more exact than this: a message that is due sooner waits in the queue."""


def schedule_freeze(schedules: IssueSchedules, queue: Queue, issue: Issue, now: datetime) -> None:
    """Schedule the freezing of ISSUE for the end of its grace period; repeating this is harmless."""
    message = FreezeIssue(issue.issue, issue.cause)
    if issue.send_after - now < SCHEDULER_PRECISION:
        queue.send(message, delay=seconds_until(issue.send_after, now))
    else:
        schedules.set(issue.send_after, message)


def seconds_until(when: datetime, now: datetime) -> int:
    """Return the whole seconds from NOW after which WHEN has come."""
    return max(0, ceil((when - now).total_seconds()))
