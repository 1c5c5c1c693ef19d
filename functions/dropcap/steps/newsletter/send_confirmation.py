"""5 deliver, for confirmations: ask somebody who typed their address whether they meant it, once an hour at most.

The confirmation is leased before the mail is sent. Where SES has definitely not taken it, the lease is released and the
message goes into the queue again as a new one; where nobody knows, the owner may ask again when the hour is over.
"""

from dataclasses import dataclass
from datetime import datetime

from dropcap.aws.mail import Mail
from dropcap.aws.queues import LONGEST_DELAY, Queue
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.contracts import SendConfirmation
from dropcap.errors import ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.mail_event import RECIPIENT_TAG
from dropcap.newsletter.outcome import Outcome
from dropcap.newsletter.pace import seconds_for
from dropcap.newsletter.subscription import Subscriber
from dropcap.steps.newsletter.open_issue import NewsCatalog
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, private_link

NO_RECIPIENT = "nobody to ask"
"""They are confirmed, or gone, or were asked within the hour."""

GIVES_BACK = {Outcome.NOT_NOW, Outcome.DAY_SPENT, Outcome.CLOSED}


@dataclass(frozen=True, slots=True)
class ConfirmTools:
    """What asking works with. QUEUE is the one that brought the message."""

    catalog: NewsCatalog
    subscribers: Subscribers
    layout: MailLayout
    rate: SendRate
    mail: Mail
    queue: Queue


def send_confirmation(tools: ConfirmTools, message: SendConfirmation, *, now: datetime) -> str:
    """Send the confirmation mail that MESSAGE asks for; return the result, in a word or two.

    Raises ServiceError where SES is closed to us or AWS has to recover.
    """
    subscriber = tools.subscribers.get(message.subscriber)
    address = MailAddress.read(subscriber.address) if subscriber else None
    if subscriber is None or address is None or not subscriber.may_get_confirmation(now):
        return NO_RECIPIENT
    grant = tools.rate.take(1, now)
    if grant.mails == 0:
        return _again(tools, message, Outcome.NOT_NOW, seconds_for(1, grant.rate))
    raw = _message(tools, subscriber, address, now)
    if not tools.subscribers.start_confirmation(subscriber.subscriber, now):
        return NO_RECIPIENT
    tools.mail.start()
    answer = tools.mail.send(raw, {RECIPIENT_TAG: subscriber.subscriber})
    if answer.outcome in GIVES_BACK:
        tools.subscribers.undo_confirmation(subscriber.subscriber, now)
    if answer.outcome is Outcome.CLOSED:
        text = f"SES takes no mail of ours: {answer.code}"
        raise ServiceError(text)
    if answer.outcome in GIVES_BACK:
        spent = answer.outcome is Outcome.DAY_SPENT
        return _again(tools, message, answer.outcome, LONGEST_DELAY if spent else seconds_for(1, grant.rate))
    return answer.outcome


def _again(tools: ConfirmTools, message: SendConfirmation, outcome: Outcome, delay: int) -> str:
    tools.queue.send(message, delay=delay)
    return outcome


def _message(tools: ConfirmTools, subscriber: Subscriber, address: MailAddress, now: datetime) -> bytes:
    letter = confirmation_letter(tools.layout, tools.catalog.site(), now)
    link = private_link(letter.site, "confirm", subscriber.subscriber, subscriber.question)
    return letter.rendered().spliced(address, link)
