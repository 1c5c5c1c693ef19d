"""Permalink patterns ▶ URL paths: `/:year/:month/:slug/`, with the tokens of Jekyll and Hugo."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from dropcap.document.paths.url_paths import is_own, page_path, written_path
from dropcap.patterns import lazy_pattern

NAMED: Mapping[str, str] = {
    "pretty": "/:categories/:year/:month/:day/:title/",
    "date": "/:categories/:year/:month/:day/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
"""Patterns to which Jekyll gives a name."""


class PermalinkParts(NamedTuple):
    """Parts of a document's URL path; FILE is its file's name, FOLDERS are the names of its folders."""

    date: datetime
    slug: str
    file: str
    categories: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


TOKENS: Mapping[str, Callable[[PermalinkParts], str]] = {
    "year": lambda parts: f"{parts.date:%Y}",
    "short_year": lambda parts: f"{parts.date:%y}",
    "month": lambda parts: f"{parts.date:%m}",
    "i_month": lambda parts: str(parts.date.month),
    "monthname": lambda parts: f"{parts.date:%B}".lower(),
    "long_month": lambda parts: f"{parts.date:%B}".lower(),
    "short_month": lambda parts: f"{parts.date:%b}".lower(),
    "day": lambda parts: f"{parts.date:%d}",
    "i_day": lambda parts: str(parts.date.day),
    "y_day": lambda parts: f"{parts.date:%j}",
    "yearday": lambda parts: str(parts.date.timetuple().tm_yday),
    "week": lambda parts: f"{parts.date:%V}",
    "short_day": lambda parts: f"{parts.date:%a}".lower(),
    "long_day": lambda parts: f"{parts.date:%A}".lower(),
    "weekday": lambda parts: f"{parts.date:%w}",
    "weekdayname": lambda parts: f"{parts.date:%A}".lower(),
    "hour": lambda parts: f"{parts.date:%H}",
    "minute": lambda parts: f"{parts.date:%M}",
    "second": lambda parts: f"{parts.date:%S}",
    "title": lambda parts: parts.slug,
    "slug": lambda parts: parts.slug,
    "slugorfilename": lambda parts: parts.slug,
    "slugorcontentbasename": lambda parts: parts.slug,
    "filename": lambda parts: parts.file,
    "contentbasename": lambda parts: parts.file,
    "name": lambda parts: parts.file,
    "basename": lambda parts: parts.file,
    "categories": lambda parts: "/".join(parts.categories),
    "slugified_categories": lambda parts: "/".join(parts.categories),
    "section": lambda parts: parts.folders[0] if parts.folders else "",
    "sections": lambda parts: "/".join(parts.folders),
    "output_ext": lambda _parts: ".html",
}
"""Tokens of a pattern, which follow a colon."""

UNIQUE_TOKENS = frozenset(
    {"title", "slug", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename", "name", "basename"}
)
"""A pattern needs one of these: no other token distinguishes two posts of one day."""

_TOKEN = lazy_pattern(r":([a-z_]+)", re.IGNORECASE)
_SAMPLE = PermalinkParts(datetime(2024, 5, 1, tzinfo=UTC), "my-post", "my-post", ("notes",), ("posts",))


def is_pattern(text: str) -> bool:
    """Return whether TEXT, a URL path as an author writes it, is a pattern."""
    return text.strip().lower() in NAMED or bool(re.search(r"(?:\A|[/.-]):[a-z_]", text, re.IGNORECASE))


def filled_in(pattern: str, parts: PermalinkParts) -> str | None:
    """Return the URL path that PATTERN makes of PARTS; None if it is too long or not allowed."""
    path = _TOKEN.sub(lambda token: TOKENS[token[1].lower()](parts), _unnamed(pattern))
    return written_path(re.sub(r"\A/{2,}", "/", path))  # two slashes of an empty folder would begin a host


def pattern_problem(pattern: str) -> str | None:
    """Return the problem with PATTERN as a sentence; None if there is none."""
    tokens = [token.lower() for token in _TOKEN.findall(_unnamed(pattern))]
    for unknown in (token for token in tokens if token not in TOKENS):
        from difflib import get_close_matches  # noqa: PLC0415  # few patterns have a slip

        meant = get_close_matches(unknown, TOKENS, 1)
        return f"The token `:{unknown}` is unknown" + (f"; did you mean `:{meant[0]}`?" if meant else ".")
    if not UNIQUE_TOKENS.intersection(tokens):
        return (
            "It has neither `:slug` nor `:title` nor `:filename`, so two posts of one day would have the same address."
        )
    sample = filled_in(pattern, _SAMPLE)
    if sample is None:
        return "It has a character that is not allowed in an address, or a folder that begins with a dot."
    if is_own(page_path(sample)):
        return f"It makes addresses such as {sample}, which are reserved (lists, feeds, newsletter)."
    return None


def _unnamed(pattern: str) -> str:
    return NAMED.get(pattern.strip().lower(), pattern)
