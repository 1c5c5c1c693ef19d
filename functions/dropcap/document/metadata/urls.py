"""Front matter and place ▶ the addresses that a document claims, and the names by which wikilinks find it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import NO
from dropcap.document.front_matter.fields import Field, FrontMatter, Warn
from dropcap.document.paths import permalinks
from dropcap.document.paths.slugs import link_name, slug
from dropcap.document.paths.source_path import Place
from dropcap.document.paths.url_paths import MAXIMUM_PATH, is_absolute, is_own, page_path, written_path
from dropcap.errors import ContentError, Finding

MAXIMUM_ALIASES = 10
"""Most former addresses of one document."""

MAXIMUM_NAMES = 10
"""Most names that a wikilink may call one document by, its file's and its addresses among them."""

MAXIMUM_OTHER_NAMES = 5
"""Most names of one document that stand nowhere else: beside them are up to five of its file and its address."""

_TEMPLATE = ("{{", "{%")
_FILE = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claims:
    """What a document calls its own: the last segment of its PATH is its SLUG."""

    slug: str
    path: str
    aliases: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """What a document is called: its TITLE, its DATE, the slugs of its CATEGORIES, and the site's PATTERN for posts."""

    title: str
    date: datetime
    categories: tuple[str, ...]
    pattern: str = ""


def claims(front: FrontMatter, place: Place, called: Called, warn: Warn) -> Claims:
    """Read the claims of the document at PLACE; its title names it where neither an entry nor the file's name does."""
    field, written = next(_written(front, place, called, warn), (None, None))
    path = page_path(written) if written else f"/{_slug(front, place, called.title)}/"
    if is_own(path):
        raise ContentError(_taken(path, field or next(front.given(*names.SLUG), None)))
    former = [written] if written and written != path else []
    known, other = _aliases(front, warn)
    aliases = tuple(dict.fromkeys([*former, *(alias for alias in known if alias != path)]))
    last = path.strip("/").rpartition("/")[2]
    return Claims(last, path, aliases[:MAXIMUM_ALIASES], _names(place, (last, path, *other, *aliases)))


def _written(front: FrontMatter, place: Place, called: Called, warn: Warn) -> Iterator[tuple[Field | None, str]]:
    """Give the address that the author wrote, and where; else the one that the site's pattern makes."""
    for field in front.given(*names.ADDRESS):
        text = field.first("build")
        if not text or is_absolute(text) or any(mark in text for mark in _TEMPLATE):
            warn(
                field.finding(
                    f"`{field.name}: {text[:60]}` is no address on this site; it is left out.",
                    "Write it as in /my-post/.",
                )
            )
        elif permalinks.is_pattern(text):
            yield from _filled_in(field, text, _told(front, place, called), warn)
        elif text.casefold() not in NO:
            yield field, _checked(field, text)
    made = permalinks.filled_in(called.pattern, _told(front, place, called)) if called.pattern else None
    if made:
        yield None, made


def _filled_in(field: Field, pattern: str, told: permalinks.Told, warn: Warn) -> Iterator[tuple[Field, str]]:
    """Give what PATTERN, the address of a single document, stands for."""
    problem = permalinks.wrong_with(pattern)
    path = None if problem else permalinks.filled_in(pattern, told)
    if path:
        yield field, path
    else:
        message = f"`{field.name}: {pattern[:60]}` makes no address; it is left out. {problem or ''}".strip()
        warn(field.finding(message, "Write it as in /my-post/."))


def _told(front: FrontMatter, place: Place, called: Called) -> permalinks.Told:
    own = _slug(front, place, called.title)
    folders = tuple(filter(None, map(slug, place.folders)))
    return permalinks.Told(called.date, own, slug(place.stem) or own, called.categories, folders)


def _checked(field: Field, text: str) -> str:
    path = written_path(text)
    if path is None:
        message = (
            f"`{field.name}: {text[:60]}` cannot be an address: it has a mark that no address has, "
            f"a folder that begins with a dot, or more than {MAXIMUM_PATH} bytes."
        )
        raise ContentError(field.finding(message, "Use letters, digits, hyphens and slashes, as in /my-post/."))
    return path


def _slug(front: FrontMatter, place: Place, title: str) -> str:
    found = next(filter(None, map(slug, (front.text(*names.SLUG), place.stem, title))), "")
    if not found:
        message = "Neither the file's name nor the title has a letter or digit that could stand in an address."
        raise ContentError(Finding(message, "Add an entry to the front matter, as in `slug: my-post`."))
    return found


def _taken(path: str, field: Field | None) -> Finding:
    message = f"The address {path} is one of Dropcap's own (start page, lists, feeds, newsletter)."
    return Finding(
        message,
        "Give the post another one with an entry in its front matter, as in `slug: my-post`.",
        field.line if field else None,
    )


def _aliases(front: FrontMatter, warn: Warn) -> tuple[list[str], list[str]]:
    """Give former addresses, and other names: `/old/` was an address once, `My note` is what people call it."""
    former: dict[str, None] = {}
    other: dict[str, None] = {}
    for field in front.given(*names.ALIASES):
        for text in field.items(",;"):
            if _is_name(field, text):
                other[text] = None
            else:
                former |= dict.fromkeys(_former(field, text, warn))
        for what, some, most in (("addresses", former, MAXIMUM_ALIASES), ("names", other, MAXIMUM_OTHER_NAMES)):
            if len(some) > most:
                message = f"There are {len(some)} former {what}; only the first {most} count."
                warn(field.finding(message, f"Keep the {most} that are still linked to."))
    return list(former), list(other)[:MAXIMUM_OTHER_NAMES]


def _is_name(field: Field, text: str) -> bool:
    """Tell whether an alias is a name: no slash, no suffix of a page, and not under `redirect_from`."""
    return field.known_as != "redirectfrom" and "/" not in text and not _FILE.search(text)


def _former(field: Field, text: str, warn: Warn) -> Iterator[str]:
    alias = written_path(text)
    if alias is not None and not is_own(alias):
        yield alias
        return
    reason = "cannot be an address" if alias is None else "is an address of Dropcap's own"
    message = f"`{text[:60]}` {reason}; no redirect is made from it."
    warn(field.finding(message, "Write it as in /old/address/, or remove it."))


def _names(place: Place, called: tuple[str, ...]) -> tuple[str, ...]:
    """Name the document by its file, without and with date, its path, its addresses and its other names."""
    file = place.path.rpartition("/")[2]
    found = (link_name(name) for name in (place.stem, file, place.path, *called))
    return tuple(dict.fromkeys(filter(None, found)))[:MAXIMUM_NAMES]
