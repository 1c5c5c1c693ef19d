"""Dates as people type them."""

import re
from datetime import datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.front_matter.dates import moment

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01", "2024-05-01T00:00:00+02:00"),
        ("2024-5-1", "2024-05-01T00:00:00+02:00"),
        ("2024/05/01", "2024-05-01T00:00:00+02:00"),
        ("2024.05.01", "2024-05-01T00:00:00+02:00"),
        ("20240501", "2024-05-01T00:00:00+02:00"),
        (" 2024-01-01 ", "2024-01-01T00:00:00+01:00"),
        ("2024-05-01 9:30", "2024-05-01T09:30:00+02:00"),
        ("2024-05-01T09:30:15", "2024-05-01T09:30:15+02:00"),
        ("2024-05-01T09:30:15.123Z", "2024-05-01T11:30:15+02:00"),
        ("2024-05-01 09:30:15 UTC", "2024-05-01T11:30:15+02:00"),
        ("2024-05-01T09:30:15+05:30", "2024-05-01T06:00:15+02:00"),
        ("2024-05-01 23:00:00 -4", "2024-05-02T05:00:00+02:00"),
        ("2024-05-01 23:00:00 -0400", "2024-05-02T05:00:00+02:00"),
        ("2024-05-01 12:15 am", "2024-05-01T00:15:00+02:00"),
        ("2024-05-01 12:15 PM", "2024-05-01T12:15:00+02:00"),
        ("15 Oct 2023", "2023-10-15T00:00:00+02:00"),
        ("15 October 2023", "2023-10-15T00:00:00+02:00"),
        ("15-Oct-2023", "2023-10-15T00:00:00+02:00"),
        ("1st Sept. 2023", "2023-09-01T00:00:00+02:00"),
        ("October 15, 2023", "2023-10-15T00:00:00+02:00"),
        ("Oct 15th 2023 10:05", "2023-10-15T10:05:00+02:00"),
        ("Sun, 15 Oct 2023 10:05:00 +0000", "2023-10-15T12:05:00+02:00"),
        ("Wednesday, May 1st 2024, 10:00:15 am", "2024-05-01T10:00:15+02:00"),
        ("2024-05-01 10:00:00 EST", "2024-05-01T17:00:00+02:00"),
        ("2024-05-01 10:00 CEST", "2024-05-01T10:00:00+02:00"),
        ("15.10.2023", "2023-10-15T00:00:00+02:00"),
        ("1. 5. 2024 9:30", "2024-05-01T09:30:00+02:00"),
        ("1714557600", "2024-05-01T12:00:00+02:00"),
        ("946684800", "2000-01-01T01:00:00+01:00"),
        ("1714557600123", "2024-05-01T12:00:00+02:00"),
    ],
)
def test_a_date_is_a_moment_in_the_site_s_zone(text: str, expected: str) -> None:
    """With an offset it is turned into local time, without one it is local time."""
    parsed = moment(text, BERLIN)
    assert parsed
    assert (expected, BERLIN) == (parsed.isoformat(), parsed.tzinfo)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("1850-03-04", BERLIN, "1850-03-04T00:00:00+00:53"),
        ("1850-03-04T12:00:00Z", BERLIN, "1850-03-04T12:53:00+00:53"),
        ("1850-03-04 09:30", NEW_YORK, "1850-03-04T09:30:00-04:57"),
        ("1893-04-02", BERLIN, "1893-04-02T00:00:00+01:00"),
    ],
)
def test_before_there_were_time_zones_an_offset_has_whole_minutes(text: str, zone: ZoneInfo, expected: str) -> None:
    """RFC 3339, RFC 822 and HTML know no seconds of an offset. The day is the one that was typed, also in the zone."""
    parsed = moment(text, zone)
    assert parsed
    assert expected == parsed.isoformat()
    assert parsed.date() == parsed.astimezone(zone).date()


@given(st.datetimes(datetime(1000, 1, 3), datetime(9998, 12, 28)), st.timezones())  # noqa: DTZ001 -- the zone is what is tested
def test_any_moment_can_be_written_in_a_feed(typed: datetime, zone: ZoneInfo) -> None:
    """With or without an offset of its own."""
    for text in (typed.isoformat(" ", "seconds"), f"{typed.isoformat(' ', 'seconds')} Z"):
        parsed = moment(text, zone)
        assert parsed
        assert re.fullmatch(r".{19}[+-]\d\d:\d\d", parsed.isoformat(timespec="seconds"))
        assert re.search(r" [+-]\d{4}$", format_datetime(parsed))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024",
        "2024-05",
        "2024-13-45",
        "2024-02-30",
        "05/01/2024",
        "1 Okt 2024",
        "2024-05-01 25:00",
        "2024-05-01 13:00 pm",
        "2024-05-01 10:00 +99",
        "0001-01-01",
        "86400",
        "86400000",
        "202405011430",
        "\u0662\u0660\u0662\u0664-05-01",
        "2024-05/01",
        "9" * 5000,
    ],
)
def test_text_that_is_no_date_is_none(text: str) -> None:
    """Nothing is guessed: the first of May and the fifth of January look alike."""
    assert None is moment(text, BERLIN)


@given(st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)))  # noqa: DTZ001 -- the zone is what is tested
def test_a_local_time_comes_back_as_it_was_typed(typed: datetime) -> None:
    """Without an offset the clock on the wall is what counts, even in the hour that summer skips."""
    parsed = moment(typed.isoformat(" ", "seconds"), NEW_YORK)
    assert parsed
    assert typed.isoformat(" ", "seconds") == parsed.replace(tzinfo=None).isoformat(" ")


@given(st.datetimes(datetime(1000, 1, 3), datetime(9998, 12, 28)), st.timezones())  # noqa: DTZ001 -- the zone is what is tested
def test_a_moment_with_an_offset_is_the_same_moment(typed: datetime, zone: ZoneInfo) -> None:
    """Only its clock changes."""
    instant = typed.replace(tzinfo=ZoneInfo("UTC"), microsecond=0)
    assert instant == moment(instant.isoformat(), zone)


@given(st.text(st.sampled_from("0123456789-/.: TZ+apmOct,"), max_size=30))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    """Nothing is raised."""
    parsed = moment(text, NEW_YORK)
    assert parsed is None or parsed.tzinfo
