"""1 render: a source becomes a post.

Reads what is there now, decides, and writes in this order: fragment, journal, references, then one transaction in the
Catalog. After it, source and settings are looked at once more: whoever finishes last has looked last.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC

from dropcap.aws.buckets import Artifacts, Sources, Version
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.contracts import UploadSeen
from dropcap.document import Document
from dropcap.errors import ConflictError, ServiceError
from dropcap.site import keys
from dropcap.site.cards import Tag
from dropcap.site.journal import Journal
from dropcap.site.post import REMOVED, Live, Post
from dropcap.site.settings import SiteSettings
from dropcap.steps.read_source import Reading, SourceReader

ROUNDS = 6
"""So often a render starts over because somebody else wrote first; then the message comes again."""
WORDS_PER_MINUTE = 230
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class RenderTools:
    """What rendering works with. TOKEN makes a random name for a commit; sources below a TRUSTED prefix hold frames."""

    sources: Sources
    journals: Journals
    fragments: Artifacts
    catalog: Catalog
    token: Callable[[], str]
    trusted: tuple[str, ...] = ()

    def trusts(self, key: str) -> bool:
        """Tell whether the operator answers for the source KEY."""
        return key.startswith(self.trusted) if self.trusted else False


def render_document(tools: RenderTools, seen: UploadSeen, *, failed: str | None = None) -> str:
    """Make the Catalog say what the newest good version of the source says; give the outcome.

    FAILED is the reason why an earlier try ended among the dead letters: then the source is not read again.
    Raises ServiceError where it must be tried again later.
    """
    for _ in range(ROUNDS):
        try:
            outcome = _render_once(tools, seen, failed)
        except ConflictError:
            continue
        if outcome is not None:
            return outcome
    raise ServiceError.restless(seen.key, ROUNDS)


def _render_once(tools: RenderTools, seen: UploadSeen, failed: str | None) -> str | None:
    """Look, write, and look again; None where something changed meanwhile."""
    version = tools.sources.head(seen.key)
    site, before, shown = tools.catalog.site_and_post(seen.key)
    found, journal_etag = tools.journals.read(seen.key)
    if version is None and before is None and not found.addresses:
        return REMOVED
    journal = _first_seen(found, version)
    reader = SourceReader(
        tools.sources, seen.key, site, journal.first_seen, journal.good, trusted=tools.trusts(seen.key)
    )
    reading = reader.read(version, failed)
    live = before.live if failed and before else _live(tools, reading, before)
    journal = _remembered(journal, reading, live)
    if journal != found and journal.addresses:
        tools.journals.swap(seen.key, journal, journal_etag)
    post = _post(seen, _etag(version), site, reading, tools.token())
    post = replace(post, live=live, owns=keys.claim_keys(seen.key, live, journal.addresses))
    if live and live.links:
        tools.catalog.register(seen.key, live, post.token, post.cause)
    if not post.same_as(before):
        tools.catalog.commit_post(post, before, shown)
    looked_again = (_etag(tools.sources.head(seen.key)), tools.catalog.site().token)
    return post.outcome if looked_again == (_etag(version), site.token) else None


def live_of(document: Document, digest: str) -> Live:
    """Give what the Catalog keeps of DOCUMENT, whose fragment is stored under DIGEST."""
    return Live(
        title=document.title,
        path=document.path,
        sort=document.date.strftime("%Y-%m-%dT%H:%M:%S"),
        published=document.date.isoformat(timespec="seconds"),
        updated=document.updated.isoformat(timespec="seconds") if document.updated else None,
        expires=document.expires.isoformat(timespec="seconds") if document.expires else None,
        dated=document.dated,
        summary=document.summary,
        tags=tuple(Tag(tag.label, tag.slug) for tag in document.tags),
        names=document.names,
        links=document.links,
        authors=document.authors,
        language=document.lang,
        image=document.image,
        image_alt=document.image_alt,
        is_page=document.is_page,
        identity=document.id,
        newsletter=document.newsletter,
        toc=document.toc,
        math=document.math,
        searchable=document.searchable,
        disclaimer=document.disclaimer,
        minutes=max(1, round(len(_MARKUP.sub(" ", document.html).split()) / WORDS_PER_MINUTE)),
        digest=digest,
    )


def _post(seen: UploadSeen, etag: str, site: SiteSettings, reading: Reading, token: str) -> Post:
    cause = replace(seen.cause, etag=etag)
    since = reading.stands_since.astimezone(UTC).isoformat(timespec="seconds") if reading.stands_since else None
    return Post(
        seen.key, reading.outcome, etag, token, site.token, None, reading.errors, reading.warnings, (), cause,
        stands_since=since,
    )  # fmt: skip


def _live(tools: RenderTools, reading: Reading, before: Post | None) -> Live | None:
    """Keep the fragment of a public document; a draft has nothing live."""
    if reading.document is None or reading.document.draft:
        return None
    known = before.live.digest if before and before.live else None
    return live_of(reading.document, tools.fragments.put(reading.document.html, known))


def _first_seen(journal: Journal, version: Version | None) -> Journal:
    """Remember when the source was seen first: by S3's time, not the clock, so that a doubled event changes nothing."""
    if journal.first_seen or version is None:
        return journal
    return replace(journal, first_seen=version.modified.astimezone(UTC).isoformat())


def _remembered(journal: Journal, reading: Reading, live: Live | None) -> Journal:
    """Remember the addresses of what is public, and which version is good."""
    if live is None or reading.document is None:
        return journal
    return replace(journal.with_addresses(*reading.document.aliases, live.path), good=reading.good)


def _etag(version: Version | None) -> str:
    return version.etag if version else ""
