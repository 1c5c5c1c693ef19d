"""Times and days as people type them."""

from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from dropcap_cli.time_arguments import ago, day, moment


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2025-03-14", datetime(2025, 3, 14, tzinfo=UTC)),
        ("2025-03-14T09:30", datetime(2025, 3, 14, 9, 30, tzinfo=UTC)),
        ("2025-03-14T09:30:05Z", datetime(2025, 3, 14, 9, 30, 5, tzinfo=UTC)),
        ("2025-03-14 09:30+02:00", datetime(2025, 3, 14, 9, 30, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_time_may_lack_its_offset_and_its_hours(typed: str, meant: datetime) -> None:
    """The defaults are UTC and midnight."""
    assert meant == moment(typed)


@pytest.mark.parametrize("typed", ["", "soon", "14.3.2025", "2025-13-01", "1066-10-14", "2500-01-01"])
def test_a_text_that_is_not_a_time_is_refused(typed: str) -> None:
    """So is a year outside the range of the clock libraries."""
    with pytest.raises(ArgumentTypeError):
        moment(typed)


def test_a_time_since_which_says_that_hours_are_enough() -> None:
    """`--since 2h` is what most people mean, and a year out of range is still called that."""
    with pytest.raises(ArgumentTypeError, match=r"2025-03-14T09:00\+01:00, or as the time since then: 90m, 2h or 3d$"):
        ago("yesterday")
    with pytest.raises(ArgumentTypeError, match=r"between the years 1980 and 2200$"):
        ago("1066-10-14")


def test_a_day_has_no_time() -> None:
    """Words such as yesterday are refused."""
    assert date(2025, 3, 14) == day("2025-03-14")
    with pytest.raises(ArgumentTypeError):
        day("yesterday")
