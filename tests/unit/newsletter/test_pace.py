"""The token bucket, and the hour's count."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dropcap.newsletter.pace import Bucket, seconds_for, within_the_hour
from support.newsletter_bench import NOON

waits = st.lists(st.tuples(st.floats(0, 5), st.integers(0, 60)), max_size=30)


@given(st.floats(0.5, 50), waits)
def test_no_more_mails_than_the_rate_allows(rate: float, visits: list[tuple[float, int]]) -> None:
    """However many senders come, and when: a second's worth at once, and then the rate."""
    bucket, now, taken = Bucket.full(rate, NOON), NOON, 0
    for wait, wanted in visits:
        now += timedelta(seconds=wait)
        mails, bucket = bucket.taken(wanted, now)
        taken += mails
        assert 0 <= mails <= wanted
    assert taken <= max(1.0, rate) + (now - NOON).total_seconds() * rate + 1e-6


def test_a_new_account_sends_one_a_second() -> None:
    """In SES's sandbox the rate is 1."""
    mails, bucket = Bucket.full(1.0, NOON).taken(50, NOON)
    assert 1 == mails
    assert 0 == bucket.taken(50, NOON)[0]
    assert 1 == bucket.taken(50, NOON + timedelta(seconds=1))[0]


def test_a_clock_that_lags_behind_adds_nothing() -> None:
    """Senders' clocks differ; none may give itself a second that has not passed."""
    _, bucket = Bucket.full(10.0, NOON).taken(10, NOON)
    assert 0 == bucket.taken(10, NOON - timedelta(seconds=30))[0]


def test_a_lower_rate_holds_at_once() -> None:
    """What was saved up at a higher rate is not kept."""
    assert 2 == Bucket.full(50.0, NOON).at_rate(2.0).taken(50, NOON)[0]


def test_a_page_waits_for_about_as_long_as_it_takes() -> None:
    """At least a second, a minute at most."""
    assert [1, 4, 60] == [seconds_for(1, 14.0), seconds_for(50, 14.0), seconds_for(50, 0.5)]


def test_the_hour_is_counted_from_now() -> None:
    """An issue of exactly an hour ago does not count."""
    times = [NOON - timedelta(minutes=minutes) for minutes in (61, 60, 59, 0)]
    assert tuple(times[2:]) == within_the_hour(times, NOON)
