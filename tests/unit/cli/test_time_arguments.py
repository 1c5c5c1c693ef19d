"""Times and days as people type them."""

from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from dropcap_cli.time_arguments import day, moment


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
    """UTC and midnight stand in."""
    assert meant == moment(typed)


@pytest.mark.parametrize("typed", ["", "soon", "14.3.2025", "2025-13-01", "1066-10-14", "2500-01-01"])
def test_what_is_no_time_is_told(typed: str) -> None:
    """A year far off would take the clock's libraries out of their range."""
    with pytest.raises(ArgumentTypeError):
        moment(typed)


def test_a_day_is_a_day() -> None:
    """Nothing else."""
    assert date(2025, 3, 14) == day("2025-03-14")
    with pytest.raises(ArgumentTypeError):
        day("yesterday")
