"""4 announce, afterwards: bring the author's report on an issue up to date, at a few set times and not per event.

When it is frozen, an hour and a day after that; when its last page is done, and an hour and a day after that.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from dropcap.aws.issue_schedules import IssueSchedules
from dropcap.aws.ledger import Ledger
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.newsletter.account import DeliveryCounts
from dropcap.newsletter.issue import Issue, IssueState
from dropcap.newsletter_contracts import ReportIssue
from dropcap.steps.newsletter.issue_notes import NewsCatalog, update_mail_note

FROZEN, DONE = "frozen", "done"
"""The rounds that are followed by one an hour and one a day later."""
LATER = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
WITH_ACCOUNT = frozenset({IssueState.FROZEN, IssueState.DELIVERING, IssueState.STOPPED, IssueState.CANCELLED})


@dataclass(frozen=True, slots=True)
class ReportTools:
    """The collaborators of reporting."""

    catalog: NewsCatalog
    newsletter: Newsletter
    ledger: Ledger
    sums: PageSums
    schedules: IssueSchedules


def report_issue(tools: ReportTools, message: ReportIssue, *, now: datetime) -> Issue | None:
    """Write the account of the issue into the note for its report, and schedule the later rounds."""
    issue = tools.newsletter.issue(message.issue)
    if issue is None:
        return None
    account = account_of(tools.newsletter, tools.ledger, tools.sums, issue) if issue.state in WITH_ACCOUNT else None
    update_mail_note(tools.catalog, issue, account)
    if message.round in {FROZEN, DONE}:
        schedule_reports(tools.schedules, issue, message.round, now)
    return issue


def schedule_reports(schedules: IssueSchedules, issue: Issue, after: str, now: datetime) -> None:
    """Schedule the reports an hour and a day AFTER a round."""
    for name, wait in LATER.items():
        schedules.set(now + wait, ReportIssue(issue.issue, f"{after}-{name}", issue.cause))


def account_of(newsletter: Newsletter, ledger: Ledger, sums: PageSums, issue: Issue) -> DeliveryCounts:
    """Return the account of ISSUE: the sum of its pages, or of its entries where its pages keep no sums."""
    if issue.counted:
        return DeliveryCounts.summed(issue.recipients, [sums.counts(issue.issue)])
    pages = []
    for page in newsletter.pages(issue.issue):
        names = (entry.counter for entry in ledger.entries(issue.issue, page.recipients).values())
        pages.append(Counter(filter(None, names)))
    return DeliveryCounts.summed(issue.recipients, pages)
