"""Dates as people type them ▶ moments in the site's time zone."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo

_YEARS = range(1000, 9999)
_LONGEST = 60
_TIME = r"""(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?
            \s*(?P<half>[ap]\.?m\.?)?
            \s*(?P<zone>Z|UTC|GMT|CES?T|[ECMP][SD]T|[+-]\d{1,2}(?::?\d{2})?)?)?"""
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(f"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?{form}{_TIME}", re.VERBOSE | re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        rf"{_DAY}[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})",
    )
)
_SECONDS = re.compile(r"(\d{10})(\d{3})?", re.ASCII)
_HOURS = {
    "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Zones by their letters, as RFC 822 and the middle of Europe write them; others mean several places."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def moment(text: str, zone: tzinfo) -> datetime | None:
    """Read TEXT, a date with or without a time and an offset; None if it is none.

    A time without an offset is a time in ZONE, a day without a time its first moment. Seconds are not split. Ten digits
    are seconds since 1970, thirteen milliseconds, as Ghost exports them.
    """
    if since := _SECONDS.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(since[1]), zone)
    found = (
        next(filter(None, (form.fullmatch(text.strip()) for form in _FORMS)), None) if len(text) <= _LONGEST else None
    )
    try:
        return _moment(found.groupdict(), zone) if found else None
    except ValueError:
        return None


def local_time(given: datetime, zone: tzinfo) -> datetime:
    """Give the moment GIVEN, which knows its offset, as a time in ZONE, to the second."""
    return given.astimezone(zone).replace(microsecond=0)


def _moment(found: Mapping[str, str | None], zone: tzinfo) -> datetime | None:
    day = date(int(found["year"] or 0), _month(found["month"] or ""), int(found["day"] or 0))
    if day.year not in _YEARS:
        return None
    told = datetime(
        day.year, day.month, day.day, _hour(found), int(found["minute"] or 0), int(found["second"] or 0), tzinfo=zone
    )
    offset = found["zone"]
    return local_time(told.replace(tzinfo=_offset(offset)), zone) if offset else told


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _hour(found: Mapping[str, str | None]) -> int:
    hour, half = int(found["hour"] or 0), found["half"]
    if not half:
        return hour
    if hour not in range(1, 13):
        raise ValueError(hour)
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _offset(text: str) -> timezone:
    """Read an offset from UTC: `Z`, `EST`, `-4`, `-04`, `-0400`, `-04:00`."""
    if text.isalpha():
        return timezone(timedelta(hours=_HOURS.get(text.upper(), 0)))
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("00") else (digits, "0")
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-distance if text[0] == "-" else distance)
