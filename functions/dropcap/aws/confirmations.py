"""Confirmation mails that were sent: per inbox, and per day for the whole site.

INBOX#<hash>  INBOX         when the last ones were sent to an inbox, for all spellings of its address
BUDGET        <YYYY-MM-DD>  how many were sent on a day (UTC)

Both carry `expires`, the table's time to live. The hash is of the address without its plus and dots.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dropcap.aws.conditional import expressions
from dropcap.aws.subscribers import PENDING, stamp, subscriber_key
from dropcap.aws.table import Table
from dropcap.aws.transactions import FAILED, Action, transact, update_action
from dropcap.newsletter.subscription import COUNT_KEPT_FOR, Subscriber

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BUDGET_KEPT_FOR = timedelta(days=3)


class Start(StrEnum):
    """The result of starting a confirmation mail."""

    STARTED = "started"
    CHANGED = "changed"
    """Another sender was quicker, or the subscriber is not pending any more."""
    BUDGET_SPENT = "budget spent"


@dataclass(frozen=True, slots=True)
class SentBefore:
    """When confirmation mails were SENT to an INBOX before; STORED is its form in the table, or None."""

    inbox: str
    sent: tuple[datetime, ...]
    stored: str | None


class Confirmations:
    """Counts confirmation mails. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        """Store the CLIENT and the NAME of the subscribers' table."""
        self._client = client
        self._name = name
        self._table = Table(client, name)

    def sent_before(self, inbox: str, subscriber: Subscriber) -> SentBefore:
        """Return when mails were sent to INBOX; at least when the last one was sent to SUBSCRIBER."""
        item = self._table.get(_inbox_key(inbox))
        if item:
            return SentBefore(inbox, tuple(map(datetime.fromisoformat, item["sent"].split())), item["sent"])
        return SentBefore(inbox, (subscriber.asked_at,) if subscriber.asked_at else (), None)

    def start(self, subscriber: str, before: SentBefore, now: datetime, budget: int) -> Start:
        """Count the confirmation mail to SUBSCRIBER that is about to be sent, if nothing has changed since BEFORE.

        All together may be no more than the BUDGET of the day.
        """
        mark = expressions(change="SET #asked_at = :now", where="#standing = :pending", pending=PENDING, now=stamp(now))
        spent = expressions(
            change="SET #expires = :expires ADD #sent :step",
            where="attribute_not_exists(#sent) OR #sent < :budget",
            step=1,
            budget=budget,
            expires=_second(now + BUDGET_KEPT_FOR),
        )
        actions = [
            update_action(self._name, _budget_key(now), spent),
            update_action(self._name, subscriber_key(subscriber), mark),
            self._counted(before, (*before.sent, now), now),
        ]
        codes = ("budget",) if budget <= 0 else transact(self._client, actions)
        if not codes:
            return Start.STARTED
        return Start.BUDGET_SPENT if codes[0] in {"budget", FAILED} else Start.CHANGED

    def undo(self, subscriber: str, before: SentBefore, started: datetime) -> None:
        """Remove the mail STARTED at that time from the count: SES has definitely not accepted it."""
        mark = expressions(change="REMOVE #asked_at", where="#asked_at = :started", started=stamp(started))
        unspent = expressions(change="ADD #sent :less", where="#sent > :zero", less=-1, zero=0)
        stored = SentBefore(before.inbox, before.sent, _stored((*before.sent, started)))
        actions = [
            update_action(self._name, subscriber_key(subscriber), mark),
            update_action(self._name, _budget_key(started), unspent),
            self._counted(stored, before.sent, started),
        ]
        transact(self._client, actions)

    def forget(self, inbox: str) -> None:
        """Delete the count of INBOX: its owner has confirmed, or is erased."""
        self._table.commit([], [_inbox_key(inbox)])

    def _counted(self, before: SentBefore, sent: Iterable[datetime], now: datetime) -> Action:
        """Return the action that writes SENT for the inbox, if the table still has it as BEFORE."""
        where = "attribute_not_exists(#pk)" if before.stored is None else "#sent = :before"
        values: dict[str, Any] = {} if before.stored is None else {"before": before.stored}
        arguments = expressions(
            change="SET #sent = :sent, #expires = :expires",
            where=where,
            sent=_stored(sent),
            expires=_second(now + COUNT_KEPT_FOR),
            **values,
        )
        return update_action(self._name, _inbox_key(before.inbox), arguments)


def _stored(sent: Iterable[datetime]) -> str:
    return " ".join(map(stamp, sent))


def _second(when: datetime) -> int:
    return int(when.timestamp())


def _inbox_key(inbox: str) -> tuple[str, str]:
    return f"INBOX#{inbox}", "INBOX"


def _budget_key(now: datetime) -> tuple[str, str]:
    return "BUDGET", now.astimezone(UTC).date().isoformat()
