"""Standings, tokens, and how often somebody is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dropcap.newsletter.subscription import Subscriber, SubscriptionState, same_token
from support.newsletter_bench import NOON

ADA = Subscriber("a" * 64, SubscriptionState.PENDING, "ada@example.org", "token", "question")


def test_somebody_pending_is_asked_once_an_hour() -> None:
    """A form filled in ten times sends one mail."""
    assert ADA.may_get_confirmation(NOON)
    asked = replace(ADA, asked_at=NOON)
    assert not asked.may_get_confirmation(NOON + timedelta(minutes=59))
    assert asked.may_get_confirmation(NOON + timedelta(minutes=60))


@pytest.mark.parametrize(
    "standing", [SubscriptionState.CONFIRMED, SubscriptionState.UNSUBSCRIBED, SubscriptionState.SUPPRESSED]
)
def test_nobody_else_is_asked(standing: SubscriptionState) -> None:
    """Whoever is confirmed, left or suppressed gets no confirmation mail."""
    assert not replace(ADA, standing=standing).may_get_confirmation(NOON)


def test_only_the_confirmed_are_written_to() -> None:
    """Double opt-in: nobody gets a letter because somebody typed their address."""
    written_to = [one for one in SubscriptionState if replace(ADA, standing=one).is_confirmed]
    assert [SubscriptionState.CONFIRMED] == written_to


def test_an_empty_token_opens_nothing() -> None:
    """Who has no token yet, or none any more, cannot be confirmed by leaving it out."""
    assert same_token("token", "token")
    assert not same_token("", "")
    assert not same_token("token", "")
    assert not same_token("töken\ud800", "token")
