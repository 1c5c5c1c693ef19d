"""The parts of a message store: invisible messages, and message groups that deliver one batch at a time."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from moto.sqs.models import Message

from dropcap_local.clock import has_come


@dataclass(order=True, slots=True)
class QueuedMessage:
    """A message and its place in the store. `receives` counts in this queue alone, the message's own count in all."""

    order: int
    message: Message = field(compare=False)
    group: str = field(compare=False)
    receives: int = field(default=0, compare=False)
    until: float | None = field(default=None, compare=False)  # invisible until then
    in_flight: bool = field(default=False, compare=False)


class InvisibleMessages:
    """Messages that cannot be received until a given time: delayed ones and those in flight."""

    def __init__(self) -> None:
        """Start empty."""
        self._messages: dict[int, QueuedMessage] = {}
        self._alarms: list[tuple[float, int]] = []
        self.in_flight = 0

    def __len__(self) -> int:
        """Return their number."""
        return len(self._messages)

    def __iter__(self) -> Iterator[QueuedMessage]:
        """Return them in no particular order."""
        return iter(self._messages.values())

    def add(self, queued: QueuedMessage, until: float) -> None:
        """Make QUEUED invisible until UNTIL, which replaces an earlier time."""
        if queued.order not in self._messages:
            self.in_flight += queued.in_flight
        self._messages[queued.order] = queued
        queued.until = until
        heapq.heappush(self._alarms, (until, queued.order))

    def remove(self, queued: QueuedMessage) -> None:
        """Remove QUEUED."""
        del self._messages[queued.order]
        self.in_flight -= queued.in_flight
        queued.until = None

    def next_alarm(self) -> float | None:
        """Return the time at which the next one becomes visible, if any; drop alarms that were replaced."""
        while self._alarms:
            until, order = self._alarms[0]
            if order in self._messages and self._messages[order].until == until:
                return until
            heapq.heappop(self._alarms)
        return None

    def awake(self, now: float) -> Iterator[QueuedMessage]:
        """Remove and yield those whose time has come."""
        while (until := self.next_alarm()) is not None and has_come(until, now):
            queued = self._messages[self._alarms[0][1]]
            self.remove(queued)
            yield queued


class MessageGroups:
    """Waiting messages, by message group. No message is received from a group that has one in flight."""

    def __init__(self) -> None:
        """Start empty."""
        self._waiting: dict[str, list[QueuedMessage]] = {}
        self._busy: dict[str, int] = {}
        self.open: dict[str, None] = {}  # in the order in which they became available
        self.count = 0

    def __iter__(self) -> Iterator[QueuedMessage]:
        """Return the waiting messages, in no particular order."""
        return (queued for group in self._waiting.values() for queued in group)

    def add(self, queued: QueuedMessage) -> None:
        """Put QUEUED into its group, in the order in which messages were sent."""
        heapq.heappush(self._waiting.setdefault(queued.group, []), queued)
        self.count += 1
        self._reopen(queued.group)

    def remove(self, queued: QueuedMessage) -> None:
        """Remove QUEUED, if it waits."""
        waiting = self._waiting.get(queued.group, [])
        if queued in waiting:
            waiting.remove(queued)
            heapq.heapify(waiting)
            self.count -= 1
            self._close_if_empty(queued.group)

    def size(self, group: str) -> int:
        """Return how many messages of GROUP wait."""
        return len(self._waiting.get(group, ()))

    def take(self, group: str, limit: int) -> list[QueuedMessage]:
        """Take up to LIMIT messages of GROUP, the oldest first. It is closed until each of them has been released."""
        waiting = self._waiting[group]
        taken = [heapq.heappop(waiting) for _ in range(min(limit, len(waiting)))]
        self.count -= len(taken)
        self._busy[group] = len(taken)
        self._close_if_empty(group)
        self.open.pop(group, None)
        return taken

    def release(self, group: str) -> None:
        """Record that one queued message of GROUP is no longer in flight."""
        self._busy[group] -= 1
        if not self._busy[group]:
            del self._busy[group]
            self._reopen(group)

    def _reopen(self, group: str) -> None:
        if group in self._waiting and group not in self._busy:
            self.open.setdefault(group)

    def _close_if_empty(self, group: str) -> None:
        if not self._waiting[group]:
            del self._waiting[group]
            self.open.pop(group, None)
