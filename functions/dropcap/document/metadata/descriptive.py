"""Front matter ▶ what is told of a document beside its text: tags, authors, language, picture."""

import re
from collections.abc import Iterator

from dropcap.document.document import Tag
from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import NO, YES, says, switch
from dropcap.document.front_matter.fields import Field, FrontMatter, Warn
from dropcap.document.front_matter.values import Table, Value, known_as, one_line
from dropcap.document.paths.slugs import slug
from dropcap.document.truncate import shortened

MAXIMUM_TAGS = 20
"""Most tags of one document."""

MAXIMUM_AUTHORS = 20
"""Most authors of one document."""

_LABEL = 100
_ID = 200
_ALT = 1_000
_DISCLAIMER = 2_000
_PICTURE = 1_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)
_PICTURE_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_GHOST = "__GHOST_URL__"
"""Stands in Ghost's exports for the address of the site."""
_ADDRESSES = ("image", "src", "url", "path", "file", "filename", "feature", "href")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def tags(front: FrontMatter, warn: Warn) -> tuple[Tag, ...]:
    """Give tags and categories, each slug once; keywords only where there are neither.

    One text is split at commas or semicolons, else, as Jekyll does for the plural names, at spaces.
    """
    fields = [*front.given(*names.TAGS)] or [*front.given(*names.KEYWORDS)]
    found: dict[str, Tag] = {}
    for field in fields:
        for label in _labels(field):
            found.setdefault(slug(label).strip("-_"), Tag(shortened(label, _LABEL), slug(label).strip("-_")))
    found.pop("", None)
    if len(found) > MAXIMUM_TAGS:
        warn(
            fields[0].finding(
                f"There are {len(found)} tags; only the first {MAXIMUM_TAGS} count.", "Keep the most telling ones."
            )
        )
    return tuple(found.values())[:MAXIMUM_TAGS]


def categories(front: FrontMatter) -> tuple[str, ...]:
    """Give the slugs of the categories in the order in which they stand, as they may stand in an address."""
    labels = (label for field in front.given(*names.CATEGORIES) for label in _labels(field))
    return tuple(dict.fromkeys(filter(None, (slug(label).strip("-_") for label in labels))))[:MAXIMUM_TAGS]


def authors(front: FrontMatter) -> tuple[str, ...]:
    """Give the authors' names; `authors` may be one text with commas or semicolons, `author` has only these.

    So that a name may have a comma (`Luther King, Jr.`).
    """
    told = (
        name.removeprefix("[[").removesuffix("]]")
        for field in front.given(*names.AUTHORS)
        for name in field.items("," if field.known_as == "authors" and ";" not in field.text else ";")
    )
    return tuple(dict.fromkeys(shortened(name, _LABEL) for name in told))[:MAXIMUM_AUTHORS]


def language(front: FrontMatter, warn: Warn) -> str | None:
    """Give the language tag (BCP 47), as in `de` or `pt-BR`."""
    for field in front.given(*names.LANGUAGE):
        tag = field.text.replace("_", "-")
        if _LANGUAGE.fullmatch(tag):
            return tag
        warn(
            field.finding(
                f"`{field.name}: {field.text[:60]}` is no language tag; it is left out.",
                "Write it as in `lang: en` or `lang: pt-BR`.",
            )
        )
    return None


def picture(front: FrontMatter, warn: Warn) -> tuple[str | None, str, int | None]:
    """Give the address of the picture that stands for the document, a path or a URL, its words, and its line."""
    for field in front.given(*names.IMAGE):
        table = _first_table(field.value)
        address = _text(table, _ADDRESSES) if table else next(field.items(""), "")
        address = address.removeprefix(_GHOST)
        if table and not address:
            continue  # what else is told of a picture, such as `cover: {hidden: true}`
        if address and len(address) <= _PICTURE and (_PICTURE_SCHEME.match(address) or not _SCHEME.match(address)):
            alt = _text(table, ("alt", "alttext")) or front.text(*names.IMAGE_ALT)
            return address, shortened(alt, _ALT), field.line
        warn(
            field.finding(
                f"The picture under `{field.name}` is no path and no web address; it is left out.",
                f"Write it as in `{field.name}: /images/tree.jpg`.",
            )
        )
    return None, "", None


def identity(front: FrontMatter) -> str | None:
    """Give the id by which a post is known again when its file is renamed."""
    return front.text(*names.ID)[:_ID] or None


def searchable(front: FrontMatter) -> bool:
    """Tell whether readers may find the document by the site's search; `search: false` says no."""
    return switch(front, *names.SEARCH) is not False and not switch(front, *names.NO_SEARCH)


def disclaimer(front: FrontMatter) -> str | bool | None:
    """Give the document's own disclaimer, or whether it has the site's; None where nothing is said."""
    field = next(front.given(*names.DISCLAIMER), None)
    if field is None or not field.text:
        return None
    return says(field, YES) if says(field, YES | NO) else shortened(field.text, _DISCLAIMER)


def _first_table(value: Value) -> Table | None:
    """Give the table that VALUE is, or the first one in a list."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, dict) else None


def _text(table: Table | None, under: tuple[str, ...]) -> str:
    """Give the first text in TABLE UNDER one of these names."""
    told = {known_as(name): one_line(text) for name, text in (table or {}).items()}
    return next((told[name] for name in under if told.get(name)), "")


def _labels(field: Field) -> Iterator[str]:
    splits = "," if "," in field.text else ";"
    whole = field.known_as in ("tag", "category") or splits in field.text
    labels = field.items(splits) if whole or not field.text else iter(field.text.split())
    return (label.lstrip("#").strip() for label in labels)
