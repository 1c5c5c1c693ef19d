"""Front matter ▶ descriptive metadata: tags, authors, language, picture."""

import re
from collections.abc import Iterator

from dropcap.document.document import Tag
from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.booleans import switch, yes_or_no
from dropcap.document.front_matter.fields import Field, FrontMatter, Warn
from dropcap.document.front_matter.values import Table, Value, decoded, known_as, one_line
from dropcap.document.language_tags import language_tag
from dropcap.document.paths.foreign_addresses import own_address
from dropcap.document.paths.slugs import slug
from dropcap.document.paths.source_path import Place
from dropcap.document.truncate import shortened
from dropcap.patterns import lazy_pattern

MAXIMUM_TAGS = 20
"""Most tags of one document."""

MAXIMUM_AUTHORS = 5
"""Most authors of one document."""

_LABEL = 100
_ID = 200
_ALT = 1_000
_CAPTION = 1_000
_DISCLAIMER = 2_000
_PICTURE = 1_000
_PICTURE_SCHEME = lazy_pattern(r"https?://", re.IGNORECASE)
_ADDRESSES = ("image", "src", "url", "path", "file", "filename", "feature", "href")
_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def tags(front: FrontMatter, warn: Warn, *, has_spaces: bool = False) -> tuple[Tag, ...]:
    """Return tags and categories, each slug once; keywords only if there are neither.

    One text is split at commas or semicolons, else, as Jekyll does for the plural names, at spaces,
    unless the site HAS_SPACES in its tags.
    """
    fields = [*front.filled(*names.TAGS)] or [*front.filled(*names.KEYWORDS)]
    by_slug: dict[str, Tag] = {}
    for field in fields:
        for label in _labels(field, has_spaces=has_spaces):
            tag = Tag(shortened(label, _LABEL), slug(label).strip("-_"))
            if tag.slug:
                by_slug.setdefault(tag.slug, tag)
            elif label:
                message = f"The tag `{label[:60]}` has no letter or digit for an address; it is left out."
                warn(field.finding(message, "Add a word to it."))
    if len(by_slug) > MAXIMUM_TAGS:
        message = f"There are {len(by_slug)} tags; only the first {MAXIMUM_TAGS} are used."
        warn(fields[0].finding(message, "Keep the most specific ones."))
    return tuple(by_slug.values())[:MAXIMUM_TAGS]


def categories(front: FrontMatter) -> tuple[str, ...]:
    """Return the slugs of the categories in their order, for URL paths."""
    labels = (label for field in front.filled(*names.CATEGORIES) for label in _labels(field))
    return tuple(dict.fromkeys(filter(None, (slug(label).strip("-_") for label in labels))))[:MAXIMUM_TAGS]


def authors(front: FrontMatter, warn: Warn) -> tuple[str, ...]:
    """Return the authors' names; `authors` may be one text with commas or semicolons.

    `author` is split at semicolons only: a name may have a comma (`Luther King, Jr.`).
    """
    fields = {
        shortened(name.removeprefix("[[").removesuffix("]]"), _LABEL): field
        for field in front.filled(*names.AUTHORS)
        for name in field.items("," if field.known_as == "authors" and ";" not in field.text else ";")
    }
    people = tuple(fields)
    if len(people) > MAXIMUM_AUTHORS:
        message = f"There are {len(people)} authors; only the first {MAXIMUM_AUTHORS} are named."
        warn(fields[people[0]].finding(message, "Name the others in the text."))
    named = people[:MAXIMUM_AUTHORS]
    for name in named:
        if not slug(name):
            message = f"The author `{name[:60]}` has no letter or digit for an address, and so no page."
            warn(fields[name].finding(message, "Add a word to the name."))
    return named


def series(front: FrontMatter, warn: Warn) -> str:
    """Return the name of the series that the document is a part of; the first one of several, empty for none."""
    field, name = next(((field, name) for field in front.filled(*names.SERIES) for name in field.items("")), (None, ""))
    if slug(name).strip("-_"):
        return shortened(name, _LABEL)
    if field:
        message = f"The series `{name[:60]}` has no letter or digit for an address; it is left out."
        warn(field.finding(message, "Add a word to it."))
    return ""


def language(front: FrontMatter, warn: Warn) -> str | None:
    """Return the language tag (BCP 47), as in `de` or `pt-BR`."""
    for field in front.filled(*names.LANGUAGE):
        if tag := language_tag(field.text):
            return tag
        message = f"`{field.name}: {field.text[:60]}` is not a language tag; it is ignored."
        warn(field.finding(message, "Write it as in `lang: en` or `lang: pt-BR`."))
    return None


def picture(front: FrontMatter, warn: Warn) -> tuple[str | None, str, int | None]:
    """Return the picture that represents the document: its path or URL, its alternative text, and its line."""
    for field in front.filled(*names.IMAGE):
        table = _first_table(field.value)
        address = _text(table, _ADDRESSES) if table else next(field.items(""), "")
        address = own_address(address)
        if table and not address:
            continue  # an option of a picture, such as `cover: {hidden: true}`
        if address and len(address) <= _PICTURE and (_PICTURE_SCHEME.match(address) or not _SCHEME.match(address)):
            alt = _text(table, ("alt", "alttext")) or front.text(*names.IMAGE_ALT)
            return address, shortened(decoded(alt), _ALT), field.line
        message = f"The picture under `{field.name}` is neither a path nor a web address; it is ignored."
        warn(field.finding(message, f"Write it as in `{field.name}: /images/tree.jpg`."))
    return None, "", None


def picture_caption(front: FrontMatter) -> str:
    """Return the caption of the picture that represents the document, as plain text; empty for none."""
    tables = (_first_table(field.value) for field in front.filled(*names.IMAGE))
    written = next((text for table in tables if (text := _text(table, ("caption",)))), "")
    return shortened(decoded(written or front.text(*names.IMAGE_CAPTION)), _CAPTION)


def translation(front: FrontMatter, place: Place) -> str:
    """Return the name that a document shares with its translations; empty if it has none.

    Translations by file name share the key of the untranslated file, others their `translation_key`.
    """
    key = front.text(*names.TRANSLATION)[:_ID]
    return f"key {key}" if key and (front.text(*names.LANGUAGE) or place.language) else place.base.rpartition(".")[0]


def identity(front: FrontMatter) -> str | None:
    """Return the id that identifies a post after its file is renamed."""
    return front.text(*names.ID)[:_ID] or None


def searchable(front: FrontMatter) -> bool:
    """Return whether the site's search includes the document."""
    return switch(front, *names.SEARCH) is not False and not switch(front, *names.NO_SEARCH)


def disclaimer(front: FrontMatter, warn: Warn) -> str | bool | None:
    """Return the document's own disclaimer, or whether it has the site's; None if the field is absent."""
    field = next(front.filled(*names.DISCLAIMER), None)
    if field is None or not field.text:
        return None
    answer = yes_or_no(field.text)
    text = decoded(field.text)
    if answer is None and len(text) > _DISCLAIMER:
        message = f"The disclaimer has {len(text):,} characters; only the first {_DISCLAIMER:,} are shown."
        warn(field.finding(message, "Shorten it, or link to a page with all of it."))
    return shortened(text, _DISCLAIMER) if answer is None else answer


def _first_table(value: Value) -> Table | None:
    """Return VALUE if it is a table, or the first item of a list if that is one."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, dict) else None


def _text(table: Table | None, under: tuple[str, ...]) -> str:
    """Return the text in TABLE under the first of the names UNDER that has one."""
    texts = {known_as(name): one_line(text) for name, text in (table or {}).items()}
    return next((texts[name] for name in under if texts.get(name)), "")


def _labels(field: Field, *, has_spaces: bool = False) -> Iterator[str]:
    splits = "," if "," in field.text else ";"
    whole = has_spaces or field.known_as in ("tag", "category") or splits in field.text
    labels = field.items(splits) if whole or not field.text else iter(field.text.split())
    return (label.lstrip("#").strip() for label in labels)
