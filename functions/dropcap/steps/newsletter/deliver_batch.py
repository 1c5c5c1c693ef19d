"""5 deliver: one recipient, one ledger entry, one mail.

Each mail is leased in one transaction with the condition that the subscriber is confirmed now; afterwards its entry
records the result. Where SES has definitely not accepted a mail, the lease is released and the page is sent again as a
new message, so that waiting never uses up receives. Where it is unclear, the entry is `unknown` and the mail is never
sent again.

The send rate is read first. A page that is done sends its successor, so that few pages wait at
a time; it is marked done after that, so that a crash in between sends the successor twice, which does no harm.
"""

from collections.abc import Mapping
from math import ceil

from dropcap.aws.send_rate import SendState
from dropcap.errors import ContractError, ServiceError
from dropcap.newsletter.issue import SENDING
from dropcap.newsletter.ledger import DeliveryState, LedgerEntry
from dropcap.newsletter.subscription import Subscriber
from dropcap.newsletter_contracts import DeliverBatch, ReportIssue
from dropcap.steps.newsletter.page_delivery import DeliverTools, Invocation, PageDelivery
from dropcap.steps.newsletter.send_mails import send_mails

ALL_DONE = "done"
"""The round of the report after the last page."""


def deliver_batch(tools: DeliverTools, batch: DeliverBatch, invocation: Invocation) -> Mapping[str, int]:
    """Send the mails of one frozen page that are still to be sent; return how many came to which state.

    Raises ContractError where there is no such page, and ServiceError where SES refuses all our mail or AWS has to
    recover. Does nothing where the operator stopped or cancelled the issue.
    """
    state = tools.rate.look(invocation.started)
    if wait := state.wait(invocation.started):
        tools.queue.send(batch, delay=ceil(wait.total_seconds()))
        return {}
    issue, page, is_done, reopened = tools.newsletter.visit(batch.issue, batch.page)
    if issue is None or page is None:
        message = f"no page {batch.page} of issue {batch.issue}"
        raise ContractError(message)
    if issue.state not in SENDING:
        return {}
    this = PageDelivery(tools, batch, invocation, issue, page, reopened)
    if not is_done:
        _visit(this, state)
    elif issue.counted:
        _report_if_all_done(this)
    return dict(this.done)


def _visit(this: PageDelivery, state: SendState) -> None:
    waiting = _confirmed(this, _still_queued(this, this.page.recipients))
    code = send_mails(this, state, waiting) if waiting else ""
    if code:
        message = f"SES accepts no mail from this account: {code}"
        raise ServiceError(message)
    if this.delay is not None:
        this.tools.queue.send(this.batch, delay=this.delay)
    else:
        _finish(this)


def _finish(this: PageDelivery) -> None:
    """Queue the next page, then mark this one done; after the last one, request an update of the report.

    Where a refused mail was queued again meanwhile, the page is visited once more.
    """
    if this.issue.counted and this.page.successor:
        this.tools.queue.send(DeliverBatch(this.batch.issue, this.page.successor, this.batch.cause))
    if not this.tools.sums.mark_done(this.batch.issue, this.batch.page, this.reopened):
        this.tools.queue.send(this.batch)
    elif this.issue.counted:
        _report_if_all_done(this)


def _report_if_all_done(this: PageDelivery) -> None:
    if this.tools.sums.done_pages(this.batch.issue) >= this.issue.pages:
        this.tools.issues.send(ReportIssue(this.batch.issue, ALL_DONE, this.batch.cause))


def _still_queued(this: PageDelivery, recipients: tuple[str, ...]) -> list[str]:
    """Return those of RECIPIENTS whose mail is still to be sent, and settle the leases of senders that died."""
    ledger = this.tools.ledger
    entries = ledger.entries(this.batch.issue, recipients)
    for recipient, entry in entries.items():
        if entry.is_abandoned(this.invocation.others_dead_if_before):
            ledger.settle(this.line(recipient), entry.lease, DeliveryState.UNKNOWN, detail="SenderDied")
            this.done[DeliveryState.UNKNOWN] += 1
        elif entry.state is DeliveryState.SENDING:
            this.again_in(this.lease_over)
    return [recipient for recipient in recipients if entries.get(recipient, LedgerEntry()).is_queued]


def _confirmed(this: PageDelivery, recipients: list[str]) -> list[Subscriber]:
    """Return those of RECIPIENTS who are confirmed, and record those who left."""
    subscribers = this.tools.subscribers.get_all(recipients)
    for recipient in recipients:
        if recipient not in subscribers or not subscribers[recipient].is_confirmed:
            this.leave_out(recipient)
    return [
        subscribers[recipient]
        for recipient in recipients
        if recipient in subscribers and subscribers[recipient].is_confirmed
    ]
