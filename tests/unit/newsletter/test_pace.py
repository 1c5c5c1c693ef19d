"""The slots that senders reserve, and the counts of the hour and the day."""

from datetime import timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.pace import LEAD, Slots, confirmation_budget, seconds_for, within_the_day, within_the_hour
from support.newsletter_bench import NOON

MINUTE = timedelta(minutes=1)
visits = st.lists(st.tuples(st.floats(0, 5), st.integers(0, 60)), max_size=30)


@given(st.floats(0.5, 50), visits)
def test_no_more_mails_are_due_than_the_rate_allows(rate: float, visits: list[tuple[float, int]]) -> None:
    """For any number of senders at any time, in the first second as in every other."""
    slots, now, due = Slots(NOON, rate), NOON, []
    for wait, wanted in visits:
        now += timedelta(seconds=wait)
        reservation, slots = slots.reserved(wanted, now, MINUTE)
        assert 0 <= reservation.mails <= wanted
        due += [max(now, reservation.due(number)) for number in range(reservation.mails)]
    for first, start in enumerate(due):
        within = sum(1 for at in due[first:] if at - start < timedelta(milliseconds=999))  # slots are rounded
        assert within <= ceil(rate)


def test_a_new_account_sends_one_a_second() -> None:
    """In SES's sandbox the rate is 1."""
    reservation, left = Slots(NOON, 1.0).reserved(50, NOON, timedelta(seconds=39))
    assert (40, NOON + timedelta(seconds=39)) == (reservation.mails, reservation.due(39))
    assert timedelta(seconds=40) - LEAD == left.wait(NOON)
    assert 0 == left.reserved(50, NOON, MINUTE)[0].mails


def test_slots_that_nobody_used_are_lost() -> None:
    """After a quiet night the first second has no more mails than any other."""
    reservation, _ = Slots(NOON - timedelta(hours=9), 14.0).reserved(50, NOON, MINUTE)
    assert 14 == sum(1 for number in range(50) if reservation.due(number) < NOON + timedelta(seconds=1))


def test_a_sender_may_be_early_so_that_no_slot_is_lost() -> None:
    """It reserves slots that begin soon, and waits for them itself."""
    slots = Slots(NOON + LEAD, 10.0)
    assert timedelta(0) == slots.wait(NOON)
    assert NOON + LEAD == slots.reserved(5, NOON, MINUTE)[0].due(0)


def test_a_confirmation_does_not_wait_for_a_newsletter() -> None:
    """It goes out now, and the reserved slots of the newsletter stay; the next ones come a little later."""
    slots = Slots(NOON + timedelta(seconds=40), 1.0)
    left = slots.with_confirmation(NOON)
    assert left
    assert NOON + timedelta(seconds=41) == left.free
    assert Slots(NOON + timedelta(minutes=2), 1.0).with_confirmation(NOON) is None


def test_a_page_waits_for_about_as_long_as_it_takes() -> None:
    """At least a second, a minute at most."""
    assert [1, 4, 60] == [seconds_for(1, 14.0), seconds_for(50, 14.0), seconds_for(50, 0.5)]


def test_the_hour_and_the_day_are_counted_from_now() -> None:
    """An issue of exactly an hour, or a day, ago does not count."""
    times = [NOON - timedelta(minutes=minutes) for minutes in (1441, 1440, 61, 60, 59, 0)]
    assert tuple(times[4:]) == within_the_hour(times, NOON)
    assert tuple(times[2:]) == within_the_day(times, NOON)


@pytest.mark.parametrize(
    ("budget", "per_day", "expected"),
    [(500, -1.0, 500), (500, 0.0, 0), (500, 3.9, 0), (500, 200.0, 50), (40, 200.0, 40), (0, -1.0, 0)],
)
def test_confirmations_may_use_a_quarter_of_the_quota(budget: int, per_day: float, expected: int) -> None:
    """Or the operator's budget, if that is less; an account without a quota has a negative one, a closed one none."""
    assert expected == confirmation_budget(budget, per_day)
