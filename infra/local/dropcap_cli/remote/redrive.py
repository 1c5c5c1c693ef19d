"""The messages of a dead-letter queue: count them by kind, or move all of them back.

Counting makes each message visible again at once. A move sends and deletes one batch before it receives the next, so
that no message waits for longer than SQS hides it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dropcap_cli.remote.dead_letters import DeadLetter, DeadLetterQueue
from dropcap_local.usage_error import UsageError

MOST_READ: Final = 300
"""Messages that are counted by kind, at most: the first must not be visible again before the last is received."""


def kinds_in(queue: DeadLetterQueue) -> Counter[str]:
    """Return how many messages of each kind can be received from QUEUE, of 300 at most; they stay in it.

    Of a group in a FIFO queue these are ten at most: SQS hides the others as long as those are hidden.
    """
    seen: dict[str, DeadLetter] = {}
    try:
        for batch in queue.batches(seen):
            seen |= {letter.identifier: letter for letter in batch}
            if len(seen) >= MOST_READ or (seen and not batch):
                break
    finally:
        queue.release(list(seen.values()))
    return Counter(letter.summary for letter in seen.values())


@dataclass(frozen=True, slots=True)
class Failure:
    """A MESSAGE, named by its kind, that was not moved or not deleted, and the REASON."""

    message: str
    reason: str

    def to_json(self) -> dict[str, str]:
        """Return the failure for programs."""
        return {"message": self.message, "reason": self.reason}


class Redrive:
    """A move of all messages of a dead-letter queue to its destination.

    It moves at most twice as many messages as the queue has at the start. Otherwise it would not end while messages
    come back as fast as they are moved, because nobody fixed the cause.
    """

    def __init__(self, queue: DeadLetterQueue) -> None:
        """Move the messages of QUEUE."""
        self.queue = queue
        self.moved: dict[str, str] = {}
        """The kinds of the messages that were moved, by their identifiers."""
        self.failures: dict[str, Failure] = {}
        """The messages that are still in the queue although they were tried, by their identifiers."""
        self.stopped = ""
        """Why the move ended early, if it did."""
        self.left = 0
        """About how many messages the queue has at the end, those that failed included."""
        self._sent: set[str] = set()

    def run(self, show: Callable[[str], None]) -> None:
        """Move the messages; SHOW is called with the progress. Raise UsageError only if nothing was changed."""
        self.left = expected = self.queue.count()
        try:
            self._move_all(expected, show)
        except UsageError as error:
            if not (self._sent or self.failures):
                raise
            self.stopped = str(error)
            self.left = max(expected - len(self.moved), len(self.failures))

    def _move_all(self, expected: int, show: Callable[[str], None]) -> None:
        most = 2 * max(expected, 1)
        for batch in self.queue.batches(self.failures):
            for letter in batch:
                self._move(letter)
            tried = len(self.moved) + len(self.failures)
            show(f"Moving {self.queue.name}: {len(self.moved)} of about {expected}")
            if batch and tried >= expected and (self._counted() <= len(self.failures) or tried >= most):
                return
        self._counted()

    def _counted(self) -> int:
        self.left = self.queue.count()
        return self.left

    def _move(self, letter: DeadLetter) -> None:
        """Send LETTER, then delete it: in this order it may be handled twice, but is never lost."""
        try:
            if letter.identifier not in self._sent:  # a standard queue may return a message after its deletion
                self.queue.send(letter)
                self._sent.add(letter.identifier)
            self.queue.delete(letter)
        except UsageError as error:
            self.failures[letter.identifier] = Failure(letter.summary, str(error))
        else:
            self.moved[letter.identifier] = letter.summary
