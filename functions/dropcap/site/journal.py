"""The journal of a source: what must be remembered of it that its newest version does not say.

It stands in the content bucket at `history/<source key>.json`, is written before the commit that needs it, and survives
removal: the site is a function of the content bucket alone.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

ADDRESSES = 30
"""So many addresses of a post are remembered, the newest; a transaction has room for no more."""


@dataclass(frozen=True, slots=True)
class Journal:
    """FIRST_SEEN is ISO 8601 in UTC; ADDRESSES are paths, the latest last; GOOD is the newest good version's id."""

    first_seen: str = ""
    addresses: tuple[str, ...] = ()
    good: str = ""

    def with_addresses(self, *paths: str) -> Self:
        """Remember PATHS, the last of them as the latest."""
        known = [path for path in self.addresses if path not in paths]
        return replace(self, addresses=(*known, *paths)[-ADDRESSES:])

    def to_json(self) -> str:
        """Write the journal for the bucket."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the journal; what another version wrote besides is ignored."""
        given: dict[str, Any] = json.loads(text)
        return cls(given.get("first_seen", ""), tuple(given.get("addresses", ())), given.get("good", ""))
