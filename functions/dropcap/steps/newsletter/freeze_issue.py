"""4 announce, second half: when its grace period is over, an issue is frozen, and delivery begins.

It writes in this order, and a redelivered message finds some of it done: the letter under its digest; the issue that
names it; the pages of recipients, each once; the issue with its account; then one message a page, and what the post's
report says. Until the pages are closed, nothing is sent, so that they sum to the account. A long list takes several
messages.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from dropcap.aws.confirmed_index import ConfirmedIndex
from dropcap.aws.issue_schedules import IssueSchedules
from dropcap.aws.letters import Letters
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.newsletter.account import DeliveryCounts
from dropcap.newsletter.address import SHARDS
from dropcap.newsletter.issue import PAGE_SIZE, SENDING, Issue, IssueState, Page
from dropcap.newsletter.news import NewsItem, issue_of, reason_withdrawn
from dropcap.newsletter_contracts import FreezeIssue
from dropcap.steps.newsletter.issue_notes import NewsCatalog, update_mail_note
from dropcap.steps.newsletter.report_issue import FROZEN, schedule_reports
from dropcap.steps.newsletter.schedule_freeze import seconds_until
from dropcap.steps.newsletter.send_pages import send_pages
from dropcap.steps.newsletter.write_letter import MailLayout, issue_letter

PAGES_AT_ONCE = 300
"""Pages that are written before the message is queued again: a few seconds, well within the function's timeout."""


class Bodies(Protocol):
    """The resolved bodies of posts."""

    def get(self, digest: str) -> str:
        """Return the HTML that DIGEST names."""


@dataclass(frozen=True, slots=True)
class FreezeTools:
    """The tools of freezing. ISSUES is the queue that brought the message, DELIVERIES the one for pages."""

    catalog: NewsCatalog
    bodies: Bodies
    newsletter: Newsletter
    subscribers: ConfirmedIndex
    letters: Letters
    layout: MailLayout
    issues: Queue
    deliveries: Queue
    sums: PageSums
    schedules: IssueSchedules
    pages_at_once: int = PAGES_AT_ONCE


def freeze_issue(tools: FreezeTools, message: FreezeIssue, *, now: datetime) -> Issue | None:
    """Freeze the issue as far as one message can; return None if there is none. Raises ServiceError for a retry."""
    issue = tools.newsletter.issue(message.issue)
    if issue and issue.state is IssueState.WAITING and now < issue.send_after:
        tools.issues.send(message, delay=seconds_until(issue.send_after, now))  # the Scheduler's clock was fast
        return issue
    if issue and issue.state is IssueState.WAITING:
        issue = _fix_letter(tools, issue, now)
    if issue and issue.state is IssueState.FREEZING:
        issue = _write_pages(tools, issue, message)
    if issue and issue.state is IssueState.FROZEN:
        issue = _hand_over(tools, issue, now)
    if issue:
        update_mail_note(tools.catalog, issue, DeliveryCounts(issue.recipients, {}) if issue.state in SENDING else None)
    return issue


def _fix_letter(tools: FreezeTools, issue: Issue, now: datetime) -> Issue:
    """Write the letter as the post is now: the last correction in the grace period counts, and so does a removal.

    A file that was renamed meanwhile is no removal: its new name was passed over, and this is its issue. An issue that
    the operator released goes out whatever its front matter says, as long as its post is published.
    """
    item, site = tools.catalog.news_and_site(issue.key)
    item = item or _renamed(tools, issue)
    reason = None if item and issue.by_operator else reason_withdrawn(item, site.language)
    if item is None or reason:
        return tools.newsletter.change(
            issue, replace(issue, state=IssueState.WITHDRAWN, reason=reason or "", by_operator=False)
        )
    letter = issue_letter(tools.layout, site, item, tools.bodies.get(item.digest), now)
    fixed = replace(issue, state=IssueState.FREEZING, title=item.title, letter=tools.letters.put(letter), counted=True)
    return tools.newsletter.change(issue, fixed)


def _renamed(tools: FreezeTools, issue: Issue) -> NewsItem | None:
    """Return the post of ISSUE under its new name, if that has no issue of its own."""
    item = tools.catalog.successor(issue.key)
    own = tools.newsletter.issue(issue_of(item.key)) if item else None
    return item if own is None or own.state is IssueState.PASSED else None


def _write_pages(tools: FreezeTools, issue: Issue, message: FreezeIssue) -> Issue:
    """Write the confirmed subscribers, shard by shard; continue with another message if there are too many for one."""
    left = tools.pages_at_once
    last: list[Page] = []
    for shard in SHARDS:
        page = tools.newsletter.last_page(issue.issue, shard)
        while page is None or not page.closed:
            if left == 0:
                tools.issues.send(message)
                return issue
            page = _write_page(tools, issue, shard, page)
            left -= 1
        last.append(page)
    recipients, pages = sum(page.total for page in last), sum(page.number for page in last if page.total)
    frozen = replace(issue, state=IssueState.FROZEN, recipients=recipients, pages=pages)
    return tools.newsletter.change(issue, frozen)


def _write_page(tools: FreezeTools, issue: Issue, shard: str, last: Page | None) -> Page:
    """Write the page after LAST. The first writer decides, and the next page begins where it ends."""
    after = last.through if last else ""
    waiting = tools.subscribers.confirmed(shard, after=after, most=PAGE_SIZE + 1, now=issue.send_after)
    return tools.newsletter.write_page(issue.issue, Page.after(last, shard, waiting), issue.cause)


def _hand_over(tools: FreezeTools, issue: Issue, now: datetime) -> Issue:
    """Queue the first pages, and schedule the reports; repeating this is harmless."""
    send_pages(tools.newsletter, tools.sums, tools.deliveries, issue)
    schedule_reports(tools.schedules, issue, FROZEN, now)
    return tools.newsletter.change(issue, replace(issue, state=IssueState.DELIVERING))
