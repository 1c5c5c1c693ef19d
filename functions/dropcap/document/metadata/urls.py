"""Front matter and source path ▶ the URL paths that a document claims, and the names by which wikilinks find it."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import is_no
from dropcap.document.front_matter.fields import Field, FrontMatter, Warn
from dropcap.document.front_matter.values import known_as
from dropcap.document.paths import permalinks
from dropcap.document.paths.slugs import link_name, slug
from dropcap.document.paths.source_path import Place, file_names, name_of_original
from dropcap.document.paths.url_paths import (
    MAXIMUM_PATH,
    former_path,
    is_absolute,
    is_own,
    page_path,
    written_path,
)
from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

MAXIMUM_ALIASES = 10
"""Most former addresses of one document."""

MAXIMUM_NAMES = 11
"""Most names by which wikilinks find one document, including those of its file and its addresses."""

MAXIMUM_OTHER_NAMES = 5
"""Most names in one document's front matter; up to six more come from its file and its address."""

_TEMPLATE = ("{{", "{%")
_FILE = lazy_pattern(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)


class UrlClaims(NamedTuple):
    """URL paths and names that a document claims; the last segment of its PATH is its SLUG."""

    slug: str
    path: str
    aliases: tuple[str, ...]
    names: tuple[str, ...]


class Naming(NamedTuple):
    """Parts of URL paths: TITLE, DATE, the slugs of CATEGORIES, and the site's PATTERN for posts.

    PREFIX is the language of a translation, as in `/de`; RESERVED are the home addresses of the site's languages.
    """

    title: str
    date: datetime
    categories: tuple[str, ...]
    pattern: str = ""
    prefix: str = ""
    reserved: tuple[str, ...] = ()


def url_claims(front: FrontMatter, place: Place, naming: Naming, warn: Warn) -> UrlClaims:
    """Return the claims of the document at PLACE; its title names it if neither a field nor the file's name does."""
    field, written = next(_written(front, place, naming, warn), (None, None))
    path = page_path(written) if written else f"/{_slug(front, place, naming.title)}/"
    if field is None:
        path = naming.prefix + path
    if is_own(path) or path.casefold() in naming.reserved:
        raise ContentError(_taken(path, field or next(front.filled(*names.SLUG), None)))
    former = [(naming.prefix if field is None else "") + written] if written and page_path(written) != written else []
    addresses, other = _aliases(front, naming.reserved, warn)
    aliases = tuple(dict.fromkeys([*former, *(alias for alias in addresses if alias != path)]))
    last = path.strip("/").rpartition("/")[2]
    return UrlClaims(last, path, aliases[:MAXIMUM_ALIASES], _names(place, (last, path, *other, *aliases)))


def is_home(field: Field, prefix: str, reserved: tuple[str, ...]) -> bool:
    """Return whether FIELD, an address, is that of the home page; for a translation, also of its language's.

    PREFIX and RESERVED are as in Naming: only a language that the site names has a home address.
    """
    address = field.first("build")
    return address == "/" or (f"{address.rstrip('/')}/".casefold() == f"{prefix}/" and f"{prefix}/" in reserved)


def _written(front: FrontMatter, place: Place, naming: Naming, warn: Warn) -> Iterator[tuple[Field | None, str]]:
    """Yield the address that the author wrote, with its field; else the one that the site's pattern makes."""
    for field in front.filled(*names.ADDRESS):
        text = field.first("build")
        if not text or is_absolute(text) or any(mark in text for mark in _TEMPLATE):
            warn(
                field.finding(
                    f"`{field.name}: {text[:60]}` is not an address on this site; it is ignored.",
                    "Write it as in /my-post/.",
                )
            )
        elif permalinks.is_pattern(text):
            yield from _filled_in(field, text, _parts(front, place, naming), warn)
        elif not is_no(field) and not is_home(field, naming.prefix, naming.reserved):
            yield field, _checked(field, text)
    patterned = permalinks.filled_in(naming.pattern, _parts(front, place, naming)) if naming.pattern else None
    if patterned:
        yield None, patterned


def _filled_in(field: Field, pattern: str, parts: permalinks.PermalinkParts, warn: Warn) -> Iterator[tuple[Field, str]]:
    """Yield the address that PATTERN, in the front matter of one document, makes."""
    problem = permalinks.pattern_problem(pattern)
    path = None if problem else permalinks.filled_in(pattern, parts)
    if path:
        yield field, path
    else:
        message = f"`{field.name}: {pattern[:60]}` does not produce an address; it is ignored. {problem or ''}".strip()
        warn(field.finding(message, "Write it as in /my-post/."))


def _parts(front: FrontMatter, place: Place, naming: Naming) -> permalinks.PermalinkParts:
    own = _slug(front, place, naming.title)
    folders = tuple(filter(None, map(slug, place.folders)))
    return permalinks.PermalinkParts(naming.date, own, slug(place.stem) or own, naming.categories, folders)


def _checked(field: Field, text: str) -> str:
    path = written_path(text)
    if path is None:
        message = (
            f"`{field.name}: {text[:60]}` cannot be an address: it has a character that is not allowed there, "
            f"a folder that begins with a dot, or more than {MAXIMUM_PATH} bytes."
        )
        raise ContentError(field.finding(message, "Use letters, digits, hyphens and slashes, as in /my-post/."))
    return path


def _slug(front: FrontMatter, place: Place, title: str) -> str:
    chosen = next(filter(None, map(slug, (front.text(*names.SLUG), place.stem, title))), "")
    if not chosen:
        message = "Neither the file's name nor the title has a letter or digit for an address."
        raise ContentError(Finding(message, "Add a field to the front matter, as in `slug: my-post`."))
    return chosen


def _taken(path: str, field: Field | None) -> Finding:
    message = f"The address {path} is reserved (start page, lists, feeds, newsletter)."
    if field is None:
        return Finding(message, "Choose another one with a field in the front matter, as in `slug: my-post`.")
    example = "my-post" if known_as(field.name) == "slug" else "/my-post/"
    return field.finding(message, f"Choose another one in `{field.name}`, as in `{field.name}: {example}`.")


def _aliases(front: FrontMatter, reserved: tuple[str, ...], warn: Warn) -> tuple[list[str], list[str]]:
    """Return former addresses (`/old/`) and other names (`My note`)."""
    former: dict[str, None] = {}
    other: dict[str, None] = {}
    for field in front.filled(*names.ALIASES):
        for text in field.items(",;"):
            if _is_name(field, text):
                other[text] = None
            else:
                former |= dict.fromkeys(_former(field, text, reserved, warn))
        for what, aliases, most in (("addresses", former, MAXIMUM_ALIASES), ("names", other, MAXIMUM_OTHER_NAMES)):
            if len(aliases) > most:
                message = f"There are {len(aliases)} former {what}; only the first {most} are used."
                warn(field.finding(message, f"Keep the {most} that are still linked to."))
    return list(former), list(other)[:MAXIMUM_OTHER_NAMES]


def _is_name(field: Field, text: str) -> bool:
    """Return whether an alias is a name: no slash, no suffix of a page, and not under `redirect_from`."""
    return field.known_as != "redirectfrom" and "/" not in text and not _FILE.search(text)


def _former(field: Field, text: str, reserved: tuple[str, ...], warn: Warn) -> Iterator[str]:
    alias = former_path(text)
    if alias is not None and not is_own(alias) and alias.casefold() not in reserved:
        yield alias
        return
    reason = "cannot be an address" if alias is None else "is a reserved address"
    message = f"`{text[:60]}` {reason}; no redirect is made from it."
    warn(field.finding(message, "Write it as in /old/address/, or remove it."))


def _names(place: Place, others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the document: those of its file, and those in OTHERS."""
    named = (*file_names(place.key), name_of_original(place.key), *map(link_name, others))
    return tuple(dict.fromkeys(filter(None, named)))[:MAXIMUM_NAMES]
