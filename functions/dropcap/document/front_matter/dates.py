"""Dates as people type them ▶ moments in the site's time zone."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo

from dropcap.document.offsets import in_whole_minutes
from dropcap.patterns import lazy_pattern

_YEARS = range(1000, 9999)
_LONGEST = 60
_TIME = r"""(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?
            \s*(?P<half>[ap]\.?m\.?)?
            \s*(?P<zone>(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|Z|UTC|GMT|CES?T|[ECMP][SD]T)?)?"""
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    lazy_pattern(
        f"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?{form}{_TIME}", re.VERBOSE | re.IGNORECASE | re.ASCII
    )
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        rf"{_DAY}[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})",
    )
)
_SECONDS = lazy_pattern(r"(\d{9,10})|(\d{10})\d{3}", re.ASCII)
_HOURS = {
    "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Zones by their letters, as RFC 822 and central Europe write them; other letters are ambiguous."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def moment(text: str, zone: tzinfo) -> datetime | None:
    """Return the moment that TEXT means, a date with or without a time and an offset; None if it is no date.

    A time without an offset is a time in ZONE; a date without a time is the first moment of that day. Fractions of
    seconds are dropped, and offsets have whole minutes. Nine or ten digits are seconds since 1970, thirteen
    milliseconds, as Ghost exports them; eight digits are a day, and twelve may be a day and a time.
    """
    if since := _SECONDS.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(since[1] or since[2]), zone)
    forms = _FORMS if len(text) <= _LONGEST else ()
    parts = next(filter(None, (form.fullmatch(text.strip()) for form in forms)), None)
    try:
        return _moment(parts.groupdict(), zone) if parts else None
    except ValueError:
        return None


def local_time(time: datetime, zone: tzinfo) -> datetime:
    """Return TIME, which has an offset, as a time in ZONE, to the second."""
    local = time.astimezone(zone).replace(microsecond=0)
    return local.astimezone(in_whole_minutes(local).tzinfo)


def _moment(parts: Mapping[str, str | None], zone: tzinfo) -> datetime | None:
    day = date(int(parts["year"] or 0), _month(parts["month"] or ""), int(parts["day"] or 0))
    if day.year not in _YEARS:
        return None
    time = datetime(
        day.year, day.month, day.day, _hour(parts), int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=zone
    )
    offset = parts["zone"]
    return local_time(time.replace(tzinfo=_offset(offset)), zone) if offset else in_whole_minutes(time)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _hour(parts: Mapping[str, str | None]) -> int:
    hour, half = int(parts["hour"] or 0), parts["half"]
    if not half:
        return hour
    if hour not in range(1, 13):
        raise ValueError(hour)
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _offset(text: str) -> timezone:
    """Return an offset from UTC: `Z`, `EST`, `-4`, `-04`, `-0400`, `-04:00`, `UTC-04:00`."""
    if text.isalpha():
        return timezone(timedelta(hours=_HOURS.get(text.upper(), 0)))
    text = text.lstrip("UTCGMutcgm")
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("00") else (digits, "0")
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-distance if text[0] == "-" else distance)
