"""Patterns of addresses ▶ addresses: `/:year/:month/:slug/`, in the words of Jekyll and of Hugo."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches

from dropcap.document.paths.url_paths import is_own, page_path, written_path

NAMED: Mapping[str, str] = {
    "pretty": "/:categories/:year/:month/:day/:title/",
    "date": "/:categories/:year/:month/:day/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
"""Patterns that Jekyll knows by a name."""


@dataclass(frozen=True, slots=True)
class Told:
    """What of a document may stand in its address; FILE is its file's name, FOLDERS are those that it lies in."""

    date: datetime
    slug: str
    file: str
    categories: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


TOKENS: Mapping[str, Callable[[Told], str]] = {
    "year": lambda told: f"{told.date:%Y}",
    "short_year": lambda told: f"{told.date:%y}",
    "month": lambda told: f"{told.date:%m}",
    "i_month": lambda told: str(told.date.month),
    "monthname": lambda told: f"{told.date:%B}".lower(),
    "long_month": lambda told: f"{told.date:%B}".lower(),
    "short_month": lambda told: f"{told.date:%b}".lower(),
    "day": lambda told: f"{told.date:%d}",
    "i_day": lambda told: str(told.date.day),
    "y_day": lambda told: f"{told.date:%j}",
    "yearday": lambda told: str(told.date.timetuple().tm_yday),
    "week": lambda told: f"{told.date:%V}",
    "short_day": lambda told: f"{told.date:%a}".lower(),
    "long_day": lambda told: f"{told.date:%A}".lower(),
    "weekday": lambda told: f"{told.date:%w}",
    "weekdayname": lambda told: f"{told.date:%A}".lower(),
    "hour": lambda told: f"{told.date:%H}",
    "minute": lambda told: f"{told.date:%M}",
    "second": lambda told: f"{told.date:%S}",
    "title": lambda told: told.slug,
    "slug": lambda told: told.slug,
    "slugorfilename": lambda told: told.slug,
    "slugorcontentbasename": lambda told: told.slug,
    "filename": lambda told: told.file,
    "contentbasename": lambda told: told.file,
    "name": lambda told: told.file,
    "basename": lambda told: told.file,
    "categories": lambda told: "/".join(told.categories),
    "slugified_categories": lambda told: "/".join(told.categories),
    "section": lambda told: told.folders[0] if told.folders else "",
    "sections": lambda told: "/".join(told.folders),
    "output_ext": lambda _told: ".html",
}
"""What may stand in a pattern after a colon."""

TELLING = frozenset(
    {"title", "slug", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename", "name", "basename"}
)
"""Of these, a pattern must have one: nothing else tells two posts of a day apart."""

_TOKEN = re.compile(r":([a-z_]+)", re.IGNORECASE)
_SAMPLE = Told(datetime(2024, 5, 1, tzinfo=UTC), "my-post", "my-post", ("notes",), ("posts",))


def is_pattern(text: str) -> bool:
    """Tell whether TEXT, an address as an author writes it, is a pattern to be filled in."""
    return text.strip().lower() in NAMED or bool(re.search(r"(?:\A|[/.-]):[a-z_]", text, re.IGNORECASE))


def filled_in(pattern: str, told: Told) -> str | None:
    """Give the address that PATTERN makes of what is TOLD; None where that cannot be one, being too long."""
    return written_path(_TOKEN.sub(lambda found: TOKENS[found[1].lower()](told), _unnamed(pattern)))


def wrong_with(pattern: str) -> str | None:
    """Say what is wrong with PATTERN, in a sentence, and None where nothing is."""
    tokens = [found.lower() for found in _TOKEN.findall(_unnamed(pattern))]
    for unknown in (token for token in tokens if token not in TOKENS):
        meant = get_close_matches(unknown, TOKENS, 1)
        return f"It has no meaning for `:{unknown}`" + (f"; did you mean `:{meant[0]}`?" if meant else ".")
    if not TELLING.intersection(tokens):
        return "It has neither `:slug` nor `:title` nor `:filename`, so that two posts of a day would have one address."
    sample = filled_in(pattern, _SAMPLE)
    if sample is None:
        return "It has a mark that no address has, or a folder that begins with a dot."
    if is_own(page_path(sample)):
        return f"It makes addresses such as {sample}, and those are Dropcap's own (lists, feeds, newsletter)."
    return None


def _unnamed(pattern: str) -> str:
    return NAMED.get(pattern.strip().lower(), pattern)
