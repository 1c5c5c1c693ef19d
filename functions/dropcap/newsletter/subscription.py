"""The states of a subscription, how often a confirmation is sent, and when failing mail ends a subscription."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest

FORGOTTEN_AFTER = timedelta(days=14)
"""An address that nobody confirms is deleted after this time."""

CONFIRMATION_PAUSE = timedelta(hours=1)
"""The pause after the first confirmation mail to an inbox; it doubles after each further one."""
CONFIRMATIONS_A_DAY, CONFIRMATIONS_IN_ALL = 3, 10
"""Most confirmation mails to an inbox that never confirms: in 24 hours, and as long as the count is kept."""
COUNT_KEPT_FOR = timedelta(days=365)
DAY = timedelta(days=1)

SOFT_BOUNCES, SOFT_BOUNCE_WINDOW = 5, timedelta(days=30)
"""Temporary failures in a row that suppress an address, and the time within which they count."""


class SubscriptionState(StrEnum):
    """The state of a subscription; newsletters go to CONFIRMED subscribers only."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscriber, known by a hash. ADDRESS is empty after unsubscribing or suppression; hash and TOKEN remain.

    TOKEN is for unsubscribing and never expires, as old mails do not. QUESTION is the token for confirming: a separate
    one, so that a forwarded newsletter cannot subscribe its sender again; unsubscribing discards it. ASKED_AT is when
    the last confirmation mail was sent, None before the first.
    """

    subscriber: str
    standing: SubscriptionState
    address: str
    token: str
    question: str
    asked_at: datetime | None = None

    @property
    def is_confirmed(self) -> bool:
        """Return whether newsletters may be sent to the address."""
        return self.standing is SubscriptionState.CONFIRMED

    @property
    def awaits_confirmation(self) -> bool:
        """Return whether a confirmation mail may be sent at all; `may_send_confirmation` decides about the time."""
        return self.standing is SubscriptionState.PENDING and bool(self.address)


def may_send_confirmation(sent: Iterable[datetime], now: datetime) -> bool:
    """Return whether an inbox may get a confirmation mail NOW, after those SENT before.

    At most 3 within 24 hours and 10 in all, with pauses of 1, 2, 4, 8, … hours, a day at most, after the last one.
    """
    times = sorted(sent)
    if not times:
        return True
    pause = min(DAY, CONFIRMATION_PAUSE * 2 ** (len(times) - 1))
    today = sum(1 for at in times if now - at < DAY)
    return len(times) < CONFIRMATIONS_IN_ALL and today < CONFIRMATIONS_A_DAY and now - times[-1] >= pause


def soft_bounces_in_row(bounces: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return those BOUNCES, the temporary failures since the last delivery, that still count NOW, in order."""
    return tuple(sorted(at for at in set(bounces) if now - at < SOFT_BOUNCE_WINDOW))


def same_token(typed: str, stored: str) -> bool:
    """Compare two tokens in constant time; an empty token matches nothing."""
    return bool(stored) and compare_digest(typed.encode("utf-8", "replace"), stored.encode())
