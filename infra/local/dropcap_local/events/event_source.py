"""The sources of the event loop: one interface for queues and for the shards of a stream."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dropcap_local.deploy.stack import EventSource
from dropcap_local.moto_patches.sqs_message_store import Pick

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of an event, and for each the identifier by which the handler's answer names it."""

    records: Sequence[JSON]
    identifiers: Sequence[str]


class RecordSource(Protocol):
    """A sequence of records for one function."""

    mapping: EventSource
    name: str
    patience: int
    """Most failed attempts of a record before it is given up."""

    def ready(self, *, eager: bool) -> bool:
        """Return whether a batch can be taken now; EAGER does not wait for the batching window."""

    def next_alarm(self) -> float | None:
        """Return the time (seconds since the epoch) at which this may become ready by itself."""

    def take(self, limit: int, pick: Pick | None) -> Batch:
        """Take up to LIMIT records."""

    def finish(self, batch: Batch, failed: Collection[str], comeback: float | None) -> None:
        """Delete BATCH, except the FAILED records, which return after COMEBACK seconds (None: AWS's own time)."""


def failed_records(batch: Batch, answer: object, mapping: EventSource) -> Collection[str]:
    """Return the records of BATCH that a handler's ANSWER reports as failed.

    No answer, or an empty one, is a success. An answer that Lambda cannot read is a failure of the whole batch
    (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
    """
    if not mapping.report_failures or not answer:
        return ()
    try:
        named = [failure["itemIdentifier"] for failure in answer["batchItemFailures"] or ()]  # type: ignore[index]  # JSON
    except (KeyError, TypeError):
        return batch.identifiers
    return named if set(named) <= set(batch.identifiers) else batch.identifiers
