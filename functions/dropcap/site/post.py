"""A post as the Catalog knows it: the status of its source, and its public version."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from dropcap.contracts import Cause
from dropcap.document import Mention, Metadata
from dropcap.errors import Finding
from dropcap.site.cards import Card
from dropcap.site.picture import Picture

PUBLISHED, DRAFT, REFUSED, FAILED, IGNORED, REMOVED = "published", "draft", "refused", "failed", "ignored", "removed"
SCHEDULED, EXPIRED = "scheduled", "expired"
HIDDEN = frozenset({DRAFT, SCHEDULED})
"""Outcomes of posts that can only be seen at their preview."""

ItemKey = tuple[str, str]
"""Partition key and sort key of a Catalog item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Metadata):
    """The newest good version of a source. DIGEST names its fragment in the artifact bucket.

    SORT is its local time in the site's zone; FINGERPRINT is a digest of its text, empty for a short text. DESCRIPTION
    is for search engines, empty if it is the summary; EXTRA is for themes. Posts with the same TRANSLATION are one text
    in several languages. IS_HOME if its author wants it on the home page.
    """

    sort: str
    published: str
    updated: str | None
    expires: str | None
    description: str
    names: tuple[str, ...]
    links: tuple[str, ...]
    files: tuple[Mention, ...]
    toc: bool | None
    math: bool | None
    disclaimer: str | bool | None
    extra: Mapping[str, Any]
    minutes: int
    digest: str
    fingerprint: str
    image_caption: str = ""
    translation: str = ""
    is_home: bool = False

    def card(self, key: str, digest: str, site: str, picture: Picture | None = None) -> Card:
        """Return the card of source KEY, whose resolved body is stored under DIGEST, made with the settings SITE."""
        shared = {field.name: getattr(self, field.name) for field in fields(Metadata)}
        return Card(
            **shared,
            key=key,
            sort=self.sort,
            published=self.published,
            updated=self.updated,
            digest=digest,
            site=site,
            picture=picture,
        )


@dataclass(frozen=True, slots=True)
class Post:
    """The state of one source. LIVE is public, HIDDEN is shown only at its PREVIEW (a path).

    OWNS has the keys of its claims on addresses and of its identity; TOKEN is new with every commit. Times are ISO 8601
    with an offset: PUBLISHES and EXPIRES are when it appears and expires, DUE is the next of these, UPLOADED when the
    newest version was written, STANDS_SINCE when the good version was, if a bad one came after it. MOVED_FROM is its
    former source, if any.
    """

    key: str
    outcome: str
    etag: str
    token: str
    site: str
    live: Snapshot | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    owns: tuple[ItemKey, ...]
    cause: Cause
    preview: str | None = None
    publishes: str | None = None
    expires: str | None = None
    stands_since: str | None = None
    hidden: Snapshot | None = None
    due: str | None = None
    moved_from: str = ""
    uploaded: str | None = None

    @property
    def path(self) -> str | None:
        """Return the address of the live version, if there is one."""
        return self.live.path if self.live else None

    def same_as(self, other: "Post | None") -> bool:
        """Return whether OTHER is equal, apart from token, cause and time of upload."""
        if other is None:
            return False
        return replace(other, token=self.token, cause=self.cause, uploaded=self.uploaded) == self


class Shown(NamedTuple):
    """The published version of a post: its card, the source's ETag, its list items and names (ITEM_KEYS), its mentions.

    LINKS are the names that it mentions, TARGETS the sources that these lead to; DOUBTS are findings on names that
    several posts have. LISTED is in each list item, and differs when the post was out of a list in between: a sum then
    names another item. SEARCHED is a digest of the words in the list of the search: new code may read other words in
    the same text.
    """

    card: Card
    etag: str
    token: str
    item_keys: tuple[ItemKey, ...]
    links: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    cause: Cause
    targets: tuple[str, ...] = ()
    doubts: tuple[Finding, ...] = ()
    listed: str = ""
    searched: str = ""

    def same_as(self, other: "Shown | None") -> bool:
        """Return whether OTHER is equal, apart from its cause."""
        return other is not None and other._replace(token=self.token, cause=self.cause) == self
