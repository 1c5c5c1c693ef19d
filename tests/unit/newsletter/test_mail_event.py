"""SES's events about mails."""

import json
from pathlib import Path

import pytest

from dropcap.errors import ContractError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.mail_event import MailEvent

EVENTS = Path(__file__).parents[2] / "events"
ADA = MailAddress("ada@example.org").subscriber


def event_of(name: str) -> MailEvent | None:
    """Return what the payload NAME tells."""
    return MailEvent.from_json((EVENTS / f"ses_{name}.json").read_text())


@pytest.mark.parametrize(
    ("name", "state", "detail", "suppresses"),
    [
        ("send", DeliveryState.SENT, "", False),
        ("delivery", DeliveryState.DELIVERED, "", False),
        ("delivery_delay", DeliveryState.SENT, "", False),
        ("bounce_permanent", DeliveryState.BOUNCED, "Permanent", True),
        ("bounce_transient", DeliveryState.BOUNCED, "Transient", False),
        ("complaint", DeliveryState.COMPLAINED, "abuse", True),
        ("reject", DeliveryState.REFUSED, "", False),
    ],
)
def test_an_event_moves_a_mail_to_a_state(name: str, state: DeliveryState, detail: str, *, suppresses: bool) -> None:
    """Hard bounces and complaints end the subscription, a full mailbox does not."""
    event = event_of(name)
    assert event
    assert (ADA, "12b34789c7f8d8491148480294a88777", state, detail) == (
        event.recipient, event.issue, event.state, event.detail,
    )  # fmt: skip
    assert suppresses is event.suppresses


def test_a_confirmation_mail_has_no_issue() -> None:
    """Its bounce ends the subscription before it began."""
    event = event_of("bounce_of_confirmation")
    assert event
    assert not event.issue
    assert event.suppresses


@pytest.mark.parametrize("name", ["complaint_not_spam", "topic_validated"])
def test_what_is_no_event_of_ours_is_passed_over(name: str) -> None:
    """A complaint taken back, and the sentence that SES sends when a topic is first connected."""
    assert event_of(name) is None


def test_an_event_without_our_tags_is_passed_over() -> None:
    """Other mails of the account are none of our business."""
    event = {"eventType": "Bounce", "mail": {"tags": {}, "messageId": "m"}, "bounce": {"bounceType": "Permanent"}}
    assert MailEvent.from_json(json.dumps(event)) is None


def test_an_event_may_come_without_its_envelope() -> None:
    """A subscription with raw message delivery hands on what is inside."""
    raw = json.loads((EVENTS / "ses_send.json").read_text())["Message"]
    assert event_of("send") == MailEvent.from_json(raw)


def test_an_envelope_that_cannot_be_read_is_for_the_developer() -> None:
    """Nothing that SNS sends looks like this."""
    with pytest.raises(ContractError):
        MailEvent.from_json("not JSON")


def test_no_event_shows_an_address_in_its_log() -> None:
    """The stored part of an event has hashes instead of addresses."""
    assert all("@" not in repr(MailEvent.from_json(path.read_text())) for path in EVENTS.glob("ses_*.json"))


def test_the_sentence_with_which_ses_greets_a_new_topic_is_ignored() -> None:
    """It comes raw with the first deployment; as a fault it would raise an alarm in the operator's first hour."""
    assert MailEvent.from_json("Successfully validated SNS topic for Amazon SES event publishing.") is None
