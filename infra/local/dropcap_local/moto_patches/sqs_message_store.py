"""The messages of one SQS queue, in order, at a cost that hardly grows with their number.

One structure serves both kinds of queue: in a FIFO queue a message belongs to its group, in a standard queue each
message is a group of its own. One batch of a group is in flight at a time; a message that returns is again its first.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import count, islice

from moto.sqs.exceptions import ReceiptHandleIsInvalid
from moto.sqs.models import Message

from dropcap_local.clock import has_come
from dropcap_local.moto_patches.sqs_message_groups import InvisibleMessages, MessageGroups, QueuedMessage

DEDUPLICATION_SECONDS = 300
IN_SIGHT = 50
"""Number of groups at the head of the store from which fault injection may pick."""

Pick = Callable[[Sequence[str]], str]
MoveToDeadLetters = Callable[[Message, int], bool]


class MessageStore:
    """Waiting messages, invisible ones (delayed or in flight), and the deduplication ids of the last five minutes."""

    def __init__(self, move_to_dead_letters: MoveToDeadLetters) -> None:
        """Start empty. MOVE_TO_DEAD_LETTERS gets each returning message and its receives; True: it took it."""
        self.lock = threading.RLock()
        self._move_to_dead_letters = move_to_dead_letters
        self._orders = count(1)
        self._groups = MessageGroups()
        self._invisible = InvisibleMessages()
        self._receipts: dict[str, QueuedMessage | None] = {}
        self.deduplicated: dict[bytes, float] = {}
        """When each id was sent, by a digest of its scope (a group or the queue) and itself; in the order of time."""

    def __iter__(self) -> Iterator[Message]:
        """Return every message, in the order sent."""
        return (queued.message for queued in self.queued())

    def queued(self) -> list[QueuedMessage]:
        """Return every message with its place in this queue, in the order sent."""
        return sorted([*self._groups, *self._invisible])

    def clear(self) -> None:
        """Forget everything."""
        self._groups = MessageGroups()
        self._invisible = InvisibleMessages()
        self._receipts.clear()
        self.deduplicated.clear()

    def put_back(self, message: Message, group: str | None, receives: int, until: float | None) -> None:
        """Append MESSAGE of GROUP as it was in the queue of an earlier process, invisible UNTIL then, if not None."""
        order = next(self._orders)
        queued = QueuedMessage(order, message, group or f"message {order}", receives)
        if until is None:
            self._groups.add(queued)
        else:
            self._invisible.add(queued, until)

    @property
    def waiting(self) -> int:
        """Return the number of visible messages, once `wake` was called; some may be behind others of their group."""
        return self._groups.count

    @property
    def ready(self) -> bool:
        """Return whether a message can be received, once `wake` was called."""
        return bool(self._groups.open)

    @property
    def in_flight(self) -> int:
        """Return the number of messages that were received and not deleted yet."""
        return self._invisible.in_flight

    @property
    def delayed(self) -> int:
        """Return the number of messages that were sent with a delay which is not over."""
        return len(self._invisible) - self._invisible.in_flight

    def is_repeated(self, scope: str, identifier: str) -> bool:
        """Return whether IDENTIFIER was sent to SCOPE (a group or the queue) within five minutes; if not, remember it.

        SQS remembers an identifier even when its message has been deleted.
        """
        now = time.time()
        while self.deduplicated and now - next(iter(self.deduplicated.values())) >= DEDUPLICATION_SECONDS:
            del self.deduplicated[next(iter(self.deduplicated))]
        digest = blake2b(f"{scope} {identifier}".encode(), digest_size=16).digest()
        if digest in self.deduplicated:
            return True
        self.deduplicated[digest] = now
        return False

    def add(self, message: Message, group: str | None, until: float) -> None:
        """Append MESSAGE, visible from UNTIL on; without a group it is a group of its own."""
        with self.lock:
            order = next(self._orders)
            queued = QueuedMessage(order, message, group or f"message {order}")
            if has_come(until, time.time()):
                self._groups.add(queued)
            else:
                self._invisible.add(queued, until)

    def take(self, limit: int, visibility: float, pick: Pick | None = None) -> list[Message]:
        """Receive up to LIMIT messages: as many as there are of the first group, then of the next.

        They are invisible for VISIBILITY seconds. PICK chooses the next group in sight. By default that is the first
        one, and then those whose messages all have room: SQS returns as many of a group together as it can.
        """
        with self.lock:
            self.wake()
            taken: list[QueuedMessage] = []
            while self._groups.open and len(taken) < limit:
                in_sight = list(islice(self._groups.open, IN_SIGHT))
                group = pick(in_sight) if pick else self._whole(in_sight, limit - len(taken)) if taken else in_sight[0]
                if group is None:
                    break
                taken += self._groups.take(group, limit - len(taken))
            for queued in taken:
                self._receive(queued, time.time() + visibility)
            self.wake()
            return [queued.message for queued in taken]

    def _whole(self, groups: Sequence[str], room: int) -> str | None:
        """Return the first of GROUPS whose waiting messages fit into ROOM; None if none does."""
        return next((group for group in groups if self._groups.size(group) <= room), None)

    def delete(self, receipt: str) -> None:
        """Delete the message that was received with RECEIPT, visible or not; repeating this is harmless."""
        with self.lock:
            queued = self._received(receipt)
            self._receipts[receipt] = None
            if queued and queued.until is not None:
                self._invisible.remove(queued)
                self._end_flight(queued)
            elif queued:
                self._groups.remove(queued)

    def postpone(self, receipt: str, seconds: float) -> None:
        """Make the message in flight that was received with RECEIPT visible again in SECONDS."""
        with self.lock:
            queued = self._received(receipt)
            if queued and queued.until is not None:
                self._invisible.add(queued, time.time() + seconds)
                self.wake()

    def wake(self) -> None:
        """Make messages visible whose time has come; move those received too often to the dead letters."""
        with self.lock:
            for queued in self._invisible.awake(time.time()):
                if not self._move_to_dead_letters(queued.message, queued.receives):
                    self._groups.add(queued)
                self._end_flight(queued)

    def next_alarm(self) -> float | None:
        """Return the time at which the next message becomes visible, if any is invisible."""
        return self._invisible.next_alarm()

    def _receive(self, queued: QueuedMessage, until: float) -> None:
        message = queued.message
        message.approximate_first_receive_timestamp = message.approximate_first_receive_timestamp or _milliseconds()
        message.approximate_receive_count += 1
        message.receipt_handle = f"receipt-{queued.order}-{message.approximate_receive_count}"
        self._receipts[message.receipt_handle] = queued
        queued.receives += 1
        queued.in_flight = True
        self._invisible.add(queued, until)

    def _received(self, receipt: str) -> QueuedMessage | None:
        """Return the message received with RECEIPT; None if it was deleted with that receipt before."""
        if receipt not in self._receipts:
            raise ReceiptHandleIsInvalid
        return self._receipts[receipt]

    def _end_flight(self, queued: QueuedMessage) -> None:
        if queued.in_flight:
            queued.in_flight = False
            self._groups.release(queued.group)


def _milliseconds() -> int:
    return round(time.time() * 1000)
