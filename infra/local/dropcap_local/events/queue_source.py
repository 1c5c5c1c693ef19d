"""An SQS queue as a source: batches, batching window, visibility timeout."""

import json
import time
from collections.abc import Collection

from moto.sqs.models import Message

from dropcap_local.clock import has_come
from dropcap_local.deploy.stack import EventSource, QueueResource
from dropcap_local.events.event_source import JSON, Batch
from dropcap_local.events.filters import passes
from dropcap_local.moto_patches.sqs_message_store import MessageStore, Pick
from dropcap_local.moto_patches.sqs_storage import SOURCE_OF_DEAD_LETTER


class QueueSource:
    """Reads one queue for one function."""

    def __init__(self, mapping: EventSource, queue: QueueResource, store: MessageStore) -> None:
        """Read from STORE, which has the messages of QUEUE."""
        self.mapping = mapping
        self.name = queue.logical_id
        self.patience = (queue.maximum_receives or 100) - 1
        self._queue = queue
        self._store = store
        self._window = 0 if queue.fifo else mapping.window  # a FIFO queue has none
        self._since: float | None = None

    def ready(self, *, eager: bool) -> bool:
        """Return whether a batch can be taken now; EAGER does not wait for the batching window."""
        self._store.wake()
        if not self._store.ready:
            self._since = None
            return False
        now = time.time()
        self._since = now if self._since is None else self._since
        full = self._store.waiting >= self.mapping.batch_size
        return eager or full or has_come(self._since + self._window, now)

    def next_alarm(self) -> float | None:
        """Return the moment when the window closes or a message becomes visible."""
        gathered = None if self._since is None else self._since + self._window
        return min((moment for moment in (gathered, self._store.next_alarm()) if moment is not None), default=None)

    def take(self, limit: int, pick: Pick | None) -> Batch:
        """Receive up to LIMIT messages; those that the filters stop are deleted, as Lambda deletes them."""
        self._since = None
        messages = self._store.take(limit, self._queue.visibility, pick)
        records = [record for message in messages if self._passes(record := _record(message, self._queue))]
        return Batch(records, [record["messageId"] for record in records])

    def finish(self, batch: Batch, failed: Collection[str], comeback: float | None) -> None:
        """Delete the messages of BATCH, except those FAILED."""
        for record in batch.records:
            if record["messageId"] not in failed:
                self._store.delete(record["receiptHandle"])
            elif comeback is not None:
                self._store.postpone(record["receiptHandle"], comeback)

    def _passes(self, record: JSON) -> bool:
        """Apply the filters, which see a JSON body as JSON; a message that they stop is deleted."""
        if not self.mapping.filters:
            return True
        try:
            body = json.loads(record["body"])
        except ValueError:
            body = record["body"]
        passed = passes({**record, "body": body}, self.mapping.filters)
        if not passed:
            self._store.delete(record["receiptHandle"])
        return passed


def _record(message: Message, queue: QueueResource) -> JSON:
    """Return MESSAGE in the form in which Lambda passes it to a function."""
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": {name: str(value) for name, value in _attributes(message).items() if value is not None},
        "messageAttributes": {name: _attribute(value) for name, value in message.message_attributes.items()},
        "md5OfBody": message.body_md5,
        "eventSource": "aws:sqs",
        "eventSourceARN": queue.arn,
        "awsRegion": queue.arn.split(":")[3],
    }


def _attributes(message: Message) -> JSON:
    return {
        "ApproximateReceiveCount": message.approximate_receive_count,
        "SentTimestamp": message.sent_timestamp,
        "SenderId": message.sender_id,
        "ApproximateFirstReceiveTimestamp": message.approximate_first_receive_timestamp,
        "MessageGroupId": message.group_id,
        "MessageDeduplicationId": message.deduplication_id,
        "SequenceNumber": message.sequence_number,
        SOURCE_OF_DEAD_LETTER: message.system_attributes.get(SOURCE_OF_DEAD_LETTER, {}).get("StringValue"),
    }


def _attribute(attribute: JSON) -> JSON:
    value = (
        {"stringValue": attribute["StringValue"]}
        if "StringValue" in attribute
        else {"binaryValue": attribute["BinaryValue"]}
    )
    return {**value, "stringListValues": [], "binaryListValues": [], "dataType": attribute["DataType"]}
