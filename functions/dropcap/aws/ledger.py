"""The ledger: one entry a recipient of an issue, under `LEDGER#<issue>#<shard>`, `<hash>`. It outlives all."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dropcap.aws.conditional import expressions, image_of, update
from dropcap.aws.failures import code_of, service_errors
from dropcap.aws.subscribers import CONFIRMED_NOW, stamp, subscriber_key
from dropcap.aws.table import Table
from dropcap.newsletter.address import shard_of
from dropcap.newsletter.ledger import LEASE, LEASED_AT, DeliveryState, LedgerEntry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOT_LEASED = "attribute_not_exists(#pk) OR #state = :queued"
QUEUED = str(DeliveryState.QUEUED)


class LeaseOutcome(Enum):
    """The result of leasing a mail."""

    MADE = auto()
    """The mail is ours to send."""
    TAKEN = auto()
    """Another sender holds the lease or is just taking it."""
    NOT_CONFIRMED = auto()
    """The subscriber must not be written to."""


class Ledger:
    """What became of each mail. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str, subscribers: str) -> None:
        """Take the CLIENT to ask, the NAME of the newsletter's table and that of the SUBSCRIBERS."""
        self._client = client
        self._name = name
        self._subscribers = subscribers
        self._table = Table(client, name)

    def entries(self, issue: str, recipients: Iterable[str]) -> dict[str, LedgerEntry]:
        """Return the entries there are of ISSUE for RECIPIENTS; who has none is queued."""
        found = self._table.get_all(_key(issue, recipient) for recipient in recipients)
        return {item["sk"]: LedgerEntry.from_item(item) for item in found.values()}

    def lease(self, issue: str, recipient: str, name: str, now: datetime) -> LeaseOutcome:
        """Lease the mail to RECIPIENT under NAME, if the subscriber is confirmed now: one transaction."""
        sending = _moved_to(DeliveryState.SENDING, NOT_LEASED, {LEASE: name, LEASED_AT: stamp(now)}, queued=QUEUED)
        mine = {"TableName": self._name, "Key": image_of(_key(issue, recipient)), **sending}
        theirs = {"TableName": self._subscribers, "Key": image_of(subscriber_key(recipient)), **CONFIRMED_NOW}
        both: Any = [{"Update": mine}, {"ConditionCheck": theirs}]
        with service_errors("TransactWriteItems"):
            try:
                self._client.transact_write_items(TransactItems=both)
            except ClientError as error:
                return _why(error)
        return LeaseOutcome.MADE

    def release(self, issue: str, recipient: str, lease: str) -> None:
        """Undo LEASE: SES has definitely not accepted the mail. Does nothing once an event has reported on it."""
        asked = expressions(
            change="SET #state = :queued, #rank = :rank REMOVE #claim, #claimed_at",
            where="#state = :sending AND #claim = :lease",
            queued=QUEUED,
            rank=DeliveryState.QUEUED.rank,
            sending=str(DeliveryState.SENDING),
            lease=lease,
        )
        self._update(issue, recipient, asked)

    def settle(self, issue: str, recipient: str, lease: str, state: DeliveryState, **details: str) -> None:
        """Record the STATE of the mail sent under LEASE, with DETAILS; an SES event may have recorded a later state."""
        where = "#claim = :lease AND #rank < :rank"
        self._update(issue, recipient, _moved_to(state, where, details, lease=lease))

    def leave_out(self, issue: str, recipient: str) -> bool:
        """Record that RECIPIENT was not confirmed at their turn; return False where their mail is under way."""
        return self._update(issue, recipient, _moved_to(DeliveryState.LEFT, NOT_LEASED, {}, queued=QUEUED))

    def move_on(self, issue: str, recipient: str, state: DeliveryState, **details: str) -> bool:
        """Move an entry forward to STATE, and write what is TOLD; False where it is as far already, or not there."""
        return self._update(issue, recipient, _moved_to(state, "attribute_exists(#pk) AND #rank < :rank", details))

    def _update(self, issue: str, recipient: str, asked: dict[str, Any]) -> bool:
        return update(self._client, self._name, _key(issue, recipient), asked)


def _moved_to(state: DeliveryState, where: str, details: Mapping[str, str], **values: str) -> dict[str, Any]:
    """Return the update that writes STATE and DETAILS, if WHERE holds; VALUES are further values of the condition."""
    attributes = {name: value for name, value in details.items() if value}
    change = "SET #state = :state, #rank = :rank" + "".join(f", #{name} = :{name}" for name in attributes)
    return expressions(change=change, where=where, state=str(state), rank=state.rank, **attributes, **values)


def _key(issue: str, recipient: str) -> tuple[str, str]:
    return f"LEDGER#{issue}#{shard_of(recipient)}", recipient


def _why(error: ClientError) -> LeaseOutcome:
    """Classify a refused lease by the codes that the transaction gives for its two items, in order."""
    if code_of(error) != "TransactionCanceledException":
        raise error
    response: Mapping[str, Any] = error.response
    mine, theirs = (reason.get("Code") for reason in response["CancellationReasons"])
    if theirs == "ConditionalCheckFailed" and mine != "ConditionalCheckFailed":
        return LeaseOutcome.NOT_CONFIRMED
    if "ConditionalCheckFailed" in {mine, theirs} or "TransactionConflict" in {mine, theirs}:
        return LeaseOutcome.TAKEN
    raise error
