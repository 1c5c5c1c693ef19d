"""Sent mails as .eml files, which any mail program opens."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP

from dropcap.document import slug

AS_SENT = SMTP.clone(refold_source="none")
"""Headers as they were sent: Python would fold and encode some of them anew."""


def eml_files(mails: Iterable[EmailMessage]) -> dict[str, bytes]:
    """Return MAILS by file name: their number in the order of sending, and their subject."""
    return {_name(number, mail): mail.as_bytes(policy=AS_SENT) for number, mail in enumerate(mails, 1)}


def _name(number: int, mail: EmailMessage) -> str:
    return f"{number:05d}-{slug(str(mail['Subject']))[:80] or 'mail'}.eml"
