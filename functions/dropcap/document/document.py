"""A source file after reading, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dropcap.document.front_matter.values import Value
from dropcap.document.html.file_references import Mention
from dropcap.errors import Finding


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as its author writes it (LABEL) and as it appears in URL paths (SLUG)."""

    label: str
    slug: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source file after reading: everything that later steps need.

    PATH and ALIASES are URL paths in plain Unicode, not percent-encoded. HTML is sanitised and still has placeholders
    for wikilinks. SUMMARY is for readers, DESCRIPTION for search engines if the author wrote another one. NAMES are
    those by which wikilinks find it, LINKS the names that it links to, FILES the pictures and other files in HTML,
    whose addresses are marked there. DATED is false if the source has no date; DATE is then the day on which the file
    was first seen. It is public from APPEARS until EXPIRES. FINGERPRINT is a digest of its text, empty for short texts.
    IMAGE represents it in lists; IMAGE_ALT describes that picture. TOC and MATH are None if the site decides.
    DISCLAIMER is a text, or whether the site's disclaimer is shown. EXTRA has the unknown fields of its front matter,
    under the names as written.
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
    fingerprint: str
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
