"""The ledger: one entry a recipient of an issue, under `LEDGER#<issue>#<shard>`, `<hash>`.

Every change of an entry changes the sum of its page in the same transaction (see `page_sums`), so that the account of
an issue is a sum of pages.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dropcap.aws.conditional import expressions, names_in
from dropcap.aws.page_sums import EVENTS, SENDERS, reopening, sum_change
from dropcap.aws.subscribers import CONFIRMED_NOW, stamp, subscriber_key
from dropcap.aws.table import Table
from dropcap.aws.transactions import FAILED, Action, check_action, transact, update_action
from dropcap.errors import ConflictError
from dropcap.newsletter.address import shard_of
from dropcap.newsletter.ledger import LEASE, LEASED_AT, DeliveryState, LedgerEntry, LedgerLine, counter_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

IS_PREVIOUS = "#state = :previous"
NOT_LEASED = "attribute_not_exists(#pk) OR #state = :queued"
QUEUED, SENDING, REFUSED = DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.REFUSED
THEIRS = 1
"""The place of the subscriber's condition in the transaction that leases a mail."""
ROUNDS = 8
"""Most times an entry is read again because it was changed between reading and writing."""


class LeaseOutcome(Enum):
    """The result of leasing a mail."""

    MADE = auto()
    """The mail is ours to send."""
    TAKEN = auto()
    """Another sender has the lease, or the page has changed: visit the page again later."""
    NOT_CONFIRMED = auto()
    """The subscriber must not be written to."""


class Ledger:
    """The states of mails. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str, subscribers: str) -> None:
        """Store the CLIENT, the NAME of the newsletter's table and that of the SUBSCRIBERS."""
        self._client = client
        self._name = name
        self._subscribers = subscribers
        self._table = Table(client, name)

    def entries(self, issue: str, recipients: Iterable[str]) -> dict[str, LedgerEntry]:
        """Return the entries of ISSUE for RECIPIENTS, by recipient; those without one are queued."""
        items = self._table.get_all(ledger_key(issue, recipient) for recipient in recipients)
        return {item["sk"]: LedgerEntry.from_item(item) for item in items.values()}

    def lease(self, line: LedgerLine, name: str, now: datetime) -> LeaseOutcome:
        """Lease the mail of LINE under NAME, if the subscriber is confirmed now: one transaction."""
        attributes = {LEASE: name, LEASED_AT: stamp(now), "page": line.page}
        theirs = check_action(self._subscribers, subscriber_key(line.recipient), CONFIRMED_NOW)
        codes = self._move(line, "", SENDING, NOT_LEASED, attributes, theirs)
        if not codes:
            return LeaseOutcome.MADE
        failed = [place for place, code in enumerate(codes) if code == FAILED]
        return LeaseOutcome.NOT_CONFIRMED if failed == [THEIRS] else LeaseOutcome.TAKEN

    def release(self, line: LedgerLine, lease: str) -> None:
        """Undo LEASE: SES has definitely not accepted the mail. Does nothing once an event has reported on it."""
        where = "#state = :sending AND #claim = :lease"
        change = "SET #state = :queued, #rank = :rank REMOVE #claim, #claimed_at"
        values: dict[str, Any] = {"queued": str(QUEUED), "rank": QUEUED.rank, "sending": str(SENDING), "lease": lease}
        update = expressions(change=change, where=where, **values)
        actions = [update_action(self._name, ledger_key(line.issue, line.recipient), update)]
        transact(self._client, [*actions, *sum_change(self._name, line, SENDERS, str(SENDING), "")])

    def settle(self, line: LedgerLine, lease: str, state: DeliveryState, **details: str) -> None:
        """Record the STATE of the mail sent under LEASE, with DETAILS; an SES event may have recorded a later state."""
        before = previous = str(SENDING)
        for _ in range(ROUNDS):
            where = "#claim = :lease AND #state = :previous"
            if not self._move(line, before, state, where, details, lease=lease, previous=previous):
                return
            latest = self.entries(line.issue, [line.recipient]).get(line.recipient)
            if latest is None or latest.lease != lease or latest.state.rank >= state.rank:
                return
            before, previous = latest.counter, str(latest.state)
        raise ConflictError.unstable(f"the entry of {line.recipient}", ROUNDS)

    def leave_out(self, line: LedgerLine) -> bool:
        """Record that the recipient was not confirmed at their turn; return False if their mail is just being sent."""
        return not self._move(line, "", DeliveryState.LEFT, NOT_LEASED, {"page": line.page})

    def move_on(self, issue: str, recipient: str, state: DeliveryState, **details: str) -> bool:
        """Move an entry forward to STATE with DETAILS, as an SES event reports.

        Return False if it is as far already, does not exist, or the event is about a former mail.
        """
        for _ in range(ROUNDS):
            entry = self.entries(issue, [recipient]).get(recipient)
            if entry is None or entry.state.rank >= state.rank or details.get("message_id") in entry.former:
                return False
            line = LedgerLine(issue, recipient, entry.page)
            if not self._move(line, entry.counter, state, IS_PREVIOUS, details, previous=str(entry.state), by=EVENTS):
                return True
        raise ConflictError.unstable(f"the entry of {recipient}", ROUNDS)

    def requeue(self, line: LedgerLine, entry: LedgerEntry, page: str) -> bool:
        """Queue a refused mail of PAGE again, whose ENTRY was just read.

        Return False where it is refused no more, or the page is done. Events about the refused mail, known by its
        message id, will be ignored.
        """
        former = " ".join(filter(None, [*entry.former, entry.message_id]))
        change = (
            "SET #state = :queued, #rank = :rank, #former = :former REMOVE #claim, #claimed_at, #detail, #message_id"
        )
        values: dict[str, Any] = {"queued": str(QUEUED), "rank": QUEUED.rank, "former": former, "refused": str(REFUSED)}
        update = expressions(change=change, where="#state = :refused", **values)
        actions = [update_action(self._name, ledger_key(line.issue, line.recipient), update)]
        return not transact(self._client, [*actions, reopening(self._name, line, page, entry.counter)])

    def _move(  # noqa: PLR0913  # one transaction has these parts
        self,
        line: LedgerLine,
        before: str,
        state: DeliveryState,
        where: str,
        details: dict[str, str],
        *conditions: Action,
        by: str = SENDERS,
        **values: str,
    ) -> tuple[str, ...]:
        """Move the entry of LINE from counter BEFORE to STATE, with its page's sum, if WHERE and CONDITIONS hold."""
        written = {name: value for name, value in details.items() if value}
        change, names = _moving(where, tuple(written))
        texts = _STATES[state].copy()
        for name, value in (*written.items(), *values.items()):
            texts[f":{name}"] = {"S": value}
        if where is NOT_LEASED:
            texts[":queued"] = _QUEUED
        update = {
            "UpdateExpression": change,
            "ConditionExpression": where,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": texts,
        }
        after = counter_of(state, written.get("detail", ""))
        counted = sum_change(self._name, line, by, before, after)
        entry = update_action(self._name, ledger_key(line.issue, line.recipient), update)
        return transact(self._client, [entry, *conditions, *counted])


_STATES = {state: {":state": {"S": str(state)}, ":rank": {"N": str(state.rank)}} for state in DeliveryState}
"""The values of a state, which is written with every mail."""
_QUEUED = {"S": str(QUEUED)}


@lru_cache(maxsize=100)
def _moving(where: str, attributes: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Return the update that writes a state and ATTRIBUTES on the condition WHERE, and the names of both."""
    change = "SET #state = :state, #rank = :rank" + "".join(f", #{name} = :{name}" for name in attributes)
    change += "" if "detail" in attributes else " REMOVE #detail"
    return change, names_in(change, where)


def ledger_key(issue: str, recipient: str) -> tuple[str, str]:
    """Return the key of the entry of RECIPIENT in ISSUE."""
    return f"LEDGER#{issue}#{shard_of(recipient)}", recipient
