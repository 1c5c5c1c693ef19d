"""What became of one mail to one recipient: states that only move forward.

queued < left < sending < unknown < sent < refused < delivered < bounced < complained

One move goes back: a sender gives its own claim back (sending ▶ queued), and only when SES has definitely not taken the
mail. An absent entry is `queued`. `left`, `refused` and everything from `delivered` on are where a mail may end; so may
`unknown` and `sent`, where SES tells nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class State(StrEnum):
    """A state of the ledger, in order."""

    QUEUED = "queued"
    """Nobody has tried yet, or a claim was given back."""
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
        """Give the state's place in the order."""
        return _RANKS[self]


_RANKS = {state: rank for rank, state in enumerate(State)}


def later(one: State, other: State) -> State:
    """Give what is true when both ONE and OTHER were told, in whichever order."""
    return max(one, other, key=lambda state: state.rank)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. CLAIM names whoever is sending, CLAIMED_AT is when they started."""

    state: State = State.QUEUED
    claim: str = ""
    claimed_at: datetime | None = None

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """Read an entry from the attributes of its item."""
        at = item.get("claimed_at")
        return cls(State(item["state"]), item.get("claim", ""), datetime.fromisoformat(at) if at else None)

    @property
    def is_open(self) -> bool:
        """Say whether the mail is still to be sent."""
        return self.state is State.QUEUED

    def is_abandoned(self, started_before: datetime) -> bool:
        """Say whether its sender must be dead, where one who STARTED_BEFORE that time cannot run any more."""
        return self.state is State.SENDING and (self.claimed_at is None or self.claimed_at < started_before)
