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
from dropcap.newsletter.ledger import Entry, State

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOBODY_HAS_IT = "attribute_not_exists(#pk) OR #state = :queued"
QUEUED = str(State.QUEUED)


class Claim(Enum):
    """What came of trying to claim a mail."""

    MADE = auto()
    """It is ours to send, and nobody else's."""
    TAKEN = auto()
    """Somebody else was quicker, or somebody else is at it right now."""
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

    def entries(self, issue: str, recipients: Iterable[str]) -> dict[str, Entry]:
        """Give the entries there are of ISSUE for RECIPIENTS; who has none is queued."""
        found = self._table.get_all(_key(issue, recipient) for recipient in recipients)
        return {item["sk"]: Entry.from_item(item) for item in found.values()}

    def claim(self, issue: str, recipient: str, claim: str, now: datetime) -> Claim:
        """Claim the mail to RECIPIENT in the name of CLAIM, if the subscriber is confirmed now: one transaction."""
        sending = _moved_to(State.SENDING, NOBODY_HAS_IT, {"claim": claim, "claimed_at": stamp(now)}, queued=QUEUED)
        mine = {"TableName": self._name, "Key": image_of(_key(issue, recipient)), **sending}
        theirs = {"TableName": self._subscribers, "Key": image_of(subscriber_key(recipient)), **CONFIRMED_NOW}
        both: Any = [{"Update": mine}, {"ConditionCheck": theirs}]
        with service_errors("TransactWriteItems"):
            try:
                self._client.transact_write_items(TransactItems=both)
            except ClientError as error:
                return _why(error)
        return Claim.MADE

    def give_back(self, issue: str, recipient: str, claim: str) -> None:
        """Undo CLAIM: the mail was definitely not taken. Does nothing where an event has told of it after all."""
        asked = expressions(
            change="SET #state = :queued, #rank = :rank REMOVE #claim, #claimed_at",
            where="#state = :sending AND #claim = :claim",
            queued=QUEUED,
            rank=State.QUEUED.rank,
            sending=str(State.SENDING),
            claim=claim,
        )
        self._update(issue, recipient, asked)

    def settle(self, issue: str, recipient: str, claim: str, state: State, **told: str) -> None:
        """Say what came of the mail that CLAIM was made for, with what is TOLD of it; an event may have told more."""
        where = "#claim = :claim AND #rank < :rank"
        self._update(issue, recipient, _moved_to(state, where, told, claim=claim))

    def leave_out(self, issue: str, recipient: str) -> bool:
        """Say that RECIPIENT was not confirmed when it was their turn; False where their mail is under way already."""
        return self._update(issue, recipient, _moved_to(State.LEFT, NOBODY_HAS_IT, {}, queued=QUEUED))

    def move_on(self, issue: str, recipient: str, state: State, **told: str) -> bool:
        """Move an entry forward to STATE, and write what is TOLD; False where it is as far already, or not there."""
        return self._update(issue, recipient, _moved_to(state, "attribute_exists(#pk) AND #rank < :rank", told))

    def _update(self, issue: str, recipient: str, asked: dict[str, Any]) -> bool:
        return update(self._client, self._name, _key(issue, recipient), asked)


def _moved_to(state: State, where: str, told: Mapping[str, str], **also: str) -> dict[str, Any]:
    """Give the update that writes STATE and what is TOLD beside it, if WHERE holds; ALSO are more values for that."""
    given = {name: value for name, value in told.items() if value}
    change = "SET #state = :state, #rank = :rank" + "".join(f", #{name} = :{name}" for name in given)
    return expressions(change=change, where=where, state=str(state), rank=state.rank, **given, **also)


def _key(issue: str, recipient: str) -> tuple[str, str]:
    return f"LEDGER#{issue}#{shard_of(recipient)}", recipient


def _why(error: ClientError) -> Claim:
    """Sort a refused claim by the codes that the transaction gives for its two items, in order."""
    if code_of(error) != "TransactionCanceledException":
        raise error
    response: Mapping[str, Any] = error.response
    mine, theirs = (reason.get("Code") for reason in response["CancellationReasons"])
    if theirs == "ConditionalCheckFailed" and mine != "ConditionalCheckFailed":
        return Claim.NOT_CONFIRMED
    if "ConditionalCheckFailed" in {mine, theirs} or "TransactionConflict" in {mine, theirs}:
        return Claim.TAKEN
    raise error
