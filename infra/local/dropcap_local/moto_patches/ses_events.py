"""The events that SES publishes about a mail, as AWS writes them.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html. The recipient decides the
outcome, as with SES's mailbox simulator: bounce@simulator.amazonses.com bounces, complaint@ complains, and every other
address accepts the mail, unless it is on the account's suppression list: SES takes a mail to it and reports a bounce.
https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, Final

from dropcap_local.clients import ACCOUNT

Event = dict[str, Any]

_SIMULATED: Final = re.compile(r"(bounce|complaint)(\+[^@]*)?@simulator\.amazonses\.com")
_COMMON: Final = {"From": "from", "To": "to", "Date": "date", "Subject": "subject", "Message-ID": "messageId"}
_SEVERAL: Final = frozenset({"From", "To"})


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that SES accepted, with the tags its sender gave it."""

    message_id: str
    recipients: tuple[str, ...]
    headers: EmailMessage
    tags: Mapping[str, str]
    configuration_set: str
    region: str
    is_suppressed: bool = False
    """Whether its recipient is on the account's suppression list."""


def events_of(mail: SentMail) -> Iterator[tuple[str, Event]]:
    """Yield each event and its name among a configuration set's MatchingEventTypes, in the order of time."""
    about = _mail(mail)
    yield "send", {"eventType": "Send", "mail": about, "send": {}}
    fate = fate_of(mail.recipients)
    if fate == "bounce" or mail.is_suppressed:
        yield "bounce", {"eventType": "Bounce", "mail": about, "bounce": _bounce(mail)}
        return
    yield "delivery", {"eventType": "Delivery", "mail": about, "delivery": _delivery(mail)}
    if fate == "complaint":
        yield "complaint", {"eventType": "Complaint", "mail": about, "complaint": _complaint(mail)}


def fate_of(recipients: tuple[str, ...]) -> str | None:
    """Return "bounce" or "complaint" if a mail to RECIPIENTS ends so."""
    simulated = (_SIMULATED.fullmatch(parseaddr(address)[1].lower()) for address in recipients)
    return next((match[1] for match in simulated if match), None)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _addresses(mail: SentMail) -> list[str]:
    return [parseaddr(recipient)[1] for recipient in mail.recipients]


def _mail(mail: SentMail) -> Event:
    source = str(mail.headers["From"])
    domain = parseaddr(source)[1].partition("@")[2]
    own_tags = {
        "ses:configuration-set": [mail.configuration_set],
        "ses:source-ip": ["192.0.2.0"],
        "ses:from-domain": [domain],
        "ses:caller-identity": ["dropcap"],
    }
    return {
        "timestamp": _now(),
        "source": source,
        "sourceArn": f"arn:aws:ses:{mail.region}:{ACCOUNT}:identity/{domain}",
        "sendingAccountId": ACCOUNT,
        "messageId": mail.message_id,
        "destination": _addresses(mail),
        "headersTruncated": False,
        "headers": [{"name": name, "value": str(value)} for name, value in mail.headers.items()],
        "commonHeaders": {**_common_headers(mail.headers), "messageId": mail.message_id},
        "tags": {**own_tags, **{name: [value] for name, value in mail.tags.items()}},
    }


def _common_headers(headers: EmailMessage) -> Event:
    return {
        key: [str(headers[name])] if name in _SEVERAL else str(headers[name])
        for name, key in _COMMON.items()
        if headers[name] is not None
    }


def _delivery(mail: SentMail) -> Event:
    return {
        "timestamp": _now(),
        "processingTimeMillis": 500,
        "recipients": _addresses(mail),
        "smtpResponse": "250 2.6.0 Message received",
        "remoteMtaIp": "192.0.2.1",
        "reportingMTA": "mta.example.com",
    }


def _bounce(mail: SentMail) -> Event:
    failure = {"action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    return {
        "bounceType": "Permanent",
        "bounceSubType": "OnAccountSuppressionList" if mail.is_suppressed else "General",
        "bouncedRecipients": [{"emailAddress": address, **failure} for address in _addresses(mail)],
        "timestamp": _now(),
        "feedbackId": f"feedback-{mail.message_id}",
        "reportingMTA": "dsn; mta.example.com",
    }


def _complaint(mail: SentMail) -> Event:
    return {
        "complainedRecipients": [{"emailAddress": address} for address in _addresses(mail)],
        "timestamp": _now(),
        "feedbackId": f"feedback-{mail.message_id}",
        "complaintSubType": None,
        "complaintFeedbackType": "abuse",
        "arrivalDate": _now(),
    }
