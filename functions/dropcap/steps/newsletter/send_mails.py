"""5 deliver, the mails of one visit: paced by reserved slots, each leased before it is sent and recorded after it."""

from datetime import timedelta

from dropcap.aws.ledger import LeaseOutcome
from dropcap.aws.queues import LONGEST_DELAY
from dropcap.aws.send_rate import SendState
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.ledger import DeliveryState, LedgerLine
from dropcap.newsletter.mail_event import CORRELATION_TAG, ISSUE_TAG, RECIPIENT_TAG
from dropcap.newsletter.outcome import Outcome, SendResult
from dropcap.newsletter.pace import Reservation, seconds_for
from dropcap.newsletter.subscription import Subscriber
from dropcap.observability import correlation_id
from dropcap.steps.newsletter.page_delivery import PageDelivery
from dropcap.steps.newsletter.write_letter import private_link

SOON = 1
"""Seconds after which a page is visited again whose slots are used up; then the next free slot is known."""

SETTLED = {
    Outcome.TAKEN: DeliveryState.SENT,
    Outcome.REFUSED: DeliveryState.REFUSED,
    Outcome.UNKNOWN: DeliveryState.UNKNOWN,
}
"""The state of an entry after a mail; every other outcome releases the lease."""

NOT_YET = {Outcome.NOT_NOW, Outcome.DAY_SPENT}

UNCLEAR, CALM = 3, 300
"""After so many mails in a row whose outcome is unknown, a page waits so many seconds.

None of them is ever sent again, so a failure of SES that lasts must cost a few mails and not the whole list.
"""

NOTHING_SENT = SendResult(Outcome.REFUSED)
"""The result where the lease was not ours; the page goes on."""


def send_mails(this: PageDelivery, state: SendState, waiting: list[Subscriber]) -> str:
    """Send the letter to those WAITING, as many as the rate allows; return SES's code where it refuses all our mail."""
    tools, within = this.tools, timedelta(seconds=this.invocation.seconds_left())
    reservation = tools.rate.reserve(state, len(waiting), tools.now(), within)
    tools.mail.start()
    unclear = 0
    for number, subscriber in enumerate(waiting):
        if number == reservation.mails or not _in_time(this, reservation, number):
            this.again_in(SOON)
            return ""
        result = _deliver(this, subscriber)
        if result.outcome is Outcome.CLOSED:
            return result.code
        if result.outcome in NOT_YET:
            _wait(this, result, seconds_for(len(waiting) - number, reservation.rate))
            return ""
        unclear = unclear + 1 if result.outcome is Outcome.UNKNOWN else 0
        if unclear == UNCLEAR:
            this.again_in(CALM)
            return ""
    return ""


def _in_time(this: PageDelivery, reservation: Reservation, number: int) -> bool:
    """Wait until mail NUMBER is due; return whether the function has time for it."""
    early = max(0.0, (reservation.due(number) - this.tools.now()).total_seconds())
    if this.invocation.seconds_left() <= early:
        return False
    if early:
        this.tools.pause(early)
    return True


def _wait(this: PageDelivery, result: SendResult, seconds: int) -> None:
    """Visit the page again later, because SES takes no mail now."""
    if result.outcome is Outcome.DAY_SPENT:
        this.tools.rate.day_is_spent(this.tools.now())
        seconds = LONGEST_DELAY
    this.again_in(seconds)


def _deliver(this: PageDelivery, subscriber: Subscriber) -> SendResult:
    """Lease one mail, send it, and record the result."""
    tools, line = this.tools, this.line(subscriber.subscriber)
    name = tools.token()
    leased = tools.ledger.lease(line, name, this.invocation.started)
    if leased is LeaseOutcome.MADE:
        result = _post(this, subscriber)
        _record(this, line, name, result)
        return result
    if leased is LeaseOutcome.NOT_CONFIRMED:
        this.leave_out(subscriber.subscriber)
    else:
        this.again_in(this.lease_over)
    return NOTHING_SENT


def _post(this: PageDelivery, subscriber: Subscriber) -> SendResult:
    """Send one mail. The address is checked again, since it may not have come into the table through our form."""
    to = MailAddress.read(subscriber.address)
    if to is None:
        return SendResult(Outcome.REFUSED, code="NotAnAddress")
    site, rendered = this.tools.letters.rendered(this.issue.letter)
    link = private_link(site, "unsubscribe", subscriber.subscriber, subscriber.token)
    tags = {
        ISSUE_TAG: this.batch.issue,
        RECIPIENT_TAG: subscriber.subscriber,
        CORRELATION_TAG: correlation_id(this.batch.cause),
    }
    return this.tools.mail.send(rendered.spliced(to, link), tags)


def _record(this: PageDelivery, line: LedgerLine, lease: str, result: SendResult) -> None:
    state = SETTLED.get(result.outcome)
    if state is None:
        this.tools.ledger.release(line, lease)
        return
    this.tools.ledger.settle(line, lease, state, message_id=result.message_id, detail=result.code)
    this.done[state] += 1
