"""States of the ledger, which only move forward."""

from datetime import timedelta
from functools import reduce
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.ledger import LEASED_AT, DeliveryState, LedgerEntry, later
from support.newsletter_bench import NOON

states = st.sampled_from(DeliveryState)


def test_the_order_is_the_one_that_the_design_names() -> None:
    """From `queued` to `complained`; what the design does not name stands somewhere between."""
    named = ["queued", "sending", "unknown", "sent", "delivered", "bounced", "complained"]
    assert all(DeliveryState(earlier).rank < DeliveryState(other).rank for earlier, other in pairwise(named))


@given(st.lists(states, min_size=1), st.randoms(use_true_random=False))
def test_events_may_come_in_any_order_and_twice(events: list[DeliveryState], random: object) -> None:
    """In every order and number, events lead to the same state."""
    shuffled = [*events, *events]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random, as hypothesis gives it
    assert reduce(later, events) == reduce(later, shuffled)


@given(states, states)
def test_no_event_moves_a_state_back(earlier: DeliveryState, other: DeliveryState) -> None:
    """A state stays, or a later one follows."""
    assert later(earlier, other).rank >= earlier.rank


def test_only_an_old_lease_is_abandoned() -> None:
    """A sender who may still be running is left alone, and so is a mail that was sent."""
    old, young = NOON - timedelta(minutes=5), NOON - timedelta(seconds=5)
    limit = NOON - timedelta(minutes=1)
    assert LedgerEntry(DeliveryState.SENDING, "claim", old).is_abandoned(limit)
    assert not LedgerEntry(DeliveryState.SENDING, "claim", young).is_abandoned(limit)
    assert not LedgerEntry(DeliveryState.SENT, "claim", old).is_abandoned(limit)


def test_who_has_no_entry_is_still_to_be_written_to() -> None:
    """An absent entry is `queued`."""
    assert LedgerEntry().is_queued
    assert not LedgerEntry(DeliveryState.LEFT).is_queued


def test_a_sender_whose_start_is_not_recorded_is_abandoned() -> None:
    """Nobody can tell how long it has run; it would hold its entry for ever."""
    entry = LedgerEntry.from_item({"state": "sending", "lease": "a"})
    assert entry.is_abandoned(NOON)
    assert not LedgerEntry.from_item({"state": "sending", LEASED_AT: NOON.isoformat()}).is_abandoned(NOON)
