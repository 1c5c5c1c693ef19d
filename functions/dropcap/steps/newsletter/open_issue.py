"""4 announce, first half: a post that appears in the lists opens its one issue.

The issue, the keys that no other issue may share with it, and the counts of the hour and the day are written in one
transaction; then its schedule is set, and the Catalog gets a note for the post's report. A redelivered message
finds the issue, and repeats the writes that may be missing.

An issue of which no mail has gone out opens again when its post appears again by a later upload: see
`Issue.may_open_again`. While it waits, a later upload is recorded in it: a freeze that has just seen the post gone
then fails its condition, and reads again.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dropcap.aws.issue_schedules import IssueSchedules
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.queues import Queue
from dropcap.contracts import Cause
from dropcap.errors import ConflictError, ServiceError
from dropcap.newsletter.issue import Issue, IssueState, is_later
from dropcap.newsletter.news import (
    NewsItem,
    NewsRules,
    earlier_issues,
    issue_of,
    reason_not_news,
    reason_old,
    reason_to_hold,
    similarity_keys,
)
from dropcap.newsletter.opening import Opening, Precedents
from dropcap.newsletter.pace import within_the_day, within_the_hour
from dropcap.newsletter_contracts import EntryAppeared
from dropcap.site.settings.model import SiteSettings
from dropcap.steps.newsletter.issue_notes import NewsCatalog, update_mail_note
from dropcap.steps.newsletter.schedule_freeze import schedule_freeze

NO_PRECEDENTS = Precedents(None, {}, (), None)
"""Those of a post that is no news: none matters, unless it has an issue already."""
ROUNDS = 6
"""Most times an opening starts over because another issue was opened meanwhile; then the message is redelivered."""


@dataclass(frozen=True, slots=True)
class OpenTools:
    """The collaborators of opening. GRACE applies if the site names none.

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


@dataclass(frozen=True, slots=True)
class _Judging:
    """ITEM and the SITE's settings as they are now, the PRECEDENTS of its issue, and the CAUSE of its upload."""

    tools: OpenTools
    item: NewsItem
    site: SiteSettings
    precedents: Precedents
    cause: Cause
    now: datetime

    @property
    def blocking(self) -> dict[str, str]:
        """Return the posts that ITEM resembles too much, by what they share; a withdrawn issue does not count."""
        others = similar_issues(self.tools.newsletter, self.precedents)
        return {what: issue.key for what, issue in others.items() if issue.state is not IssueState.WITHDRAWN}


def open_issue(tools: OpenTools, appeared: EntryAppeared, *, now: datetime) -> Issue | None:
    """Open the issue of the post that APPEARED, or find it; return None where the post is gone already.

    Raises ServiceError for a retry.
    """
    issue = _opened(tools, appeared, now)
    if issue and issue.state is IssueState.WAITING:
        schedule_freeze(tools.schedules, tools.queue, issue, now)
    if issue:
        update_mail_note(tools.catalog, issue)
    return issue


def _opened(tools: OpenTools, appeared: EntryAppeared, now: datetime) -> Issue | None:
    for round_ in range(ROUNDS):
        item, site = tools.catalog.news_and_site(appeared.key)
        if item and round_ == 0 and _reason_not_news(tools, item, site, appeared.cause, now):
            precedents = NO_PRECEDENTS  # if it has an issue, the write of another fails
        else:
            precedents = tools.newsletter.precedents(issue_of(appeared.key), similarity_keys(item) if item else {})
        try:
            if precedents.issue and (item is None or not is_later(appeared.cause, precedents.issue.cause)):
                return precedents.issue
            if item is None:
                return None
            return _open_or_touch(_Judging(tools, item, site, precedents, appeared.cause, now))
        except ConflictError:
            continue
    message = f"issues kept being opened beside that of {appeared.key} for {ROUNDS} rounds"
    raise ServiceError(message)


def _open_or_touch(judging: _Judging) -> Issue:
    newsletter, before = judging.tools.newsletter, judging.precedents.issue
    if before and before.state is IssueState.WAITING:
        return newsletter.change(before, replace(before, cause=judging.cause))
    if before and not before.may_open_again(judging.item.uploaded):
        return before
    return write_opening(newsletter, judging.item, judging.precedents, _judged(judging), judging.now)


def similar_issues(newsletter: Newsletter, precedents: Precedents) -> dict[str, Issue]:
    """Return the issues among PRECEDENTS with which an issue shares something, by what they share."""
    issues = {what: newsletter.issue(name) for what, name in precedents.alike.items()}
    return {what: issue for what, issue in issues.items() if issue}


def write_opening(newsletter: Newsletter, item: NewsItem, precedents: Precedents, issue: Issue, now: datetime) -> Issue:
    """Write ISSUE of ITEM, for the first time or again, with the similarity keys that it takes. Raises ConflictError.

    It takes over the keys of withdrawn issues. An issue that is passed over takes none, so that it blocks no other.
    """
    before, others = precedents.issue, similar_issues(newsletter, precedents)
    issue = replace(issue, revision=before.revision + 1) if before else issue
    withdrawn = {what: other for what, other in others.items() if other.state is IssueState.WITHDRAWN}
    takes = {
        what: key
        for what, key in similarity_keys(item).items()
        if what not in precedents.own and (what not in precedents.alike or what in withdrawn)
    }
    if issue.state is IssueState.PASSED:
        takes, withdrawn = {}, {}
    instead = {other.issue: other for other in withdrawn.values()}
    recent, requested = within_the_hour(precedents.opened, now), within_the_day(precedents.requested, now)
    newsletter.open(Opening(issue, takes, tuple(instead.values()), recent, requested), precedents)
    return issue


def _judged(judging: _Judging) -> Issue:
    """Return the issue in the state that the rules demand."""
    tools, item, precedents, now = judging.tools, judging.item, judging.precedents, judging.now
    site = judging.site
    grace = tools.grace if site.grace_minutes is None else timedelta(minutes=site.grace_minutes)
    uploaded = item.uploaded or judging.cause.at
    waiting = Issue(
        issue_of(item.key), item.key, item.title, IssueState.WAITING, now, now + grace, judging.cause, uploaded=uploaded
    )
    if reason := _reason_not_news(tools, item, site, judging.cause, now):
        return replace(waiting, state=IssueState.PASSED, reason=reason)
    if before := _mailed_as(tools, item, precedents):
        return replace(waiting, state=IssueState.PASSED, reason=f"it is the same post as {before.key}, renamed")
    waiting = replace(waiting, by_request=reason_old(item, _rules(tools, site), now) is not None)
    requested = len(within_the_day(precedents.requested, now)) if waiting.by_request else None
    if reason := reason_to_hold(judging.blocking, len(within_the_hour(precedents.opened, now)), requested):
        return replace(waiting, state=IssueState.HELD, reason=reason)
    return waiting


def _reason_not_news(tools: OpenTools, item: NewsItem, site: SiteSettings, cause: Cause, now: datetime) -> str | None:
    return reason_not_news(item, _rules(tools, site), now, item.uploaded or cause.at)


def _mailed_as(tools: OpenTools, item: NewsItem, precedents: Precedents) -> Issue | None:
    """Return the issue of ITEM under another name, if it had one that was not withdrawn: readers got that one."""
    issues = (tools.newsletter.issue(name) for name in earlier_issues(item, precedents.alike))
    return next((issue for issue in issues if issue and issue.state is not IssueState.WITHDRAWN), None)


def _rules(tools: OpenTools, site: SiteSettings) -> NewsRules:
    epoch = tools.since or tools.newsletter.began_at().astimezone(ZoneInfo(site.zone)).date()
    lateness = site.lateness_days if tools.lateness is None else tools.lateness
    return NewsRules(epoch, site.zone, lateness, site.newsletter, site.language)
