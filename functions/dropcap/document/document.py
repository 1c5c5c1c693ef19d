"""What a source file means, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dropcap.document.front_matter.values import Value
from dropcap.document.html.file_references import Mention
from dropcap.errors import Finding


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as its author writes it (LABEL) and as it stands in an address (SLUG)."""

    label: str
    slug: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source file, read: everything that the rest of the river wants to know about it.

    PATH and ALIASES are URL paths in plain Unicode, not percent-encoded. HTML is sanitised and still holds placeholders
    for wikilinks. SUMMARY is for people, DESCRIPTION for search engines where the author wrote another one. NAMES are
    what others may call it by in a wikilink, LINKS the names that it mentions itself, FILES the pictures and other
    files, whose addresses are marked in HTML. DATED is false where nothing told a date, and DATE is then the day on
    which the file was first seen. It is public from APPEARS on, and from EXPIRES on not any more. WORDS is a digest of
    its text, empty where that is too short to know it by. IMAGE stands for it in lists, with IMAGE_ALT in words. TOC
    and MATH are what its author wants, None for what the site does. DISCLAIMER is a text of its own, or whether the
    site's stands below it. EXTRA is what else its front matter says, under the names as written.
    """

    title: str
    date: datetime
    dated: bool
    appears: datetime
    updated: datetime | None
    expires: datetime | None
    draft: bool
    is_page: bool
    slug: str
    path: str
    aliases: tuple[str, ...]
    summary: str
    description: str
    tags: tuple[Tag, ...]
    html: str
    words: str
    names: tuple[str, ...]
    links: tuple[str, ...]
    files: tuple[Mention, ...]
    authors: tuple[str, ...]
    lang: str | None
    image: str | None
    image_alt: str
    id: str | None
    newsletter: bool | None
    toc: bool | None
    math: bool | None
    searchable: bool
    disclaimer: str | bool | None
    extra: Mapping[str, Value]
    warnings: tuple[Finding, ...]
