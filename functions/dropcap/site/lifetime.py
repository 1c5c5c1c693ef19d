"""When a good version of a source is public: never while it is a draft, else from one moment until another."""

from dataclasses import dataclass
from datetime import datetime

from dropcap.site.post import DRAFT, EXPIRED, PUBLISHED, SCHEDULED


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What APPEARS at one moment, and is gone from the moment when it EXPIRES on, if ever. All know their offset."""

    draft: bool
    appears: datetime
    expires: datetime | None

    def outcome(self, now: datetime) -> str:
        """Say what it is NOW. What has expired before it appears never does."""
        if self.draft:
            return DRAFT
        if self.expires is not None and self.expires <= now:
            return EXPIRED
        return SCHEDULED if self.appears > now else PUBLISHED

    def due(self, now: datetime) -> datetime | None:
        """Give the next moment after NOW at which it becomes something else by itself, if there is one."""
        moments = [] if self.draft else [self.appears, self.expires]
        return min((moment for moment in moments if moment is not None and moment > now), default=None)
