"""6 feedback: what SES tells of a mail moves its ledger entry forward and may end a subscription.

The standing is written first: an address that must not be written to is worth more than a tidy ledger. Both writes may
be repeated, and come in any order.
"""

from datetime import datetime

from dropcap.aws.ledger import Ledger
from dropcap.aws.subscribers import Subscribers
from dropcap.newsletter.mail_event import MailEvent


def record_mail_event(subscribers: Subscribers, ledger: Ledger, event: MailEvent, *, now: datetime) -> bool:
    """Record EVENT; return whether the ledger has learnt something. Raises ServiceError to be tried again later."""
    if event.suppresses:
        subscribers.suppress(event.recipient, event.state, now)
    if not event.issue:
        return False
    return ledger.move_on(event.issue, event.recipient, event.state, message_id=event.message_id, detail=event.detail)
