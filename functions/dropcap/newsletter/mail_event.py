"""An SES event about a mail, as it comes through SNS and SQS.

The shapes are those of "Examples of event data that Amazon SES publishes to Amazon SNS" in the SES developer guide.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from dropcap.errors import ContractError
from dropcap.newsletter.address import is_subscriber
from dropcap.newsletter.ledger import DeliveryState

ISSUE_TAG, RECIPIENT_TAG, CORRELATION_TAG = "issue", "recipient", "correlation"
"""Names of the tags on each mail; confirmation mails have no issue, and older mails no correlation id."""

GREETING = "Successfully validated SNS topic"
"""SES's first message to a topic: a sentence, which a raw subscription delivers as it is."""

_STATES = {
    "Send": DeliveryState.SENT,
    "DeliveryDelay": DeliveryState.SENT,
    "Delivery": DeliveryState.DELIVERED,
    "Open": DeliveryState.DELIVERED,
    "Click": DeliveryState.DELIVERED,
    "Bounce": DeliveryState.BOUNCED,
    "Complaint": DeliveryState.COMPLAINED,
    "Reject": DeliveryState.REFUSED,
    "Rendering Failure": DeliveryState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class MailEvent:
    """An event: the mail of ISSUE (empty: a confirmation) to RECIPIENT reached STATE.

    DETAIL is SES's kind of bounce or complaint. AT is when it happened, if the event says so. CORRELATION_ID
    joins the event with the logs of the upload.
    """

    recipient: str
    issue: str
    state: DeliveryState
    message_id: str
    detail: str = ""
    at: datetime | None = None
    correlation_id: str = ""

    @property
    def suppresses(self) -> bool:
        """Return whether no mail may be sent to the address again: a hard bounce, or a complaint."""
        return self.state is DeliveryState.COMPLAINED or (
            self.state is DeliveryState.BOUNCED and self.detail == "Permanent"
        )

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """Return the event in the body of a message of FeedbackQueue; None if it is about no mail of Dropcap.

        SNS also delivers other texts: when a topic is first connected, SES sends it a sentence. Raises ContractError if
        the envelope itself cannot be read.
        """
        event = _event(text)
        if event is None:
            return None
        mail = _inner(event, "mail")
        recipient, issue = _tag(mail, RECIPIENT_TAG), _tag(mail, ISSUE_TAG)
        state = _STATES.get(str(event.get("eventType", "")))
        if state is None or not is_subscriber(recipient) or _is_praise(event):
            return None
        return cls(
            recipient, issue, state, str(mail.get("messageId", "")), _detail(event), _time(event),
            _tag(mail, CORRELATION_TAG),
        )  # fmt: skip


def _event(text: str) -> Mapping[str, Any] | None:
    """Return the event in SNS's envelope, or TEXT itself if the subscription delivers raw messages."""
    outer = _object(text)
    if outer is None and text.startswith(GREETING):
        return None
    if outer is None:
        raise ContractError.unreadable("")
    return _object(outer["Message"]) if isinstance(outer.get("Message"), str) else outer


def _object(text: str) -> Mapping[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _inner(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = outer.get(name)
    return inner if isinstance(inner, dict) else {}


def _tag(mail: Mapping[str, Any], name: str) -> str:
    values = _inner(mail, "tags").get(name)
    return str(values[0]) if isinstance(values, list) and values else ""


def _detail(event: Mapping[str, Any]) -> str:
    return str(
        _inner(event, "bounce").get("bounceType") or _inner(event, "complaint").get("complaintFeedbackType") or ""
    )


def _is_praise(event: Mapping[str, Any]) -> bool:
    """Return whether the complaint takes one back (`not-spam`): somebody moved the mail out of the junk folder."""
    return _inner(event, "complaint").get("complaintFeedbackType") == "not-spam"


def _time(event: Mapping[str, Any]) -> datetime | None:
    """Return when the mail bounced, was complained about or delivered; None if the event does not say."""
    for kind in ("bounce", "complaint", "delivery"):
        try:
            time = datetime.fromisoformat(str(_inner(event, kind).get("timestamp", "")))
        except ValueError:
            continue
        return time if time.tzinfo else None
    return None
