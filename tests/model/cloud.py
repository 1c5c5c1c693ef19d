"""The stored state of the protocol's model: content bucket, Catalog with its stream, queues, schedules, site.

No AWS, no Markdown, no HTML: only what is written, and in which order it may be seen. Time is a whole number.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Key = tuple[str, str]
Item = dict[str, Any]
Record = tuple[str, str, Item | None, Item | None]
SHARDS = 3
"""Of the Catalog's stream."""


class ConflictError(Exception):
    """A condition did not hold: somebody else wrote first."""


@dataclass(frozen=True)
class Text:
    """One version of a source. It appears at DATE and goes at EXPIRES; WORDS is what a moved file keeps."""

    path: str
    date: int
    body: str
    words: str
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    draft: bool = False
    bad: bool = False
    expires: int | None = None
    identity: str | None = None

    def standing(self, now: int) -> str:
        """Return the state at NOW: draft, expired, scheduled or public."""
        if self.draft:
            return "draft"
        if self.expires is not None and self.expires <= now:
            return "expired"
        return "scheduled" if self.date > now else "public"

    def due(self, now: int) -> int | None:
        """Return the next moment after NOW at which it becomes something else by itself."""
        moments = [] if self.draft else [self.date, self.expires]
        return min((moment for moment in moments if moment is not None and moment > now), default=None)

    @property
    def known_as(self) -> tuple[str, ...]:
        """Return the partitions under which a moved file is found again."""
        return (*(["id " + self.identity] if self.identity else []), "words " + self.words)


@dataclass(frozen=True)
class Journal:
    """The memory of a source: its addresses, those it ADOPTED, its last identity, its preview's token."""

    addresses: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    preview: int | None = None

    def after(self, text: Text, adopted: Iterable[str]) -> "Journal":
        """Remember that TEXT is public, and that it stands for the addresses ADOPTED too."""
        addresses = dict.fromkeys((*self.addresses, text.path))
        others = dict.fromkeys((*self.adopted, *adopted))
        return replace(
            self,
            addresses=tuple(addresses),
            adopted=tuple(path for path in others if path not in addresses),
            known_as=text.known_as,
        )


@dataclass
class Cloud:
    """Everything that lasts. CONTENT has the versions of each source, newest last: an ETag, and None for a deletion."""

    content: dict[str, list[tuple[int, Text | None]]] = field(default_factory=dict)
    settings: list[int] = field(default_factory=lambda: [0])
    journals: dict[str, Journal] = field(default_factory=dict)
    catalog: dict[Key, Item] = field(default_factory=dict)
    stream: list[deque[Record]] = field(default_factory=lambda: [deque() for _ in range(SHARDS)])
    uploads: list[str] = field(default_factory=list)
    bulk: list[tuple[str, str]] = field(default_factory=list)
    views: dict[str, deque[int]] = field(default_factory=dict)
    schedules: dict[str, int] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    now: int = 0
    tokens: int = 0

    def token(self) -> int:
        """Make a token that nobody else has."""
        self.tokens += 1
        return self.tokens

    def source(self, key: str) -> tuple[int, Text | None]:
        """Return the newest version of the source KEY."""
        versions = self.content.get(key)
        return versions[-1] if versions else (0, None)

    def newest_good(self, key: str) -> Text | None:
        """Return the newest good version of KEY that no deletion hides."""
        for _, text in reversed(self.content.get(key, [])):
            if text is None or not text.bad:
                return text
        return None

    def journal(self, key: str) -> Journal:
        """Return the journal of KEY."""
        return self.journals.get(key, Journal())

    def get(self, pk: str, sk: str = "") -> Item | None:
        """Read one item, strongly consistent."""
        return self.catalog.get((pk, sk))

    def query(self, pk: str) -> list[tuple[str, Item]]:
        """Read the items of PK in order, strongly consistent."""
        return [(sk, item) for (p, sk), item in sorted(self.catalog.items()) if p == pk]

    def transact(
        self, puts: Mapping[Key, Item], deletes: Iterable[Key] = (), checks: Iterable[tuple[str, int | None]] = ()
    ) -> None:
        """Write all or nothing; CHECKS are the tokens (None: no item) that partitions must carry."""
        for pk, token in checks:
            item = self.get(pk)
            if (item["token"] if item else None) != token:
                raise ConflictError
        changes: list[tuple[Key, Item | None]] = [*puts.items(), *((key, None) for key in deletes)]
        for key, new in changes:
            old = self.catalog.get(key)
            if old == new:
                continue  # DynamoDB streams no record for a write that changes nothing
            if new is None:
                del self.catalog[key]
            else:
                self.catalog[key] = new
            self.stream[_shard(key[0])].append((*key, old, new))

    def send(self, *views: str) -> None:
        """Send for VIEWS: a FIFO queue with one group a view."""
        for view in views:
            self.views.setdefault(view, deque()).append(1)

    def write(self, path: str, page: object) -> None:
        """Write PAGE at PATH; delete the object if PAGE is empty."""
        if page:
            self.site[path] = page
        else:
            self.site.pop(path, None)


def seen(item: Item | None) -> Item | None:
    """Return ITEM without its token, which no reader sees."""
    return item and {name: value for name, value in item.items() if name != "token"}


def _shard(pk: str) -> int:
    return sum(ord(letter) * (place + 7) for place, letter in enumerate(pk)) % SHARDS
