"""The states of a subscription, the pace of confirmations, soft bounces, tokens."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.subscription import (
    Subscriber,
    SubscriptionState,
    may_send_confirmation,
    same_token,
    soft_bounces_in_row,
)
from support.newsletter_bench import NOON

ADA = Subscriber("a" * 64, SubscriptionState.PENDING, "ada@example.org", "token", "question")


def sent_at_every_chance(days: int, *, every: timedelta) -> list[datetime]:
    """Return when mails go to an inbox that somebody asks for EVERY so often, for so many DAYS."""
    sent: list[datetime] = []
    now = NOON
    while now < NOON + timedelta(days=days):
        if may_send_confirmation(sent, now):
            sent.append(now)
        now += every
    return sent


def test_an_inbox_gets_ten_confirmations_however_often_somebody_asks() -> None:
    """Once a minute for a month: three on the first day, ten in all."""
    sent = sent_at_every_chance(30, every=timedelta(minutes=1))
    assert 10 == len(sent)
    assert 3 == sum(1 for at in sent if at < NOON + timedelta(days=1))


def test_the_pauses_grow() -> None:
    """One hour, then two, and no more on that day."""
    sent = sent_at_every_chance(2, every=timedelta(minutes=1))
    assert [timedelta(hours=1), timedelta(hours=2)] == [sent[1] - sent[0], sent[2] - sent[1]]


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=60)), max_size=60))
def test_no_day_has_more_than_three(requests: list[timedelta]) -> None:
    """Whenever somebody asks."""
    sent: list[datetime] = []
    for now in sorted(NOON + wait for wait in requests):
        if may_send_confirmation(sent, now):
            sent.append(now)
    assert len(sent) <= 10
    for at in sent:
        assert sum(1 for other in sent if timedelta(0) <= other - at < timedelta(days=1)) <= 3


def test_a_soft_bounce_counts_for_thirty_days() -> None:
    """And the same one once."""
    days = (31, 30, 29, 1, 1)
    times = [NOON - timedelta(days=number) for number in days]
    assert tuple(times[2:4]) == soft_bounces_in_row(times, NOON)


@pytest.mark.parametrize("state", sorted(set(SubscriptionState) - {SubscriptionState.PENDING}))
def test_nobody_else_gets_a_confirmation(state: SubscriptionState) -> None:
    """Confirmed, unsubscribed, suppressed: no confirmation mail."""
    assert not replace(ADA, standing=state).awaits_confirmation
    assert ADA.awaits_confirmation


def test_only_the_confirmed_are_written_to() -> None:
    """Double opt-in: nobody gets a newsletter because somebody typed their address."""
    written_to = [state for state in SubscriptionState if replace(ADA, standing=state).is_confirmed]
    assert [SubscriptionState.CONFIRMED] == written_to


def test_an_empty_token_opens_nothing() -> None:
    """A subscriber without a token cannot be confirmed by leaving it out."""
    assert same_token("token", "token")
    assert not same_token("", "")
    assert not same_token("token", "")
    assert not same_token("töken\ud800", "token")
