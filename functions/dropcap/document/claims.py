"""Front matter and place ▶ the addresses that a document claims, and the names by which wikilinks find it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dropcap.document.addresses import MAXIMUM_PATH, is_absolute, is_own, page_path, written_path
from dropcap.document.front_matter import Field, FrontMatter, Warn
from dropcap.document.places import Place
from dropcap.document.slugs import link_name, slug
from dropcap.errors import ContentError, Finding

MAXIMUM_ALIASES = 10
"""Most former addresses of one document."""

MAXIMUM_NAMES = 10
"""Most names that a wikilink may call one document by."""

_PATTERNS = frozenset({"date", "pretty", "ordinal", "weekdate", "none"})


@dataclass(frozen=True, slots=True)
class Claims:
    """What a document calls its own: the last segment of its PATH is its SLUG."""

    slug: str
    path: str
    aliases: tuple[str, ...]
    names: tuple[str, ...]


def claims(front: FrontMatter, place: Place, title: str, warn: Warn) -> Claims:
    """Read the claims of the document at PLACE; its TITLE names it where neither an entry nor the file's name does."""
    written = next(_written(front, warn), None)
    path = page_path(written) if written else f"/{_slug(front, place, title)}/"
    if is_own(path):
        raise ContentError(_taken(path, next(front.given("url", "permalink", "path", "slug"), None)))
    former = [written] if written and written != path else []
    aliases = _aliases(front, former, path, warn)
    last = path.strip("/").rpartition("/")[2]
    return Claims(last, path, aliases, _names(place, (last, path, *aliases)))


def _written(front: FrontMatter, warn: Warn) -> Iterator[str]:
    """Give the address that the author wrote, if it is an address and not a pattern for the whole site."""
    for field in front.given("url", "permalink", "path"):
        if is_absolute(field.text) or "/:" in field.text or field.text.startswith(":"):
            warn(
                field.finding(
                    f"`{field.name}: {field.text[:60]}` is no address on this site; it is left out.",
                    "Write it as in /my-post/.",
                )
            )
        elif field.text not in _PATTERNS:
            yield _checked(field)


def _checked(field: Field) -> str:
    path = written_path(field.text)
    if path is None:
        message = (
            f"`{field.name}: {field.text[:60]}` cannot be an address: it has a mark that no address has, "
            f"a folder that begins with a dot, or more than {MAXIMUM_PATH} bytes."
        )
        raise ContentError(field.finding(message, "Use letters, digits, hyphens and slashes, as in /my-post/."))
    return path


def _slug(front: FrontMatter, place: Place, title: str) -> str:
    found = next(filter(None, map(slug, (front.text("slug"), place.stem, title))), "")
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


def _aliases(front: FrontMatter, former: list[str], path: str, warn: Warn) -> tuple[str, ...]:
    found = dict.fromkeys(former)
    for field in front.given("aliases", "alias", "redirect_from"):
        for text in field.items(",;"):
            alias = written_path(text)
            if alias is None or is_own(alias):
                reason = "cannot be an address" if alias is None else "is an address of Dropcap's own"
                warn(
                    field.finding(
                        f"`{text[:60]}` {reason}; no redirect is made from it.",
                        "Write it as in /old/address/, or remove it.",
                    )
                )
            elif alias != path:
                found[alias] = None
        if len(found) > MAXIMUM_ALIASES:
            remedy = f"Keep the {MAXIMUM_ALIASES} that are still linked to from elsewhere."
            warn(
                field.finding(
                    f"There are {len(found)} former addresses; only the first {MAXIMUM_ALIASES} redirect.", remedy
                )
            )
    return tuple(found)[:MAXIMUM_ALIASES]


def _names(place: Place, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Name the document by its file, without and with date, its path, and its addresses."""
    file = place.path.rpartition("/")[2]
    names = (link_name(name) for name in (place.stem, file, place.path, *addresses))
    return tuple(dict.fromkeys(filter(None, names)))[:MAXIMUM_NAMES]
