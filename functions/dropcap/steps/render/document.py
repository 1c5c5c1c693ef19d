"""1 render: turn a source into a post.

It reads the current version, decides, and writes in this order: fragment, references, journal, one transaction in the
Catalog, a schedule. Then it checks source and settings again: the last of overlapping runs sees the newest version.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from dropcap.aws import catalog_keys as keys
from dropcap.aws.buckets import Artifacts, Sources, Version
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue
from dropcap.aws.schedules import PostSchedules
from dropcap.contracts import UploadSeen
from dropcap.document.source_text import MAXIMUM_BYTES
from dropcap.site import urls
from dropcap.site.journal import Journal
from dropcap.site.post import EXPIRED, FAILED, HIDDEN, PUBLISHED, SCHEDULED, ItemKey, Post, Snapshot
from dropcap.site.settings.model import SiteSettings
from dropcap.steps.optimistic import until_stable
from dropcap.steps.render.given_up import outcome_since
from dropcap.steps.render.related_sources import request_renamed, request_translations
from dropcap.steps.render.schedule import schedule_render
from dropcap.steps.render.snapshot import snapshot_of, with_former_names
from dropcap.steps.render.source import ReadResult, SourceReader, has_original, lifetime_of
from dropcap.steps.time_limit import TimeBudget

READING_SECONDS = 15.0
"""For all versions of one source together, unless the caller knows how much time is left."""


@dataclass(frozen=True, slots=True)
class RenderTools:
    """The collaborators of render. TOKEN is for a commit, TRUSTED prefixes allow frames, MAILS is for a newsletter."""

    sources: Sources
    journals: Journals
    fragments: Artifacts
    catalog: Catalog
    uploads: Queue
    schedules: PostSchedules
    token: Callable[[], str]
    now: Callable[[], datetime]
    trusted: tuple[str, ...] = ()
    mails: bool = True

    def trusts(self, key: str) -> bool:
        """Return whether the operator trusts the source KEY."""
        return key.startswith(self.trusted) if self.trusted else False


class _Look(NamedTuple):
    """The state at the start of a round, at NOW: newest VERSION, settings, the post BEFORE, and the journal."""

    now: datetime
    version: Version | None
    site: SiteSettings
    before: Post | None
    journal: Journal

    @property
    def etag(self) -> str:
        """Return the ETag of the newest version; empty where the source is gone."""
        return self.version.etag if self.version else ""

    @property
    def first_seen(self) -> str:
        """Return when the source was seen first: by S3's time, not the clock, so that doubled events change nothing."""
        if self.journal.first_seen or self.version is None:
            return self.journal.first_seen
        return self.version.modified.astimezone(UTC).isoformat()


def render_document(
    tools: RenderTools, upload: UploadSeen, *, failed: str | None = None, seconds: float = READING_SECONDS
) -> str:
    """Store the newest good version of the source in the Catalog, as of now; return the outcome.

    FAILED says why every try failed: then nothing is read. SECONDS are for all versions. Raises ServiceError to retry.
    """
    budget = TimeBudget(seconds)
    return until_stable(upload.key, lambda: _render_once(tools, upload, failed, budget))


def _render_once(tools: RenderTools, upload: UploadSeen, failed: str | None, budget: TimeBudget) -> str | None:
    """Read, write, and read again; return None if something changed meanwhile."""
    site, before, shown = tools.catalog.site_and_post(upload.key)
    # The state before the source: a commit on that state cannot put an older version over a newer one.
    version = tools.sources.head(upload.key) if failed else tools.sources.newest(upload.key, MAXIMUM_BYTES)
    if failed and (outcome := outcome_since(upload, version, before, site.token, tools.now())):
        return outcome
    translates = has_original(tools.sources, upload.key, site)
    stored, journal_etag = tools.journals.read(upload.key)
    look = _Look(tools.now(), version, site, before, stored)
    state = (site, look.now, look.first_seen, stored.good, tools.trusts(upload.key), budget, tools.mails)
    reading = SourceReader(tools.sources, upload.key, *state).read(version, failed)
    post = _post(tools, upload, look, reading)
    _register(tools, post, before)
    journal = _remembered(tools, look, reading, post)
    if journal != stored and (journal.addresses or journal.preview):
        tools.journals.swap(upload.key, journal, journal_etag)
    if post.live:
        post = replace(post, live=with_former_names(post.live, journal))
    post = replace(post, owns=_owned(post, journal), preview=_preview(post, journal), moved_from=journal.moved_from)
    request_translations(tools.sources, tools.uploads, post, before)
    if not post.same_as(before):
        tools.catalog.commit_post(post, before, shown)
    request_renamed(tools.catalog, tools.uploads, post, journal)
    schedule_render(tools.schedules, tools.uploads, post, before, look.now)
    looked_again = (
        _etag(tools.sources.head(upload.key)),
        tools.catalog.site().token,
        has_original(tools.sources, upload.key, site),
    )
    return post.outcome if looked_again == (look.etag, site.token, translates) else None


def _post(tools: RenderTools, upload: UploadSeen, look: _Look, reading: ReadResult) -> Post:
    """Return the new state of the post, still without owned items and preview; a failure keeps the former state."""
    since = reading.stands_since.astimezone(UTC).isoformat(timespec="seconds") if reading.stands_since else None
    last = look.before if reading.outcome == FAILED else None
    text = _text(tools, look.before, reading)
    document, standing = reading.document, reading.standing
    expires = document.expires if document and standing in {PUBLISHED, SCHEDULED, EXPIRED} else None
    post = Post(
        upload.key, reading.outcome, look.etag, tools.token(), look.site.token,
        live=text if standing == PUBLISHED else None,
        errors=reading.errors, warnings=reading.warnings, owns=(), cause=replace(upload.cause, etag=look.etag),
        publishes=_iso(document.appears) if document and standing == SCHEDULED else None,
        expires=_iso(expires), stands_since=since,
        hidden=text if standing in HIDDEN else None,
        due=_iso(lifetime_of(document).due(look.now)) if document else None,
        uploaded=_iso(look.version.modified) if look.version else None,
    )  # fmt: skip
    if last is None:
        return post
    return replace(
        post, live=last.live, hidden=last.hidden, publishes=last.publishes, expires=last.expires, due=last.due
    )


def _text(tools: RenderTools, before: Post | None, reading: ReadResult) -> Snapshot | None:
    """Store the fragment of a post that is public or has a preview; return its snapshot."""
    if reading.document is None or reading.standing == EXPIRED:
        return None
    stored = (before.live or before.hidden) if before else None
    return snapshot_of(reading.document, tools.fragments.put(reading.document.html, stored.digest if stored else None))


def _register(tools: RenderTools, post: Post, before: Post | None) -> None:
    """Register the names that the post mentions, and its id and fingerprint before moved files are looked for."""
    text = post.live or post.hidden
    if text and (text.links or text.files):
        tools.catalog.references.register(post.key, text, post.token, post.cause)
    if post.live:
        stored = keys.known_keys(post.key, post.live.identity, post.live.fingerprint)
        tools.catalog.references.register_known(
            [key for key in stored if not before or key not in before.owns], post.cause
        )


def _remembered(tools: RenderTools, look: _Look, reading: ReadResult, post: Post) -> Journal:
    """Return the journal with the good version, and the preview token or the addresses, adopted ones included."""
    journal = look.journal
    if reading.document is None:
        return journal
    if post.hidden:
        return journal._replace(good=reading.good, preview=journal.preview or tools.token())
    journal = journal._replace(good=reading.good)
    if post.live is None:
        return journal
    stored = keys.known_keys(post.key, post.live.identity, post.live.fingerprint)
    for source, left in tools.catalog.references.left_behind(stored):
        journal = journal.adopting(left, source)
    journal = journal._replace(
        first_seen=look.first_seen, identity=post.live.identity or "", fingerprint=post.live.fingerprint
    )
    return journal.with_addresses(*reading.document.aliases, post.live.path)


def _owned(post: Post, journal: Journal) -> tuple[ItemKey, ...]:
    """Return the items that the post owns: its claims, and the keys by which a moved file is recognised."""
    claims = keys.claim_keys(post.key, post.live, journal.addresses, journal.adopted)
    return (*claims, *keys.known_keys(post.key, journal.identity, journal.fingerprint))


def _preview(post: Post, journal: Journal) -> str | None:
    return urls.preview_path(journal.preview) if post.hidden and journal.preview else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _etag(version: Version | None) -> str:
    return version.etag if version else ""
