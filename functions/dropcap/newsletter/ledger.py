"""What became of one mail to one recipient: states that only move forward.

queued < left < sending < unknown < sent < refused < delivered < bounced < complained

One move goes back: a sender gives its own lease back (sending ▶ queued), and only when SES has definitely not taken the
mail. An absent entry is `queued`. `left`, `refused` and everything from `delivered` on are where a mail may end; so may
`unknown` and `sent`, where SES tells nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

LEASE, LEASED_AT = "claim", "claimed_at"
"""Attributes of a ledger entry: stored names, which do not follow the Python names."""


class DeliveryState(StrEnum):
    """A state of the ledger, in order."""

    QUEUED = "queued"
    """Nobody has tried yet, or a lease was released."""
    LEFT = "left"
    """Was not confirmed any more when it was their turn: nothing was sent."""
    SENDING = "sending"
    """Claimed: a mail is about to be sent, is being sent, or its sender died."""
    UNKNOWN = "unknown"
    """May have been sent. Never sent again; an event of SES may settle it."""
    SENT = "sent"
    """SES took it."""
    REFUSED = "refused"
    """SES will not send this mail to this recipient."""
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"

    @property
    def rank(self) -> int:
        """Return the state's place in the order."""
        return _RANKS[self]


_RANKS = {state: rank for rank, state in enumerate(DeliveryState)}


def later(first: DeliveryState, second: DeliveryState) -> DeliveryState:
    """Return the state after both FIRST and SECOND were reported, in either order."""
    return max(first, second, key=lambda state: state.rank)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger. LEASE is the random name of its sender, LEASED_AT is when that sender started."""

    state: DeliveryState = DeliveryState.QUEUED
    lease: str = ""
    leased_at: datetime | None = None

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """Read an entry from the attributes of its item."""
        at = item.get(LEASED_AT)
        return cls(DeliveryState(item["state"]), item.get(LEASE, ""), datetime.fromisoformat(at) if at else None)

    @property
    def is_queued(self) -> bool:
        """Return whether the mail is still to be sent."""
        return self.state is DeliveryState.QUEUED

    def is_abandoned(self, started_before: datetime) -> bool:
        """Return whether its sender must be dead, where one who STARTED_BEFORE that time cannot run any more."""
        return self.state is DeliveryState.SENDING and (self.leased_at is None or self.leased_at < started_before)
