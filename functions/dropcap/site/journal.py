"""The journal of a source: facts that its newest version does not contain.

It is stored in the content bucket at `history/<source key>.json`, is written before the commit that needs it, and
survives removal: the site is a function of the content bucket alone.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple, Self

ADDRESSES = 26
"""Most addresses of a post that are remembered, the newest; a transaction has room for no more."""


class Journal(NamedTuple):
    """The remembered facts of one source.

    FIRST_SEEN is ISO 8601 in UTC; ADDRESSES are paths, the latest last; GOOD is the newest good version's id. ADOPTED
    are addresses of files that this one replaces, the last of them MOVED_FROM. IDENTITY and FINGERPRINT recognise it
    when its file has moved: its last public `id`, and a digest of its text. PREVIEW is the token of its preview.
    """

    first_seen: str = ""
    addresses: tuple[str, ...] = ()
    good: str = ""
    adopted: tuple[str, ...] = ()
    moved_from: str = ""
    identity: str = ""
    fingerprint: str = ""
    preview: str = ""

    def with_addresses(self, *paths: str) -> Self:
        """Return the journal with PATHS, the last one as the latest; adopted addresses fill the remaining room."""
        former = [path for path in self.addresses if path not in paths]
        addresses = (*former, *paths)[-ADDRESSES:]
        adopted = [path for path in self.adopted if path not in addresses]
        return self._replace(addresses=addresses, adopted=tuple(adopted[: ADDRESSES - len(addresses)]))

    def adopting(self, paths: Iterable[str], source: str) -> Self:
        """Return the journal with PATHS as adopted addresses; they were those of the removed file SOURCE."""
        recorded = (*self.addresses, *self.adopted)
        new = [path for path in dict.fromkeys(paths) if path not in recorded]
        return self._replace(adopted=(*self.adopted, *new), moved_from=source)

    def to_json(self) -> str:
        """Write the journal for the bucket. The names in it never change: no other copy of a journal exists."""
        stored = {
            "first_seen": self.first_seen,
            "addresses": self.addresses,
            "good": self.good,
            "adopted": self.adopted,
            "moved_from": self.moved_from,
            "identity": self.identity,
            "words": self.fingerprint,
            "preview": self.preview,
        }
        return json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the journal; fields that another version wrote are ignored, and a missing one is empty."""
        stored: dict[str, Any] = json.loads(text)
        return cls(
            first_seen=stored.get("first_seen", ""),
            addresses=tuple(stored.get("addresses", ()))[-ADDRESSES:],
            good=stored.get("good", ""),
            adopted=tuple(stored.get("adopted", ())),
            moved_from=stored.get("moved_from", ""),
            identity=stored.get("identity", ""),
            fingerprint=stored.get("words", ""),
            preview=stored.get("preview", ""),
        )
