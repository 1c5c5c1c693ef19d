"""The state of one mail to one recipient: states that only move forward.

queued < left < sending < unknown < sent < refused < delivered < bounced < complained

Two moves go back to `queued`. A sender releases its own lease (from `sending`), and only when SES has definitely not
accepted the mail. The operator sends a refused mail again (from `refused`), since SES never sent it; events about the
former mail are then ignored by their message id. An absent entry is `queued`. A mail may end as `left`, `refused`, or
anything from `delivered` on; also as `unknown` or `sent`, if SES reports nothing more.
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
    """The recipient was not confirmed any more at their turn: nothing was sent."""
    SENDING = "sending"
    """Leased: the mail is about to be sent, is being sent, or its sender died."""
    UNKNOWN = "unknown"
    """The mail may have been sent. It is never sent again; an SES event may decide."""
    SENT = "sent"
    """SES accepted the mail."""
    REFUSED = "refused"
    """SES does not send this mail to this recipient."""
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"

    @property
    def rank(self) -> int:
        """Return the state's place in the order."""
        return _RANKS[self]


_RANKS = {state: rank for rank, state in enumerate(DeliveryState)}

ACCEPTED = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.BOUNCED, DeliveryState.COMPLAINED})
"""The states in which SES has accepted the mail."""


def later(first: DeliveryState, second: DeliveryState) -> DeliveryState:
    """Return the state after both FIRST and SECOND were reported, in either order."""
    return max(first, second, key=lambda state: state.rank)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """The place of a ledger entry: a RECIPIENT of ISSUE on a PAGE, which keeps the sum of its entries.

    PAGE is empty for issues that were frozen before pages kept sums. GENERATION is the page's, see `Page`.
    """

    issue: str
    recipient: str
    page: str = ""
    generation: int = 0


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry of the ledger. LEASE is the random name of its sender, LEASED_AT is when that sender started.

    DETAIL is the code or kind that SES gave, PAGE the page that counts the entry, MESSAGE_ID that of the mail, and
    FORMER are the message ids of mails that SES refused before the operator sent it again.
    """

    state: DeliveryState = DeliveryState.QUEUED
    lease: str = ""
    leased_at: datetime | None = None
    detail: str = ""
    page: str = ""
    message_id: str = ""
    former: tuple[str, ...] = ()

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """Read an entry from the attributes of its item."""
        at = item.get(LEASED_AT)
        return cls(
            DeliveryState(item["state"]),
            item.get(LEASE, ""),
            datetime.fromisoformat(at) if at else None,
            item.get("detail", ""),
            item.get("page", ""),
            item.get("message_id", ""),
            tuple(item.get("former", "").split()),
        )

    @property
    def is_queued(self) -> bool:
        """Return whether the mail is still to be sent."""
        return self.state is DeliveryState.QUEUED

    def is_abandoned(self, started_before: datetime) -> bool:
        """Return whether its sender must be dead: no sender that STARTED_BEFORE that time can still be running."""
        return self.state is DeliveryState.SENDING and (self.leased_at is None or self.leased_at < started_before)

    @property
    def counter(self) -> str:
        """Return the name under which the page counts the entry; empty if it counts none."""
        return counter_of(self.state, self.detail)


def counter_of(state: DeliveryState, detail: str) -> str:
    """Return the name of the counter of STATE with DETAIL; what is queued has none, as absent entries have none."""
    if state is DeliveryState.QUEUED:
        return ""
    return f"{state}:{detail}" if detail else str(state)
