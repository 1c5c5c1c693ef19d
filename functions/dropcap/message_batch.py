"""Handle a batch of messages one by one: log each failure with its context, and return only that message to the queue.

Powertools' processor imports the classes of all services' events and asyncio, a tenth of a cold start. It also logs a
failure at the level DEBUG only, and keeps the log's context from one message to the next.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools import Logger

TRIES = 10
"""Tries of a message; the few receives that remain after them only report the failure to its author."""


@dataclass(frozen=True, slots=True)
class QueueMessage:
    """One message of an event of SQS, as Lambda receives it: RECORD."""

    record: Mapping[str, Any]

    @property
    def body(self) -> str:
        """Return its text."""
        return str(self.record["body"])

    @property
    def message_id(self) -> str:
        """Return the id by which an answer names it."""
        return str(self.record["messageId"])

    @property
    def group(self) -> str | None:
        """Return its message group, None in a queue without groups."""
        return self._attributes.get("MessageGroupId")

    @property
    def receives(self) -> int:
        """Return how often it was received, this time included."""
        return int(self._attributes.get("ApproximateReceiveCount", 1))

    @property
    def _attributes(self) -> Mapping[str, Any]:
        attributes: Mapping[str, Any] = self.record.get("attributes", {})
        return attributes


def each_message(
    records: Iterable[Mapping[str, Any]], logger: Logger, handle: Callable[[QueueMessage], None]
) -> dict[str, Any]:
    """Call HANDLE with every message of RECORDS; return Lambda's answer with the ids of those that failed.

    After a failure, the other messages of its group fail untried: a group keeps its order.
    """
    failed: list[str] = []
    failed_groups: set[str] = set()
    for message in map(QueueMessage, records):
        logger.clear_state()
        if message.group in failed_groups:
            failed.append(message.message_id)
            continue
        try:
            handle(message)
        except Exception:
            logger.exception("failed", message_id=message.message_id)
            failed.append(message.message_id)
            failed_groups |= {message.group} if message.group else set()
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def is_given_up(message: QueueMessage) -> bool:
    """Return whether every try of MESSAGE is used up, so that only its failure is to be reported.

    A redrive from a dead-letter queue starts the count anew. The queue's `maxReceiveCount` leaves some receives for the
    report; polling a dead-letter queue would cost money all month.
    """
    return message.receives > TRIES
