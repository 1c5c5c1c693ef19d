"""Handle a batch of messages one by one: log each failure with its context, and return only that message to the queue.

Powertools' own processor logs a failure at the level DEBUG only, and keeps the log's context from one message to
the next.
"""

from collections.abc import Callable
from typing import Any

from dropcap.powertools import (
    BatchProcessor,
    EventType,
    LambdaContext,
    Logger,
    SqsFifoPartialProcessor,
    SQSRecord,
    process_partial_response,
)

TRIES = 10
"""Tries of a message; the few receives that remain after them only report the failure to its author."""


def each_message(
    event: dict[str, Any],
    context: LambdaContext,
    logger: Logger,
    handle: Callable[[SQSRecord], None],
    *,
    in_groups: bool = False,
) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Call HANDLE with every message of EVENT; return Lambda's answer with the ids of those that failed.

    IN_GROUPS, the messages of a group that come after a failed one fail untried: a group keeps its order.
    """

    def handled(record: SQSRecord) -> None:  # Powertools calls it by this name
        logger.clear_state()
        try:
            handle(record)
        except Exception:
            logger.exception("failed", message_id=record.message_id)
            raise

    processor = SqsFifoPartialProcessor(skip_group_on_error=True) if in_groups else BatchProcessor(EventType.SQS)
    processor.raise_on_entire_batch_failure = False
    return process_partial_response(event, handled, processor, context)


def is_given_up(record: SQSRecord) -> bool:
    """Return whether every try of the message in RECORD is used up, so that only its failure is to be reported.

    A redrive from a dead-letter queue starts the count anew. The queue's `maxReceiveCount` leaves some receives for the
    report; polling a dead-letter queue would cost money all month.
    """
    return int(record.raw_event.get("attributes", {}).get("ApproximateReceiveCount", 1)) > TRIES
