"""Moment ▶ date and time as people write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dropcap.document.offsets import in_whole_minutes

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_zone(moment: str, zone: str) -> str:
    """Return MOMENT (ISO 8601, with an offset) as a time in ZONE, an IANA name, to the second."""
    return in_whole_minutes(datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))).isoformat(timespec="seconds")


def spoken(moment: str, zone: str) -> str:
    """Return MOMENT (ISO 8601, with an offset) as in `14 March 2025 at 09:00 (Europe/Berlin)`."""
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year} at {local:%H:%M} ({zone})"
