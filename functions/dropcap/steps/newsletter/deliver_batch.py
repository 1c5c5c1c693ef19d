"""5 deliver: one recipient, one ledger entry, one mail.

Before each mail, its ledger entry is leased in one transaction with the condition that the subscriber is confirmed
now; after it, the entry records the result. Where SES has definitely not taken a mail, the lease is released, and
the page goes into the queue again as a new message, so that waiting never uses up the number of times it may be
received. Where nobody knows, the entry is `unknown`, and the mail is never sent again.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dropcap.aws.ledger import LeaseOutcome, Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.mail import Mail
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.queues import LONGEST_DELAY, Queue
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.contracts import DeliverBatch
from dropcap.errors import ContractError, ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.ledger import DeliveryState, LedgerEntry
from dropcap.newsletter.letter import Letter, Rendered
from dropcap.newsletter.mail_event import ISSUE_TAG, RECIPIENT_TAG
from dropcap.newsletter.outcome import Outcome, SendResult
from dropcap.newsletter.pace import seconds_for
from dropcap.newsletter.subscription import Subscriber
from dropcap.steps.newsletter.write_letter import private_link

CLOCKS_APART = timedelta(seconds=10)
"""So much the clocks of two functions may differ."""

SETTLED = {
    Outcome.TAKEN: DeliveryState.SENT,
    Outcome.REFUSED: DeliveryState.REFUSED,
    Outcome.UNKNOWN: DeliveryState.UNKNOWN,
}
"""What the ledger says after a mail; every other outcome releases the lease."""


NOT_YET = {Outcome.NOT_NOW, Outcome.DAY_SPENT}

NOTHING_SENT = SendResult(Outcome.REFUSED)
"""For whoever is not ours to write to; the page goes on."""


@dataclass(frozen=True, slots=True)
class DeliverTools:
    """What delivering works with. TOKEN makes a random name for a lease."""

    newsletter: Newsletter
    ledger: Ledger
    subscribers: Subscribers
    letters: Letters
    rate: SendRate
    mail: Mail
    queue: Queue
    token: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Invocation:
    """One run of the function: when it STARTED, how long any may last (LASTS), and whether there is time for a mail."""

    started: datetime
    lasts: timedelta
    has_time: Callable[[], bool]

    @property
    def others_dead_if_before(self) -> datetime:
        """Return the time before which a sender must have started to be certainly dead now."""
        return self.started - self.lasts - CLOCKS_APART


@dataclass(slots=True)
class PageDelivery:
    """One page being delivered. DONE counts what came of whom; DELAY, where set, is when the page must come again."""

    tools: DeliverTools
    batch: DeliverBatch
    shift: Invocation
    done: Counter[str] = field(default_factory=Counter)
    delay: int | None = None

    def again_in(self, seconds: float) -> None:
        """Let the page come again after SECONDS, or later where something else wants that."""
        self.delay = max(self.delay or 0, min(LONGEST_DELAY, int(seconds)))


def deliver_batch(tools: DeliverTools, batch: DeliverBatch, shift: Invocation) -> Mapping[str, int]:
    """Send the mails of one frozen page that are still to be sent; return how many came to which state.

    Raises ContractError where there is no such page, and ServiceError where SES is closed to us or AWS has to recover.
    """
    issue, page = tools.newsletter.issue(batch.issue), tools.newsletter.page(batch.issue, batch.page)
    if issue is None or page is None:
        message = f"no page {batch.page} of issue {batch.issue}"
        raise ContractError(message)
    this = PageDelivery(tools, batch, shift)
    waiting = _confirmed(this, _still_open(this, page.recipients))
    closed = _send(this, tools.letters.get(issue.letter), waiting) if waiting else ""
    if closed:
        message = f"SES takes no mail of ours: {closed}"
        raise ServiceError(message)
    if this.delay is not None:
        tools.queue.send(batch, delay=this.delay)
    return dict(this.done)


def _still_open(this: PageDelivery, recipients: tuple[str, ...]) -> list[str]:
    """Return those of RECIPIENTS whose mail is still to be sent, and settle what dead senders left behind."""
    ledger, issue = this.tools.ledger, this.batch.issue
    entries = ledger.entries(issue, recipients)
    for recipient, entry in entries.items():
        if entry.is_abandoned(this.shift.others_dead_if_before):
            ledger.settle(issue, recipient, entry.lease, DeliveryState.UNKNOWN, detail="its sender died")
            this.done[DeliveryState.UNKNOWN] += 1
        elif entry.state is DeliveryState.SENDING:
            this.again_in((this.shift.lasts + CLOCKS_APART).total_seconds())
    return [recipient for recipient in recipients if entries.get(recipient, LedgerEntry()).is_queued]


def _confirmed(this: PageDelivery, recipients: list[str]) -> list[Subscriber]:
    """Return those of RECIPIENTS who may be written to, and note who left."""
    known = this.tools.subscribers.get_all(recipients)
    for recipient in recipients:
        if recipient not in known or not known[recipient].is_confirmed:
            _leave_out(this, recipient)
    return [known[recipient] for recipient in recipients if recipient in known and known[recipient].is_confirmed]


def _leave_out(this: PageDelivery, recipient: str) -> None:
    if this.tools.ledger.leave_out(this.batch.issue, recipient):
        this.done[DeliveryState.LEFT] += 1


def _send(this: PageDelivery, letter: Letter, waiting: list[Subscriber]) -> str:
    """Send LETTER to those WAITING, as many as may be now; return the code with which SES is closed to us, if it is."""
    rendered = letter.rendered()
    grant = this.tools.rate.take(len(waiting), this.shift.started)
    this.tools.mail.start()
    for number, subscriber in enumerate(waiting):
        left = len(waiting) - number
        if number == grant.mails or not this.shift.has_time():
            this.again_in(seconds_for(left, grant.rate))
            return ""
        answer = _deliver(this, rendered, letter.site, subscriber)
        if answer.outcome is Outcome.CLOSED:
            return answer.code
        if answer.outcome in NOT_YET:
            this.again_in(LONGEST_DELAY if answer.outcome is Outcome.DAY_SPENT else seconds_for(left, grant.rate))
            return ""
    return ""


def _deliver(this: PageDelivery, rendered: Rendered, site: str, subscriber: Subscriber) -> SendResult:
    """Lease one mail, send it, and record the result."""
    tools, issue, recipient = this.tools, this.batch.issue, subscriber.subscriber
    name = tools.token()
    leased = tools.ledger.lease(issue, recipient, name, this.shift.started)
    if leased is LeaseOutcome.MADE:
        answer = _post(tools.mail, rendered, site, issue, subscriber)
        _write_down(this, recipient, name, answer)
        return answer
    if leased is LeaseOutcome.NOT_CONFIRMED:
        _leave_out(this, recipient)
    else:
        this.again_in((this.shift.lasts + CLOCKS_APART).total_seconds())
    return NOTHING_SENT


def _post(mail: Mail, rendered: Rendered, site: str, issue: str, subscriber: Subscriber) -> SendResult:
    """Send one mail. An address that got into the table some other way than by our form is looked at once more."""
    to = MailAddress.read(subscriber.address)
    if to is None:
        return SendResult(Outcome.REFUSED, code="NotAnAddress")
    link = private_link(site, "unsubscribe", subscriber.subscriber, subscriber.token)
    return mail.send(rendered.spliced(to, link), {ISSUE_TAG: issue, RECIPIENT_TAG: subscriber.subscriber})


def _write_down(this: PageDelivery, recipient: str, lease: str, answer: SendResult) -> None:
    ledger, issue, state = this.tools.ledger, this.batch.issue, SETTLED.get(answer.outcome)
    if state is None:
        ledger.release(issue, recipient, lease)
        return
    ledger.settle(issue, recipient, lease, state, message_id=answer.message_id, detail=answer.code)
    this.done[state] += 1
