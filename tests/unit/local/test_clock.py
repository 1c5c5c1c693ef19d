"""The clocks by which the event loop goes."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from dropcap_local.clock import RealClock, VirtualClock, has_come

NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)


def test_virtual_time_stands_still_until_it_is_moved() -> None:
    """For everybody in the process, and in steps as large as one likes."""
    with VirtualClock(NOON) as clock:
        assert NOON == clock.now() == datetime.now(UTC)
        clock.advance(90)
        assert NOON + timedelta(seconds=90) == clock.now()
        assert NOON.timestamp() + 90 == time.time()


def test_a_leap_arrives_and_never_goes_back() -> None:
    """After a leap to a moment, that moment has come, whatever the rounding."""
    with VirtualClock(NOON) as clock:
        moment = NOON.timestamp() + 0.1234567
        assert clock.leap(moment)
        assert has_come(moment, time.time())
        assert clock.leap(NOON.timestamp())
        assert has_come(moment, time.time())


def test_a_virtual_clock_moves_only_while_it_is_entered() -> None:
    """Outside, time is the machine's own."""
    with pytest.raises(RuntimeError, match="enter the virtual clock"):
        VirtualClock(NOON).advance(1)


def test_nobody_leaps_in_real_time() -> None:
    """The caller is told to wait."""
    assert not RealClock().leap(time.time() + 60)
