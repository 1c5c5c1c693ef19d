"""Times and dates as people type them on the command line."""

import re
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, timedelta

FIRST_YEAR, LAST_YEAR = 1980, 2200
"""The years that all the libraries' clocks support."""
LONGEST_KEPT = 455
"""Days for which CloudWatch keeps hourly values."""

_FORMS = "2025-03-14 or 2025-03-14T09:00+01:00"
_AGO = re.compile(r"([0-9]{1,5})([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def moment(text: str) -> datetime:
    """Parse TEXT in ISO 8601, `2025-03-14T09:00+01:00`: UTC without an offset, midnight without a time."""
    return _moment(text, _FORMS)


def _moment(text: str, forms: str) -> datetime:
    """Parse TEXT in ISO 8601; FORMS shows how it could have been written."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a time. Write it as {forms}"
        raise ArgumentTypeError(message) from error
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        message = f"{text!r} is not between the years {FIRST_YEAR} and {LAST_YEAR}"
        raise ArgumentTypeError(message)
    return parsed.replace(tzinfo=parsed.tzinfo or UTC)


def day(text: str) -> date:
    """Parse a date in ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a date. Write it as 2025-03-14"
        raise ArgumentTypeError(message) from error


def days(text: str) -> int:
    """Parse a number of days for which CloudWatch keeps daily sums."""
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_KEPT:
        message = f"{text!r} is not a number of days. Write one from 1 to {LONGEST_KEPT}"
        raise ArgumentTypeError(message)
    return int(text)


def ago(text: str) -> datetime:
    """Parse TEXT as a time, or as a duration before now: `90m`, `2h`, `3d`."""
    match = _AGO.fullmatch(text)
    if not match:
        return _moment(text, f"{_FORMS}, or as the time since then: 90m, 2h or 3d")
    return datetime.now(UTC) - int(match[1]) * _UNITS[match[2]]
