"""A bench for render: a content bucket with versions, journals, a Catalog and queues, all in memory."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from dropcap.aws.buckets import Version
from dropcap.aws.catalog import Catalog
from dropcap.contracts import Cause, UploadSeen
from dropcap.errors import ConflictError
from dropcap.site.journal import Journal
from dropcap.site.post import Post
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.render.document import RenderTools, render_document
from dropcap.steps.render.site import render_site
from support.memory_table import URL, MemoryTable

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


class MemorySources:
    """Versions of sources, the newest last; a version of None bytes is a deletion."""

    def __init__(self) -> None:
        self._versions: dict[str, list[tuple[Version, bytes | None]]] = {}

    def upload(self, key: str, text: str | None) -> None:
        """Add a version of source KEY; None deletes it."""
        stored = self._versions.setdefault(key, [])
        body = None if text is None else text.encode()
        etag = sha256(body or b"").hexdigest()[:8]
        stored.append((Version(etag, f"v{len(stored)}", NOW + timedelta(minutes=len(stored)), len(body or b"")), body))

    def head(self, key: str) -> Version | None:
        """Return the current version of source KEY; None if there is none."""
        version, body = self._versions.get(key, [(None, None)])[-1]
        return version if body is not None else None

    def newest(self, key: str, most: int) -> Version | None:
        """Return the current version of source KEY with its body, if that has at MOST so many bytes."""
        version = self.head(key)
        return version and replace(version, body=self.read(key, version.version) if version.size <= most else None)

    def read(self, key: str, version: str) -> bytes | None:
        """Return the bytes of VERSION of source KEY."""
        return next(body for stored, body in self._versions[key] if stored.version == version)

    def versions(self, key: str) -> list[Version]:
        """Return the versions of source KEY since its last deletion, newest first."""
        stored = self._versions.get(key, [])
        last = max((number for number, (_, body) in enumerate(stored) if body is None), default=-1)
        return [version for version, _ in reversed(stored[last + 1 :])]

    def walk(self, prefix: str, after: str, most: int) -> list[tuple[str, str]]:
        """Return at MOST so many existing sources under PREFIX after AFTER, with their ETags."""
        heads = ((key, self.head(key)) for key in sorted(self._versions) if key.startswith(prefix) and key > after)
        return [(key, version.etag) for key, version in heads if version][:most]


class MemoryJournals:
    """Journals by source key, each with the number of its version as ETag."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[Journal, str]] = {}

    def read(self, key: str) -> tuple[Journal, str | None]:
        """Return the journal of source KEY and its ETag."""
        return self.stored.get(key, (Journal(), None))

    def swap(self, key: str, journal: Journal, etag: str | None) -> None:
        """Write JOURNAL in place of the one with ETAG."""
        if self.read(key)[1] != etag:
            raise ConflictError.refused("PutObject", "PreconditionFailed")
        self.stored[key] = (journal, str(int(etag or 0) + 1))

    def walk(self, prefix: str, after: str, most: int) -> list[str]:
        """Return at MOST so many source keys under PREFIX that have a journal and come after AFTER."""
        return [key for key in sorted(self.stored) if key.startswith(prefix) and key > after][:most]


@dataclass
class RenderBench:
    """The collaborators of render in memory, at the time NOW. SENT has messages with delays, SCHEDULED times by key."""

    table: MemoryTable = field(default_factory=MemoryTable)
    sources: MemorySources = field(default_factory=MemorySources)
    journals: MemoryJournals = field(default_factory=MemoryJournals)
    fragments: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[UploadSeen, int]] = field(default_factory=list)
    scheduled: dict[str, tuple[datetime, UploadSeen]] = field(default_factory=dict)
    now: datetime = NOW
    tokens: "count[int]" = field(default_factory=count)

    @property
    def catalog(self) -> Catalog:
        """Return the Catalog."""
        return Catalog(self.table, URL)

    def render(self, key: str, text: str | None = "", *, failed: str | None = None, cause: Cause | None = None) -> str:
        """Upload TEXT as source KEY, or delete it for None, unless it is empty; render it, and return the outcome."""
        if text != "":
            self.sources.upload(key, text)
        upload = UploadSeen(key, cause or Cause(key, "", self.now.isoformat()))
        if key == SITE_KEY:
            return render_site(self._tools(), upload, failed=failed)
        return render_document(self._tools(), upload, failed=failed)

    def post(self, key: str) -> Post:
        """Return the state of source KEY."""
        return self.catalog.posts([key])[key]

    def _tools(self) -> RenderTools:
        adapters: dict[str, Any] = {
            "sources": self.sources, "journals": self.journals, "fragments": self, "catalog": self.catalog,
            "uploads": self, "schedules": self, "token": lambda: f"token-{next(self.tokens)}", "now": lambda: self.now,
        }  # fmt: skip
        return RenderTools(**adapters)

    def put(self, text: str, stored_digest: str | None = None) -> str:
        """Store a fragment, unless its digest is STORED_DIGEST; return its digest."""
        digest = sha256(text.encode()).hexdigest()[:32]
        if digest != stored_digest:
            self.fragments[digest] = text
        return digest

    def send(self, message: UploadSeen, *, delay: int = 0) -> None:
        """Keep a message of the queue of uploads."""
        self.sent.append((message, delay))

    def send_all(self, messages: list[UploadSeen]) -> None:
        """Keep messages of the queue of uploads."""
        self.sent += [(message, 0) for message in messages]

    def set(self, when: datetime, message: UploadSeen) -> None:
        """Keep the schedule of a source."""
        self.scheduled[message.key] = (when, message)

    def remove(self, key: str) -> None:
        """Remove the schedule of source KEY."""
        self.scheduled.pop(key, None)
