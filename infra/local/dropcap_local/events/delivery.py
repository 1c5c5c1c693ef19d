"""How the event loop delivers without faults: in the order of the flow, in full batches, on time."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import IntEnum, auto
from typing import Protocol

from dropcap_local.events.event_source import Batch, RecordSource
from dropcap_local.moto_patches.sqs_message_store import Pick


class Delivery(Protocol):
    """The choices that AWS leaves open: order, batch sizes, times and faults."""

    @property
    def eager(self) -> bool:
        """Return whether to take batches before their window closes."""

    @property
    def pick(self) -> Pick | None:
        """Return the function that chooses the next message group; None for the one that has waited longest."""

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose the source to read from next."""

    def limit(self, source: RecordSource) -> int:
        """Return the largest size of the next batch of SOURCE."""

    def is_impatient(self) -> bool:
        """Return whether to let time pass although a batch is ready."""

    def lateness(self) -> float:
        """Return how many seconds late the next schedule fires."""

    def comeback(self) -> float | None:
        """Return the seconds after which failed records are redelivered; None for AWS's own time."""

    def during(self, source: RecordSource, batch: Batch) -> AbstractContextManager[None]:
        """Surround the work of a handler on BATCH; raise Crash if it dies before Lambda has its answer."""


class ReliableDelivery:
    """Upstream first, so that many uploads need few builds of views; everything once and on time."""

    eager = False
    pick = None

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose the first: sources are in the template's order, which is that of the flow."""
        return ready[0]

    def limit(self, source: RecordSource) -> int:
        """Return the batch size of the mapping."""
        return source.mapping.batch_size

    def is_impatient(self) -> bool:
        """Return False."""
        return False

    def lateness(self) -> float:
        """Return 0: schedules fire on time."""
        return 0.0

    def comeback(self) -> float | None:
        """Leave it to the visibility timeout."""
        return None

    @contextmanager
    def during(self, source: RecordSource, batch: Batch) -> Iterator[None]:  # noqa: ARG002  # nothing goes wrong
        """Do nothing."""
        yield


class PhasedDelivery(ReliableDelivery):
    """Deliver as `ReliableDelivery`, but in phases that need the least work for many files.

    Uploads come first, then the whole stream, then the whole FIFO queue of views, and so on: a view that many records
    request is built once for all of them. Batching windows do not count, so sources that have one come last.
    """

    eager = True

    def __init__(self) -> None:
        self._phase = _Phase.UPLOADS

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose a source without phases first, then one of the current phase, then the first of the next phase."""
        phase_of = {id(source): _phase_of(source) for source in ready}
        phases = set(phase_of.values())
        if _Phase.UPLOADS in phases:
            phase = _Phase.UPLOADS
        else:
            self._phase = phase = self._phase if self._phase in phases else min(phases)
        return next(source for source in ready if phase_of[id(source)] == phase)


class _Phase(IntEnum):
    UPLOADS = auto()
    STREAM = auto()
    VIEWS = auto()
    WINDOWS = auto()


def _phase_of(source: RecordSource) -> _Phase:
    if source.mapping.kind == "stream":
        return _Phase.STREAM
    if source.mapping.arn.endswith(".fifo"):
        return _Phase.VIEWS
    return _Phase.WINDOWS if source.mapping.window else _Phase.UPLOADS
