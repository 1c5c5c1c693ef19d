"""5 deliver, for confirmations: ask the owner of an address to confirm the subscription.

An inbox gets few such mails (see `may_send_confirmation`), and the site sends no more than its budget a day, so that a
flood costs neither a stranger's patience nor the quota of the newsletters. The mail is counted before it is sent. Where
SES has definitely not accepted it, the count is undone and the message goes into the queue again as a new one; where it
is unclear, it stays counted.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from dropcap.aws.confirmations import Confirmations, Start
from dropcap.aws.mail import Mail
from dropcap.aws.queues import LONGEST_DELAY, Queue
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.errors import ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.mail_event import RECIPIENT_TAG
from dropcap.newsletter.outcome import Outcome
from dropcap.newsletter.subscription import Subscriber, may_send_confirmation
from dropcap.newsletter_contracts import SendConfirmation
from dropcap.steps.newsletter.issue_notes import NewsCatalog
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, private_link

NO_RECIPIENT = "no recipient"
"""The subscriber is confirmed or gone, or the inbox has had enough of these mails."""

BUDGET_SPENT = str(Start.BUDGET_SPENT)
"""The day's budget is used up: no mail, and none later by itself."""

NOT_ACCEPTED = {Outcome.NOT_NOW, Outcome.DAY_SPENT, Outcome.CLOSED}


@dataclass(frozen=True, slots=True)
class ConfirmTools:
    """The collaborators of sending a confirmation. QUEUE is the one that brought the message."""

    catalog: NewsCatalog
    subscribers: Subscribers
    confirmations: Confirmations
    layout: MailLayout
    rate: SendRate
    mail: Mail
    queue: Queue


def send_confirmation(tools: ConfirmTools, message: SendConfirmation, *, now: datetime) -> str:
    """Send the confirmation mail that MESSAGE asks for; return the result in a word or two.

    Raises ServiceError where SES refuses all our mail or AWS has to recover.
    """
    subscriber = tools.subscribers.get(message.subscriber)
    address = MailAddress.read(subscriber.address) if subscriber else None
    if subscriber is None or address is None or not subscriber.awaits_confirmation:
        return NO_RECIPIENT
    before = tools.confirmations.sent_before(address.inbox, subscriber)
    if not may_send_confirmation(before.sent, now):
        return NO_RECIPIENT
    budget = tools.rate.confirmation_budget(now)
    if wait := tools.rate.take_for_confirmation(now):
        return _again(tools, message, Outcome.NOT_NOW, ceil(wait.total_seconds()))
    raw = _message(tools, subscriber, address, now)
    start = tools.confirmations.start(subscriber.subscriber, before, now, budget)
    if start is not Start.STARTED:
        return NO_RECIPIENT if start is Start.CHANGED else start
    tools.mail.start()
    result = tools.mail.send(raw, {RECIPIENT_TAG: subscriber.subscriber})
    if result.outcome in NOT_ACCEPTED:
        tools.confirmations.undo(subscriber.subscriber, before, now)
    if result.outcome is Outcome.CLOSED:
        text = f"SES accepts no mail from this account: {result.code}"
        raise ServiceError(text)
    if result.outcome in NOT_ACCEPTED:
        return _again(tools, message, result.outcome, _delay(tools, result.outcome, now))
    return result.outcome


def _delay(tools: ConfirmTools, outcome: Outcome, now: datetime) -> int:
    """Return the seconds after which to try again; record a spent day for the senders of newsletters too."""
    if outcome is not Outcome.DAY_SPENT:
        return 1
    tools.rate.day_is_spent(now)
    return LONGEST_DELAY


def _again(tools: ConfirmTools, message: SendConfirmation, outcome: Outcome, delay: int) -> str:
    tools.queue.send(message, delay=delay)
    return outcome


def _message(tools: ConfirmTools, subscriber: Subscriber, address: MailAddress, now: datetime) -> bytes:
    letter = confirmation_letter(tools.layout, tools.catalog.site(), now)
    link = private_link(letter.site, "confirm", subscriber.subscriber, subscriber.question)
    return letter.rendered().spliced(address, link)
