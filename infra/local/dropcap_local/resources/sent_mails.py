"""The mails that SES accepted, parsed as mail programs parse them."""

import email
import email.policy
from email.message import EmailMessage

from moto.ses.models import RawMessage, ses_backends


def sent_mails(account: str, region: str) -> list[EmailMessage]:
    """Return the mails sent from ACCOUNT in REGION, in order; only whole messages, as `Raw` content has them."""
    sent = ses_backends[account][region].sent_messages
    return [_parsed(message.raw_data) for message in sent if isinstance(message, RawMessage)]


def sent_sources(account: str, region: str) -> list[bytes]:
    """Return the bytes of those mails, in the same order, as they were sent."""
    sent = ses_backends[account][region].sent_messages
    return [message.raw_data.encode() for message in sent if isinstance(message, RawMessage)]


def _parsed(source: str) -> EmailMessage:
    return email.message_from_bytes(source.encode(), EmailMessage, policy=email.policy.default)
