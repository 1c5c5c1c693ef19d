"""10 reconcile: compare the content bucket with the Catalog, and process again what differs.

Nothing is repaired here. What differs is sent to the step that owns it, which reads the current state and writes the
result; so a difference that is only a delay does no harm.

A source that is gone is found by what remains of it: its journal, its report, or its state in the Catalog, which is
read as a whole once a week only (`expire.py`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dropcap.aws.buckets import Reports, Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue
from dropcap.contracts import Cause, UploadSeen
from dropcap.newsletter.news import issue_of
from dropcap.newsletter_contracts import FreezeIssue
from dropcap.site.post import REMOVED
from dropcap.site.reports.mail_note import WAITING
from dropcap.site.reports.report import reported_source

PAGE = 1_000
"""ListObjectsV2 returns so many keys a call."""
LATE = timedelta(hours=1)
"""A post or an issue that is due for longer than this has lost its schedule."""


@dataclass(frozen=True, slots=True)
class CompareTools:
    """The content bucket, the Catalog, and the queues of uploads and, where the stack has a newsletter, of issues."""

    sources: Sources
    journals: Journals
    reports: Reports
    catalog: Catalog
    uploads: Queue
    issues: Queue | None


@dataclass(slots=True)
class Differences:
    """How many sources were compared, and how many of them were processed again, by the reason.

    SEEN are the sources that are in the bucket, and those that are not and were sent.
    """

    compared: int = 0
    changed: int = 0
    """The Catalog knows no version or another one."""
    gone: int = 0
    """The Catalog knows a source that is not in the bucket."""
    due: int = 0
    """A post should have appeared or expired."""
    overdue: int = 0
    """A newsletter should have gone out."""
    seen: set[str] = field(default_factory=set, compare=False, repr=False)


def compare(tools: CompareTools, now: datetime) -> Differences:
    """Send every source and issue that differs, and return how many there were of each kind."""
    differences = Differences()
    after = ""
    while page := tools.sources.walk("", after, PAGE):
        after = page[-1][0]
        etags = {key: etag for key, etag in page if not key.endswith("/")}
        differences.seen.update(key for key, _ in page)
        differences.compared += len(etags)
        tools.uploads.send_all(
            UploadSeen(key, Cause(key, etags[key], now.isoformat()))
            for key in _differing(tools, etags, now, differences)
        )
        _send_overdue(tools, etags, now, differences)
    for names in _pages(lambda after: tools.journals.walk("", after, PAGE)):
        send_gone(tools, names, now, differences)
    for names in _pages(lambda after: tools.reports.walk(after, PAGE)):
        send_gone(tools, filter(None, map(reported_source, names)), now, differences)
    return differences


def send_gone(tools: CompareTools, keys: Iterable[str], now: datetime, differences: Differences) -> None:
    """Send those sources among KEYS that are not in the bucket, although the Catalog has a state of them."""
    missing = [key for key in keys if key not in differences.seen]
    posts, media = tools.catalog.posts(missing), tools.catalog.media.get_all(missing)
    gone = [key for key in missing if key in media or (key in posts and posts[key].outcome != REMOVED)]
    differences.gone += len(gone)
    differences.seen.update(gone)
    tools.uploads.send_all(UploadSeen(key, Cause(key, "", now.isoformat())) for key in gone)


def _pages(walk: Callable[[str], list[str]]) -> Iterator[list[str]]:
    """Yield the pages of a WALK, which takes the last name of the page before."""
    after = ""
    while names := walk(after):
        after = names[-1]
        yield names


def _differing(tools: CompareTools, etags: dict[str, str], now: datetime, differences: Differences) -> Iterator[str]:
    """Yield the sources among ETAGS whose newest version the Catalog does not have, or whose time has come."""
    posts, media = tools.catalog.posts(etags), tools.catalog.media.get_all(etags)
    for key, etag in etags.items():
        state = posts.get(key) or media.get(key)
        if state is None or state.etag != etag:
            differences.changed += 1
            yield key
        elif key in posts and (due := posts[key].due) and datetime.fromisoformat(due) < now - LATE:
            differences.due += 1
            yield key


def _send_overdue(tools: CompareTools, etags: dict[str, str], now: datetime, differences: Differences) -> None:
    """Freeze the issues of the sources among ETAGS that wait although their time has passed."""
    if tools.issues is None:
        return
    for key, note in tools.catalog.mail_notes(etags).items():
        if note.state == WAITING and note.when and datetime.fromisoformat(note.when) < now - LATE:
            differences.overdue += 1
            tools.issues.send(FreezeIssue(issue_of(key), Cause(key, etags[key], now.isoformat())))
