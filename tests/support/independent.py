"""An independent reader of front matter, by other libraries and rules, to compare with the project's own."""

import re
import tomllib
from datetime import date, datetime, time
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import yaml

BERLIN = ZoneInfo("Europe/Berlin")


def front_matter(text: str) -> dict[str, Any] | None:
    """Return the head of TEXT as PyYAML or tomllib read it; None if they cannot."""
    lines = text.splitlines()
    fence = lines[0].strip()
    block = "\n".join(lines[1 : lines.index(fence, 1)])
    try:
        read: dict[str, Any] = yaml.safe_load(block) if fence == "---" else tomllib.loads(block)
    except (yaml.YAMLError, ValueError):
        return None
    return read


def moment(value: object) -> datetime:
    """Return a date as a moment in Berlin."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value.strip())
    if isinstance(value, datetime):
        return value.astimezone(BERLIN) if value.tzinfo else value.replace(tzinfo=BERLIN)
    assert isinstance(value, date)
    return datetime.combine(value, time(), BERLIN)


def told_date(front: dict[str, Any], name: str) -> datetime | None:
    """Return the date in FRONT, else the one in NAME or in the path in FRONT, as three numbers in a row."""
    if front.get("date"):
        return moment(front["date"])
    match = re.search(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", f"{front.get('path', '')} {name}")
    if not match:
        return None
    year, month, day = map(int, match.groups())
    return datetime(year, month, day, tzinfo=BERLIN)


def address(text: str) -> str:
    """Return a path as the site has it: with a slash before it, and behind it if it is no file."""
    return "/" + text.strip("/") + ("" if text.endswith(".html") else "/" if text.strip("/") else "")


def letters(text: str) -> str:
    """Return only the letters and digits of TEXT, a piece of Markdown or HTML, as a reader sees them."""
    shown = re.sub(r"<[^>]*>|\]\([^)]*\)|\]\[[^\]]*\]|\[\^[^\]]*\]", "", unescape(text))
    return "".join(filter(str.isalnum, shown)).casefold()
