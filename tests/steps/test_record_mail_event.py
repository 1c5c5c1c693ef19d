"""SES's events move the ledger forward and may end a subscription."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from dropcap.newsletter.ledger import DeliveryState, LedgerLine
from dropcap.newsletter.mail_event import MailEvent
from dropcap.newsletter.subscription import SubscriptionState
from dropcap.steps.newsletter.record_mail_event import record_mail_event
from support.newsletter_bench import NOON, Bench

EVENTS = Path(__file__).parents[1] / "events"
ISSUE = "12b34789c7f8d8491148480294a88777"


def event_of(name: str) -> MailEvent:
    """Return what the payload NAME tells."""
    event = MailEvent.from_json((EVENTS / f"ses_{name}.json").read_text())
    assert event
    return event


@pytest.fixture
def ada(bench: Bench) -> str:
    """Record a mail to Ada as `unknown`, and return her hash."""
    ada = bench.subscribe("ada@example.org")
    bench.ledger.lease(LedgerLine(ISSUE, ada), "lease", NOON)
    bench.ledger.settle(LedgerLine(ISSUE, ada), "lease", DeliveryState.UNKNOWN)
    return ada


def record(bench: Bench, *names: str) -> list[bool]:
    """Record the events of those NAMES, in order."""
    return [record_mail_event(bench.subscribers, bench.ledger, event_of(name), now=NOON) for name in names]


def standing(bench: Bench, subscriber: str) -> SubscriptionState:
    """Return the standing of SUBSCRIBER."""
    record = bench.subscribers.get(subscriber)
    assert record
    return record.standing


def test_an_event_settles_what_nobody_knew(bench: Bench, ada: str) -> None:
    """SES took the mail after all: its event carries our tags."""
    assert [True] == record(bench, "send")
    assert {ada: "sent"} == bench.ledger_states(ISSUE, [ada])


@pytest.mark.parametrize("order", list(permutations(["send", "delivery", "complaint"])))
def test_events_may_come_in_any_order(bench: Bench, ada: str, order: tuple[str, ...]) -> None:
    """The ledger knows the furthest state, and hears nothing new from what comes late or twice."""
    record(bench, *order)
    assert {ada: "complained"} == bench.ledger_states(ISSUE, [ada])
    assert [False, False, False] == record(bench, *order)
    assert SubscriptionState.SUPPRESSED == standing(bench, ada)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("bounce_permanent", SubscriptionState.SUPPRESSED), ("bounce_transient", SubscriptionState.CONFIRMED)],
)
def test_only_a_hard_bounce_ends_the_subscription(
    bench: Bench, ada: str, name: str, expected: SubscriptionState
) -> None:
    """A full mailbox is no reason to forget somebody."""
    record(bench, name)
    assert {ada: "bounced"} == bench.ledger_states(ISSUE, [ada])
    assert expected == standing(bench, ada)


def test_a_suppressed_address_is_forgotten_and_stays_so(bench: Bench, ada: str) -> None:
    """Nobody becomes a subscriber again by typing it; the hash stays, to know it by."""
    record(bench, "bounce_permanent")
    bench.subscribe("ada@example.org", confirm=False)
    subscriber = bench.subscribers.get(ada)
    assert subscriber
    assert (SubscriptionState.SUPPRESSED, "") == (subscriber.standing, subscriber.address)


def test_a_bounced_confirmation_suppresses_without_a_ledger(bench: Bench) -> None:
    """There is no issue, so there is no entry to move."""
    ada = bench.subscribe("ada@example.org", confirm=False)
    assert [False] == record(bench, "bounce_of_confirmation")
    assert SubscriptionState.SUPPRESSED == standing(bench, ada)
    assert {} == bench.ledger_states("", [ada])


def test_an_event_moves_its_mail_in_the_counts_of_the_page(bench: Bench) -> None:
    """Readers of the account see one mail, in the state of its latest event."""
    ada, line = bench.subscribe("ada@example.org"), LedgerLine(ISSUE, event_of("send").recipient, "0-000001")
    assert ada == line.recipient
    bench.ledger.lease(line, "lease", NOON)
    bench.ledger.settle(line, "lease", DeliveryState.UNKNOWN)
    for name in ("send", "delivery"):
        record(bench, name)
    assert {"delivered": 1} == {name: number for name, number in bench.sums.counts(ISSUE).items() if number}


def test_an_event_makes_no_entry_of_its_own(bench: Bench) -> None:
    """An event for a mail that was never leased adds nothing to the ledger."""
    assert [False] == record(bench, "delivery")
    assert {} == bench.ledger_states(ISSUE, [event_of("delivery").recipient])


def test_events_hold_what_their_envelope_says() -> None:
    """Each payload is a notification of SNS with an event in it."""
    for path in EVENTS.glob("ses_*.json"):
        assert "Notification" == json.loads(path.read_text())["Type"]
