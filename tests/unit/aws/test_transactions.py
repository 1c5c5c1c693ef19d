"""Transactions: repeated while others touch the same items, and answered at once if a condition fails."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from dropcap.aws.transactions import CONFLICT, FAILED, ROUNDS, transact
from dropcap.errors import ConflictError, ServiceError


class Client:
    """A DynamoDB that cancels transactions for REASONS in turn, one list a call, and then applies them."""

    def __init__(self, *reasons: list[str], code: str = "TransactionCanceledException") -> None:
        self.calls = 0
        self._reasons, self._code = list(reasons), code

    def transact_write_items(self, **_: object) -> None:
        """Apply, or raise the next error."""
        self.calls += 1
        if self._reasons:
            codes = [{"Code": reason} for reason in self._reasons.pop(0)]
            answer: Any = {"Error": {"Code": self._code, "Message": "?"}, "CancellationReasons": codes}
            raise ClientError(answer, "TransactWriteItems")


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the pauses, which take no time."""
    pauses: list[float] = []
    monkeypatch.setattr("dropcap.aws.transactions.time.sleep", pauses.append)
    return pauses


def attempted(client: Any) -> tuple[str, ...]:  # noqa: ANN401  # stands for boto3's client
    """Try a transaction of two actions."""
    return transact(client, [{"Put": {}}, {"Put": {}}])


@pytest.mark.parametrize("conflicts", [0, 1, ROUNDS - 1])
def test_a_transaction_is_repeated_while_others_touch_its_items(conflicts: int, pauses: list[float]) -> None:
    """After a pause each time."""
    client = Client(*[["None", CONFLICT]] * conflicts)
    assert () == attempted(client)
    assert (conflicts + 1, conflicts) == (client.calls, len(pauses))


def test_a_transaction_that_always_meets_others_is_an_error() -> None:
    """It names the reasons, each once."""
    client = Client(*[["None", CONFLICT]] * ROUNDS)
    with pytest.raises(ConflictError, match=f"TransactWriteItems: None, {CONFLICT}"):
        attempted(client)
    assert ROUNDS == client.calls


@pytest.mark.parametrize("reasons", [["None", FAILED], [FAILED, CONFLICT]])
def test_a_failed_condition_is_answered_at_once(reasons: list[str]) -> None:
    """With the reason of each action, in order: a repetition would meet the same item."""
    client = Client(reasons)
    assert tuple(reasons) == attempted(client)
    assert 1 == client.calls


@pytest.mark.parametrize("code", ["TransactionCanceledException", "ThrottlingException"])
def test_any_other_reason_is_an_error(code: str) -> None:
    """Such as an item that is too large, or no answer at all."""
    client = Client(["None", "ValidationError"], code=code)
    with pytest.raises(ServiceError):
        attempted(client)
    assert 1 == client.calls


def test_only_a_cancelled_transaction_has_reasons() -> None:
    """The reasons of another error are none."""
    with pytest.raises(ServiceError):
        attempted(Client([FAILED], code="ThrottlingException"))
