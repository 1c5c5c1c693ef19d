"""When a version of a source is public: never while it is a draft, else from one moment until another."""

from datetime import datetime
from typing import NamedTuple

from dropcap.site.post import DRAFT, EXPIRED, PUBLISHED, SCHEDULED


class Lifetime(NamedTuple):
    """A document that is public from APPEARS until EXPIRES, if ever. Both times have an offset."""

    draft: bool
    appears: datetime
    expires: datetime | None

    def outcome(self, now: datetime) -> str:
        """Return the outcome NOW. A document that expires before it appears is never public."""
        if self.draft:
            return DRAFT
        if self.expires is not None and self.expires <= now:
            return EXPIRED
        return SCHEDULED if self.appears > now else PUBLISHED

    def due(self, now: datetime) -> datetime | None:
        """Return the next moment after NOW at which the outcome changes by itself, if there is one."""
        moments = [] if self.draft else [self.appears, self.expires]
        return min((moment for moment in moments if moment is not None and moment > now), default=None)
