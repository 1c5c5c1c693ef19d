"""How the event loop delivers when nothing goes wrong: in the river's order, in full batches, on time."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from dropcap_local.events.event_source import Batch, RecordSource
from dropcap_local.moto_patches.sqs_message_store import Pick


class Delivery(Protocol):
    """Whatever AWS leaves open: order, sizes, times, and what goes wrong."""

    @property
    def eager(self) -> bool:
        """Return whether to take batches before their window closes."""

    @property
    def pick(self) -> Pick | None:
        """Choose the next message group; None for the one that has waited longest."""

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose the source to draw from next."""

    def limit(self, source: RecordSource) -> int:
        """Return how large the next batch of SOURCE may be."""

    def is_impatient(self) -> bool:
        """Return whether to let time pass although something is ready."""

    def lateness(self) -> float:
        """Return how many seconds late the next schedule fires."""

    def comeback(self) -> float | None:
        """Say in how many seconds what failed comes back; None for as AWS does."""

    def during(self, source: RecordSource, batch: Batch) -> AbstractContextManager[None]:
        """Surround the work of a handler on BATCH; raise Crash where it dies before Lambda has its answer."""


class ReliableDelivery:
    """Upstream first, so that a bulk of uploads makes few views; everything once and on time."""

    eager = False
    pick = None

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose the first: sources stand in the template's order, which is the river's."""
        return ready[0]

    def limit(self, source: RecordSource) -> int:
        """Say what the mapping says."""
        return source.mapping.batch_size

    def is_impatient(self) -> bool:
        """Return False."""
        return False

    def lateness(self) -> float:
        """Say not at all."""
        return 0.0

    def comeback(self) -> float | None:
        """Leave it to the visibility timeout."""
        return None

    @contextmanager
    def during(self, source: RecordSource, batch: Batch) -> Iterator[None]:  # noqa: ARG002  # nothing goes wrong
        """Do nothing."""
        yield
