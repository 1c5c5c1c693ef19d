"""6 feedback: an SES event moves the ledger entry of its mail forward, and may end a subscription.

The subscription is written first: not writing to a bad address matters more than a complete ledger. Both writes may be
repeated, and come in any order.
"""

from datetime import datetime

from dropcap.aws.ledger import Ledger
from dropcap.aws.subscribers import Subscribers
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.mail_event import MailEvent


def record_mail_event(subscribers: Subscribers, ledger: Ledger, event: MailEvent, *, now: datetime) -> bool:
    """Record EVENT; return whether the ledger has moved on. Raises ServiceError for a retry."""
    reported = event.at or now
    if event.suppresses:
        subscribers.suppress(event.recipient, event.state, now, reported)
    elif event.state is DeliveryState.BOUNCED:
        subscribers.soft_bounce(event.recipient, reported, now)
    elif event.state is DeliveryState.DELIVERED:
        subscribers.delivered(event.recipient)
    if not event.issue:
        return False
    return ledger.move_on(event.issue, event.recipient, event.state, message_id=event.message_id, detail=event.detail)
