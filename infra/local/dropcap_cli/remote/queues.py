"""The queues of a stack: how many messages wait in them, and how dead letters are moved back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_cli.remote.stack_lookup import RemoteStack

COUNTS: Final = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
DESTINATIONS: Final[Mapping[str, str]] = {
    "UnreportedDeadLetters": "UploadQueue",
    "BulkDeadLetters": "BulkQueue",
    "UnmadeDeadLetters": "ViewQueue",
    "UnsentDeadLetters": "IssueQueue",
    "DeliveryDeadLetters": "DeliveryQueue",
    "FeedbackDeadLetters": "FeedbackQueue",
    "EdgeDeadLetters": "EdgeQueue",
}
"""The queue to which messages of each dead-letter queue are moved. Steps are idempotent: moving twice is harmless."""
OTHERS: Final[Mapping[str, str]] = {
    "IndexDeadLetters": "it contains positions in the stream, not messages: type dropcap rebuild",
    "ReconcileDeadLetters": "the comparison runs again within a day",
}
"""Dead-letter queues whose messages cannot be moved, and the remedy."""
HIDDEN = 60
"""Seconds for which a message that is being moved is hidden from others."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message in a dead-letter queue: its RECEIPT and BODY, and in a FIFO queue its GROUP."""

    identifier: str
    receipt: str
    body: str
    group: str | None

    @property
    def summary(self) -> str:
        """Return the message's name and its subject, without personal data."""
        try:
            content = json.loads(self.body)
        except ValueError:
            return "not JSON"
        if not isinstance(content, dict):
            return "not an object"
        about = next((str(content[name]) for name in ("view", "key", "issue") if name in content), "")
        return f"{content.get('message', 'event')} {about}".strip()


def waiting_in(stack: RemoteStack, names: Iterable[str]) -> dict[str, int]:
    """Return about how many messages are in the queues NAMES of STACK, those in work and those delayed included."""
    sqs = stack.client("sqs")
    counts: dict[str, int] = {}
    with reporting_refusals("read the queues"):
        for name in names:
            answer = sqs.get_queue_attributes(QueueUrl=stack.ids[name], AttributeNames=list(COUNTS))
            counts[name] = sum(int(answer["Attributes"][count]) for count in COUNTS)
    return counts


def dead_letters(stack: RemoteStack, queue: str) -> Iterator[DeadLetter]:
    """Yield the messages in QUEUE of STACK, each once; they are hidden from others for a minute."""
    sqs, yielded = stack.client("sqs"), set[str]()
    while True:
        with reporting_refusals(f"read {queue}"):
            answer = sqs.receive_message(
                QueueUrl=stack.ids[queue],
                MaxNumberOfMessages=10,
                VisibilityTimeout=HIDDEN,
                MessageSystemAttributeNames=["MessageGroupId"],
            )
        fresh = [message for message in answer.get("Messages", ()) if message["MessageId"] not in yielded]
        if not fresh:
            return
        for message in fresh:
            yielded.add(message["MessageId"])
            group = message.get("Attributes", {}).get("MessageGroupId")
            yield DeadLetter(message["MessageId"], message["ReceiptHandle"], message["Body"], group)


def move(stack: RemoteStack, queue: str, letter: DeadLetter) -> None:
    """Send LETTER to its destination, then delete it: in this order it may be handled twice, but is never lost."""
    sqs, destination = stack.client("sqs"), stack.ids[DESTINATIONS[queue]]
    ordered: dict[str, Any] = (
        {"MessageGroupId": letter.group, "MessageDeduplicationId": letter.identifier} if letter.group else {}
    )
    with reporting_refusals(f"move messages of {queue}"):
        sqs.send_message(QueueUrl=destination, MessageBody=letter.body, **ordered)
        sqs.delete_message(QueueUrl=stack.ids[queue], ReceiptHandle=letter.receipt)
