"""An entry of the ledger that others change at the same time is read and written again, a bounded number of times."""

from collections.abc import Iterable
from typing import Any

import pytest

from dropcap.aws.ledger import ROUNDS, Ledger
from dropcap.aws.transactions import FAILED
from dropcap.errors import ConflictError
from dropcap.newsletter.ledger import DeliveryState, LedgerEntry, LedgerLine

LINE = LedgerLine("issue", "recipient", "a-000001")
OURS = LedgerEntry(DeliveryState.SENDING, "lease", page="a-000001")


class Contended(Ledger):
    """A ledger whose entry is ENTRY whenever it is read, and whose first writes fail so many TIMES."""

    def __init__(self, entry: LedgerEntry | None, times: int) -> None:
        client: Any = None
        super().__init__(client, "newsletter", "subscribers")
        self._entry, self._times = entry, times
        self.moves: list[tuple[Any, ...]] = []

    def entries(self, issue: str, recipients: Iterable[str]) -> dict[str, LedgerEntry]:
        """Return the entry."""
        assert "issue" == issue
        return dict.fromkeys(recipients, self._entry) if self._entry else {}

    def _move(self, line: LedgerLine, before: str, state: DeliveryState, *_: Any, **values: Any) -> tuple[str, ...]:  # noqa: ANN401  # not of interest
        self.moves.append((line, before, state, values["previous"]))
        return (FAILED,) if len(self.moves) <= self._times else ()


@pytest.mark.parametrize("times", [0, 1, ROUNDS - 1])
def test_a_state_is_recorded_once_nobody_interferes(times: int) -> None:
    """From the state that was read last."""
    ledger = Contended(OURS, times)
    ledger.settle(LINE, "lease", DeliveryState.SENT)
    assert [(LINE, "sending", DeliveryState.SENT, "sending")] * (times + 1) == ledger.moves
    ledger = Contended(OURS, times)
    assert ledger.move_on("issue", "recipient", DeliveryState.DELIVERED)
    assert [(LINE, "sending", DeliveryState.DELIVERED, "sending")] * (times + 1) == ledger.moves


def test_a_state_follows_the_one_that_an_event_has_recorded_meanwhile() -> None:
    """It is counted from there: the page's sums have to add up."""
    ledger = Contended(LedgerEntry(DeliveryState.UNKNOWN, "lease", detail="Timeout"), 1)
    ledger.settle(LINE, "lease", DeliveryState.SENT)
    first, second = (
        (LINE, "sending", DeliveryState.SENT, "sending"),
        (LINE, "unknown:Timeout", DeliveryState.SENT, "unknown"),
    )
    assert [first, second] == ledger.moves


def test_a_state_that_cannot_be_recorded_is_an_error() -> None:
    """It names the recipient, by the hash."""
    ledger = Contended(OURS, ROUNDS)
    with pytest.raises(ConflictError, match="the entry of recipient"):
        ledger.settle(LINE, "lease", DeliveryState.SENT)
    assert ROUNDS == len(ledger.moves)
    ledger = Contended(OURS, ROUNDS)
    with pytest.raises(ConflictError, match="the entry of recipient"):
        ledger.move_on("issue", "recipient", DeliveryState.DELIVERED)
    assert ROUNDS == len(ledger.moves)


@pytest.mark.parametrize(
    "entry",
    [None, LedgerEntry(DeliveryState.SENDING, "other"), LedgerEntry(DeliveryState.DELIVERED, "lease")],
    ids=["erased", "leased by another", "further already"],
)
def test_a_state_that_is_no_longer_ours_to_record_is_left_alone(entry: LedgerEntry | None) -> None:
    """After one look."""
    ledger = Contended(entry, ROUNDS)
    ledger.settle(LINE, "lease", DeliveryState.SENT)
    assert 1 == len(ledger.moves)


@pytest.mark.parametrize(
    ("entry", "details"),
    [(None, {}), (LedgerEntry(DeliveryState.DELIVERED), {}), (LedgerEntry(former=("m1",)), {"message_id": "m1"})],
    ids=["no entry", "as far already", "about a former mail"],
)
def test_an_event_that_says_nothing_new_moves_nothing(entry: LedgerEntry | None, details: dict[str, str]) -> None:
    """Nothing is written."""
    ledger = Contended(entry, 0)
    assert not ledger.move_on("issue", "recipient", DeliveryState.DELIVERED, **details)
    assert [] == ledger.moves
