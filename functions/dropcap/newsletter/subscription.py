"""Standings of a subscriber, and which may become which."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

QUIET = timedelta(hours=1)
"""At most one confirmation mail per address in this time."""

FORGOTTEN_AFTER = timedelta(days=14)
"""An address that nobody confirms is deleted after this time."""


class SubscriptionState(StrEnum):
    """Whether somebody may be written to: only where they are CONFIRMED."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who asked, by their hash. ADDRESS is forgotten (empty) once they left; hash and TOKEN stay.

    TOKEN is for leaving, and good for ever, as old mails are. QUESTION is for confirming: another one, so that nobody
    can subscribe you again with a letter that you passed on, and a new one whenever you come back. ASKED_AT is when the
    last confirmation mail was sent, None before the first.
    """

    subscriber: str
    standing: SubscriptionState
    address: str
    token: str
    question: str
    asked_at: datetime | None = None

    @property
    def is_confirmed(self) -> bool:
        """Return whether letters may be sent to the address."""
        return self.standing is SubscriptionState.CONFIRMED

    def may_get_confirmation(self, now: datetime) -> bool:
        """Return whether a confirmation mail may be sent NOW."""
        quiet = self.asked_at is not None and now - self.asked_at < QUIET
        return self.standing is SubscriptionState.PENDING and bool(self.address) and not quiet


def same_token(given: str, kept: str) -> bool:
    """Compare in a time that tells nothing of KEPT; an empty token is nobody's."""
    return bool(kept) and compare_digest(given.encode("utf-8", "replace"), kept.encode())
