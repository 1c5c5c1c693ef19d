"""A source file after reading, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dropcap.document.front_matter.values import Value
from dropcap.document.html.file_references import Mention
from dropcap.document.paths.url_paths import tag_path
from dropcap.errors import Finding


class Tag(NamedTuple):
    """A tag as its author writes it (LABEL) and as it appears in URL paths (SLUG)."""

    label: str
    slug: str

    @property
    def url(self) -> str:
        """Return the path of the tag's page."""
        return tag_path(self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of a post that every later step shows: a Document, its Catalog snapshot and its list card have it.

    PATH is a URL path in plain Unicode, not percent-encoded. DATED is false where the source has no date. LANGUAGE
    (BCP 47) is None for the site's own, IDENTITY the `id` of the front matter, IMAGE a path or a URL.
    NEWSLETTER_LENGTH is `full`, `excerpt`, or empty if the site decides.
    """

    title: str
    path: str
    dated: bool
    summary: str
    tags: tuple[Tag, ...]
    authors: tuple[str, ...] = ()
    series: str = ""
    language: str | None = None
    image: str | None = None
    image_alt: str = ""
    is_page: bool = False
    identity: str | None = None
    newsletter: bool | None = None
    newsletter_length: str = ""
    searchable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Metadata):
    """A source file after reading: everything that later steps need.

    ALIASES are URL paths like PATH. HTML is sanitised and still has placeholders for wikilinks. DESCRIPTION is for
    search engines, if the author wrote one besides the summary. NAMES are those by which wikilinks find it, LINKS
    the names that it links to, FILES the pictures and other files in HTML, whose addresses are marked there. Without a
    date of its own, DATE is the day on which the file was first seen. It is public from APPEARS until EXPIRES.
    FINGERPRINT is a digest of its text, empty for short texts. TOC and MATH are None if the site decides. DISCLAIMER
    is a text, or whether the site's disclaimer is shown. EXTRA has the unknown fields of its front matter, under the
    names as written. Documents with the same TRANSLATION are translations of one text. IS_HOME if its author wants it
    on the home page.
    """

    date: datetime
    appears: datetime
    updated: datetime | None
    expires: datetime | None
    draft: bool
    slug: str
    aliases: tuple[str, ...]
    description: str
    html: str
    fingerprint: str
    names: tuple[str, ...]
    links: tuple[str, ...]
    files: tuple[Mention, ...]
    toc: bool | None
    math: bool | None
    disclaimer: str | bool | None
    extra: Mapping[str, Value]
    warnings: tuple[Finding, ...]
    image_caption: str = ""
    translation: str = ""
    is_home: bool = False
