"""The pages of an issue that are to be delivered next: few at a time, since each page sends its successor once done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dropcap.aws.ledger import Ledger
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import Queue
from dropcap.newsletter.issue import Issue, IssueState, Page, page_name
from dropcap.newsletter.ledger import DeliveryState, LedgerLine
from dropcap.newsletter_contracts import DeliverBatch
from dropcap.steps.newsletter.issue_notes import NewsCatalog, update_mail_note
from dropcap.steps.newsletter.report_issue import account_of

ROUNDS = 4
"""Most times that a page is reopened which a sender marks done meanwhile."""
RESUMABLE = frozenset({IssueState.STOPPED, IssueState.DELIVERING, IssueState.FROZEN})


@dataclass(frozen=True, slots=True)
class PageTools:
    """The collaborators of sending pages. DELIVERIES is the queue of pages."""

    catalog: NewsCatalog
    newsletter: Newsletter
    ledger: Ledger
    sums: PageSums
    deliveries: Queue


def send_pages(newsletter: Newsletter, sums: PageSums, deliveries: Queue, issue: Issue) -> int:
    """Queue the pages of ISSUE from which all others follow; return how many. A page queued twice is harmless.

    These are the first page of each shard that is not done, and each that is not done after one that is. Where pages
    keep no sums, none follows from another: all that are not done are queued.
    """
    done = sums.done(issue.issue)
    ends = [end for end in newsletter.last_pages(issue.issue) if end.total]
    names = [name for end in ends for name in _next_names(end, done, each=not issue.counted)]
    deliveries.send_all(DeliverBatch(issue.issue, name, issue.cause) for name in names)
    return len(names)


def _next_names(end: Page, done: set[str], *, each: bool) -> Iterator[str]:
    """Yield the names of the pages to queue in the shard whose last page is END."""
    before_done = True
    for number in range(1, end.number + 1):
        name = page_name(end.shard, number)
        if name not in done and (before_done or each):
            yield name
        before_done = name in done


def resume_issue(tools: PageTools, name: str) -> tuple[Issue, int] | None:
    """Resume the delivery of the issue NAME, and return it with the number of pages queued.

    Return None where it is not being delivered and was not stopped. Repeating it does no harm, and helps where messages
    were lost.
    """
    issue = tools.newsletter.issue(name)
    if issue is None or issue.state not in RESUMABLE:
        return None
    if issue.state is IssueState.STOPPED:
        resumed = replace(issue, state=IssueState.DELIVERING, reason="", by_operator=False)
        issue = tools.newsletter.change(issue, resumed)
        account = account_of(tools.newsletter, tools.ledger, tools.sums, issue)
        update_mail_note(tools.catalog, issue, account)  # without it, all recipients would count as readers
    return issue, send_pages(tools.newsletter, tools.sums, tools.deliveries, issue)


def resend_refused(tools: PageTools, issue: Issue, *, dry_run: bool = False) -> list[str]:
    """Queue the mails of ISSUE again that SES refused, and return their recipients' hashes; DRY_RUN changes nothing.

    Only refused mails: SES has definitely not sent them. Each page is reopened before its entries are queued, and its
    message is sent after them, so that after a crash `resume` finds the page. A sender who has read the page earlier
    cannot mark it done any more.
    """
    recipients: list[str] = []
    for page in tools.newsletter.pages(issue.issue):
        entries = tools.ledger.entries(issue.issue, page.recipients)
        refused = {who: entry for who, entry in entries.items() if entry.state is DeliveryState.REFUSED}
        queued = sorted(who for who in refused if dry_run or _queued_again(tools, issue, page, who))
        recipients += queued
        if queued and not dry_run:
            tools.deliveries.send(DeliverBatch(issue.issue, page.name, issue.cause))
    return recipients


def _queued_again(tools: PageTools, issue: Issue, page: Page, who: str) -> bool:
    """Queue the mail to WHO again; return False where it is refused no more, or the recipient was just erased."""
    for _ in range(ROUNDS):
        tools.sums.reopen(issue.issue, page.name)
        entry = tools.ledger.entries(issue.issue, [who]).get(who)
        if entry is None or entry.state is not DeliveryState.REFUSED:
            return False
        if tools.ledger.requeue(LedgerLine(issue.issue, who, entry.page, page.generation), entry, page.name):
            return True
    return False
