"""The queues between the steps. All methods raise ServiceError."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dropcap.aws.failures import service_errors
from dropcap.contracts import Cause, MakeView, Message, RemakeView
from dropcap.errors import ServiceError

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

BATCH, ROUNDS = 10, 4
"""SendMessageBatch takes so many messages; those that failed are sent again, in so many calls altogether."""
REQUESTED = "view-"
"""Begins the deduplication id of each request for a view, and of no other message."""
LONGEST_DELAY = 900
"""A message may be delayed by fifteen minutes, in seconds."""


class Queue:
    """A standard queue."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        """Store the CLIENT and the queue's URL."""
        self._client = client
        self._url = url

    def send(self, message: Message | str, *, delay: int = 0) -> None:
        """Send one MESSAGE, to be seen after DELAY seconds, 900 at most."""
        body = message if isinstance(message, str) else message.to_json()
        with service_errors("SendMessage"):
            self._client.send_message(QueueUrl=self._url, MessageBody=body, DelaySeconds=min(delay, LONGEST_DELAY))

    def send_all(self, messages: Iterable[Message]) -> None:
        """Send MESSAGES, ten a call."""
        _send_all(self._client, self._url, [{"MessageBody": message.to_json()} for message in messages])


class ViewQueue:
    """The FIFO queue of views: one message group a view, so that a view has one writer."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        """Store the CLIENT and the queue's URL."""
        self._client = client
        self._url = url

    def send(self, wanted: Mapping[str, tuple[str, Cause]]) -> None:
        """Request the views WANTED, each with the last stream record that requests it, and its cause.

        Record and view together make the deduplication id: the view alone would let a five-minute window swallow a
        second change. Both contain digests, since SQS allows 128 ASCII characters and no space.
        """
        entries = [
            {
                "MessageBody": MakeView(view, cause).to_json(),
                "MessageGroupId": _digest(view),
                "MessageDeduplicationId": REQUESTED + _digest(f"{record} {view}"),
            }
            for view, (record, cause) in wanted.items()
        ]
        _send_all(self._client, self._url, entries)


def is_redriven(deduplication_id: str | None) -> bool:
    """Return whether a message with DEDUPLICATION_ID is not as `ViewQueue` sent it, but comes from the dead letters.

    SQS replaces the id by that of the message when it moves it from a FIFO queue to its dead letters (SQS Developer
    Guide, "Configure a dead-letter queue redrive"). Its time is replaced too, and its receives are counted anew.
    """
    return not (deduplication_id or "").startswith(REQUESTED)


class KeptViews:
    """The FIFO queue of failed views, until the operator redrives them."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        """Store the CLIENT and the queue's URL."""
        self._client = client
        self._url = url

    def keep(self, message: RemakeView, letter: str) -> None:
        """Keep MESSAGE, in the message group of its view; LETTER is the id of the dead letter."""
        with service_errors("SendMessage"):
            self._client.send_message(
                QueueUrl=self._url,
                MessageBody=message.to_json(),
                MessageGroupId=_digest(message.view),
                MessageDeduplicationId=_digest(f"{letter} {message.view}"),
            )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _send_all(client: "SQSClient", url: str, entries: list[dict[str, Any]]) -> None:
    """Send ENTRIES, ten a call."""
    for start in range(0, len(entries), BATCH):
        _send_batch(
            client, url, [{"Id": str(number)} | entry for number, entry in enumerate(entries[start : start + BATCH])]
        )


def _send_batch(client: "SQSClient", url: str, entries: list[dict[str, Any]]) -> None:
    """Send ENTRIES, and those that SQS reports as failed again, in ROUNDS at most.

    A batch call may succeed for a part of its entries (SQS API reference). A handler that failed at the first such
    answer would start over each time, and might never finish many batches.
    """
    codes: set[str] = set()
    for _ in range(ROUNDS):
        with service_errors("SendMessageBatch"):
            answer = client.send_message_batch(QueueUrl=url, Entries=entries)  # type: ignore[arg-type]  # built above
        failures = {failure["Id"]: failure for failure in answer.get("Failed", ())}
        if not failures:
            return
        codes = {failure["Code"] for failure in failures.values()}
        if any(failure["SenderFault"] for failure in failures.values()):
            break
        entries = [entry for entry in entries if entry["Id"] in failures]
    raise ServiceError.refused("SendMessageBatch", ", ".join(sorted(codes)))
