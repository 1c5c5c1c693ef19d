"""Times with offsets that feeds, mails and HTML can write: RFC 3339, RFC 822 and HTML know hours and minutes only.

Before a country agreed on a time zone, its zone in the IANA database is the local mean time of a city: Berlin was
53 minutes and 28 seconds ahead of UTC until 1893.
"""

from datetime import datetime, timedelta, timezone

_MINUTE = timedelta(minutes=1)
_LONGEST = len("2025-03-14T09:00:00+01:00")


def in_whole_minutes(time: datetime) -> datetime:
    """Return TIME with its offset rounded down to minutes, so that its clock, and its day in the zone, stay."""
    offset = time.utcoffset()
    if not offset or not offset % _MINUTE:
        return time
    return time.replace(tzinfo=timezone(offset // _MINUTE * _MINUTE))


def written_in_whole_minutes(text: str) -> str:
    """Return the same for TEXT, a time in ISO 8601 to the second, as an earlier version stored it."""
    if len(text) <= _LONGEST:
        return text
    return in_whole_minutes(datetime.fromisoformat(text)).isoformat(timespec="seconds")
