"""The queues of a stack: how many messages wait in them, and where dead letters are moved."""

from collections.abc import Iterable, Mapping
from typing import Final

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


def waiting_in(stack: RemoteStack, names: Iterable[str]) -> dict[str, int]:
    """Return about how many messages are in the queues NAMES of STACK, those in work and those delayed included."""
    sqs = stack.client("sqs")
    counts: dict[str, int] = {}
    with reporting_refusals("read the queues"):
        for name in names:
            answer = sqs.get_queue_attributes(QueueUrl=stack.ids[name], AttributeNames=list(COUNTS))
            counts[name] = sum(int(answer["Attributes"][count]) for count in COUNTS)
    return counts
