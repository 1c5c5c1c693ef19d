"""Times and days as people type them on the command line."""

import re
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, timedelta

FIRST_YEAR, LAST_YEAR = 1980, 2200
"""What the clocks of all the libraries agree on."""

_AGO = re.compile(r"([0-9]{1,5})([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def moment(text: str) -> datetime:
    """Read TEXT in ISO 8601, `2025-03-14T09:00+01:00`: UTC where it has no offset, midnight where it has no time."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no time; write it as 2025-03-14 or 2025-03-14T09:00+01:00"
        raise ArgumentTypeError(message) from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        message = f"{text!r} is not between the years {FIRST_YEAR} and {LAST_YEAR}"
        raise ArgumentTypeError(message)
    return read.replace(tzinfo=read.tzinfo or UTC)


def day(text: str) -> date:
    """Read a day in ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is no day; write it as 2025-03-14"
        raise ArgumentTypeError(message) from error


def ago(text: str) -> datetime:
    """Read TEXT as a moment, or as so long ago: `90m`, `2h`, `3d`."""
    found = _AGO.fullmatch(text)
    if not found:
        return moment(text)
    return datetime.now(UTC) - int(found[1]) * _UNITS[found[2]]
