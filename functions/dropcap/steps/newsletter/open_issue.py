"""4 announce, first half: a post that stands in the lists for the first time opens its one issue.

The issue, what no other issue may share with it, and the hour's count are written in one transaction; then its schedule
is set, and the Catalog is told, so that the post's report can say it. A message that comes again finds the issue, and
makes good what may be missing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import Protocol
from zoneinfo import ZoneInfo

from dropcap.aws.newsletter import Newsletter, Precedents
from dropcap.aws.queues import Queue
from dropcap.aws.schedules import IssueSchedules
from dropcap.contracts import Cause, EntryAppeared, FreezeIssue
from dropcap.errors import ConflictError, ServiceError
from dropcap.newsletter.issue import Issue, IssueState
from dropcap.newsletter.news import (
    NewsItem,
    NewsRules,
    earlier_issues,
    issue_of,
    reason_not_news,
    reason_to_hold,
    similarity_keys,
)
from dropcap.newsletter.pace import within_the_hour
from dropcap.site.reports import mail_note
from dropcap.site.reports.mail_note import MailNote
from dropcap.site.settings.model import SiteSettings

ROUNDS = 6
"""So often an opening starts over because another issue was opened meanwhile; then the message comes again."""

SOON = timedelta(minutes=1)
"""The Scheduler is no more exact than this: what is due sooner waits in the queue."""


NOTE_STATES = {
    IssueState.HELD: mail_note.HELD,
    IssueState.WAITING: mail_note.WAITING,
    IssueState.FREEZING: mail_note.SENDING,
    IssueState.FROZEN: mail_note.SENDING,
    IssueState.DELIVERING: mail_note.SENT,
    IssueState.WITHDRAWN: mail_note.WITHDRAWN,
    IssueState.PASSED: mail_note.PASSED,
}
"""What an author is told of each state; an issue only ever moves on to one further down."""


class NewsCatalog(Protocol):
    """What news needs of the Catalog."""

    def entry(self, key: str) -> NewsItem | None:
        """Return the post of the source KEY as it stands in the list of all."""

    def site(self) -> SiteSettings:
        """Return the site's settings."""

    def successor(self, key: str) -> NewsItem | None:
        """Return the post that the source KEY has become, now that it is gone."""

    def note_mail(self, key: str, note: MailNote, rank: int, cause: Cause) -> None:
        """Record what becomes of the newsletter of source KEY, unless a NOTE of a greater RANK says more by now."""


@dataclass(frozen=True, slots=True)
class OpenTools:
    """What opening works with. GRACE holds where the site names none.

    SINCE is the first day whose posts are news, LATENESS the age in days from which none is, where the operator chose
    them.
    """

    catalog: NewsCatalog
    newsletter: Newsletter
    schedules: IssueSchedules
    queue: Queue
    grace: timedelta
    since: date | None = None
    lateness: int | None = None


class ReleaseTools(Protocol):
    """What letting an issue go works with."""

    @property
    def catalog(self) -> NewsCatalog:
        """Where a report finds what becomes of a post's mail."""

    @property
    def newsletter(self) -> Newsletter:
        """The newsletter's memory."""

    @property
    def queue(self) -> Queue:
        """The queue that brings issues."""


def open_issue(tools: OpenTools, appeared: EntryAppeared, *, now: datetime) -> Issue | None:
    """Open the issue of the post that APPEARED, or find it; None where the post is gone already.

    Raises ServiceError for a retry.
    """
    issue = _opened(tools, appeared, now)
    if issue and issue.state is IssueState.WAITING:
        schedule_freeze(tools, issue, now)
    if issue:
        update_mail_note(tools.catalog, issue)
    return issue


def update_mail_note(catalog: NewsCatalog, issue: Issue) -> None:
    """Let the report on the post say what becomes of ISSUE; nothing of whoever reads it."""
    note = MailNote(
        NOTE_STATES[issue.state],
        issue.send_after.isoformat() if issue.state in {IssueState.WAITING, IssueState.DELIVERING} else None,
        "" if issue.state is IssueState.WAITING else issue.reason,  # an issue that was let go keeps why it was held
        issue.recipients if issue.state is IssueState.DELIVERING else 0,
    )
    catalog.note_mail(issue.key, note, list(NOTE_STATES).index(issue.state), issue.cause)


def schedule_freeze(tools: OpenTools, issue: Issue, now: datetime) -> None:
    """See to it that ISSUE is frozen when its grace period is over; more than once does no harm."""
    message = FreezeIssue(issue.issue, issue.cause)
    if issue.send_after - now < SOON:
        tools.queue.send(message, delay=seconds_until(issue.send_after, now))
    else:
        tools.schedules.set(issue.send_after, message)


def seconds_until(when: datetime, now: datetime) -> int:
    """Return the whole seconds from NOW after which WHEN has come."""
    return max(0, ceil((when - now).total_seconds()))


def release_issue(tools: ReleaseTools, issue: str, *, now: datetime) -> Issue | None:
    """Let an ISSUE go that was held: the operator has looked. None where there is none of that name, or it is not held.

    It goes out at once. Saying it again does no harm.
    """
    held = tools.newsletter.issue(issue)
    if held and held.state is IssueState.HELD:
        held = tools.newsletter.change(held, replace(held, state=IssueState.WAITING, send_after=now))
    if held is None or held.state is not IssueState.WAITING or held.send_after > now:
        return None
    tools.queue.send(FreezeIssue(held.issue, held.cause))
    update_mail_note(tools.catalog, held)
    return held


def _opened(tools: OpenTools, appeared: EntryAppeared, now: datetime) -> Issue | None:
    for _ in range(ROUNDS):
        item = tools.catalog.entry(appeared.key)
        known = tools.newsletter.precedents(issue_of(appeared.key), similarity_keys(item) if item else {})
        if known.issue or item is None:
            return known.issue
        issue = _judged(tools, item, known, appeared.cause, now)
        # What was never mailed stands in nobody's way: only issues are alike.
        likes = {} if issue.state is IssueState.PASSED else similarity_keys(item)
        free = {what: likeness for what, likeness in likes.items() if what not in known.alike}
        try:
            tools.newsletter.open(issue, free, known, within_the_hour(known.opened, now))
        except ConflictError:
            continue
        return issue
    message = f"issues kept being opened beside that of {appeared.key} for {ROUNDS} rounds"
    raise ServiceError(message)


def _judged(tools: OpenTools, item: NewsItem, known: Precedents, cause: Cause, now: datetime) -> Issue:
    """Return the issue of ITEM in the state that the rules say."""
    site = tools.catalog.site()
    grace = tools.grace if site.grace_minutes is None else timedelta(minutes=site.grace_minutes)
    waiting = Issue(issue_of(item.key), item.key, item.title, IssueState.WAITING, now, now + grace, cause)
    if reason := reason_not_news(item, _rules(tools, site), now):
        return replace(waiting, state=IssueState.PASSED, reason=reason)
    if before := _mailed_as(tools, item, known):
        return replace(waiting, state=IssueState.PASSED, reason=f"it is the same post as {before.key}, renamed")
    alike = {what: _post_of(tools, issue) for what, issue in known.alike.items()}
    if reason := reason_to_hold(alike, len(within_the_hour(known.opened, now))):
        return replace(waiting, state=IssueState.HELD, reason=reason)
    return waiting


def _mailed_as(tools: OpenTools, item: NewsItem, known: Precedents) -> Issue | None:
    """Return the issue of ITEM under another name, if it had one that was not withdrawn: its readers have that."""
    found = (tools.newsletter.issue(issue) for issue in earlier_issues(item, known.alike))
    return next((issue for issue in found if issue and issue.state is not IssueState.WITHDRAWN), None)


def _post_of(tools: OpenTools, issue: str) -> str:
    """Return the source key of an ISSUE before, by which people know it."""
    found = tools.newsletter.issue(issue)
    return found.key if found else f"issue {issue}"


def _rules(tools: OpenTools, site: SiteSettings) -> NewsRules:
    epoch = tools.since or tools.newsletter.began_at().astimezone(ZoneInfo(site.zone)).date()
    lateness = site.lateness_days if tools.lateness is None else tools.lateness
    return NewsRules(epoch, site.zone, lateness, site.newsletter)
