"""What a queue's line is made of: parcels, those asleep until their time, and groups that give one batch at a time."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from moto.sqs.models import Message

from dropcap_local.clock import has_come


@dataclass(order=True, slots=True)
class Parcel:
    """A message and its place in the line. `receives` counts in this queue alone, the message's own count in all."""

    order: int
    message: Message = field(compare=False)
    group: str = field(compare=False)
    receives: int = field(default=0, compare=False)
    until: float | None = field(default=None, compare=False)  # asleep until then
    in_flight: bool = field(default=False, compare=False)


class Sleepers:
    """Parcels that nobody sees until their time comes: delayed ones and those in flight."""

    def __init__(self) -> None:
        """Start empty."""
        self._parcels: dict[int, Parcel] = {}
        self._alarms: list[tuple[float, int]] = []
        self.in_flight = 0

    def __len__(self) -> int:
        """Count them."""
        return len(self._parcels)

    def __iter__(self) -> Iterator[Parcel]:
        """Give them in no useful order."""
        return iter(self._parcels.values())

    def add(self, parcel: Parcel, until: float) -> None:
        """Let PARCEL sleep until UNTIL; one that sleeps already gets a new alarm."""
        if parcel.order not in self._parcels:
            self.in_flight += parcel.in_flight
        self._parcels[parcel.order] = parcel
        parcel.until = until
        heapq.heappush(self._alarms, (until, parcel.order))

    def remove(self, parcel: Parcel) -> None:
        """Let PARCEL sleep no longer."""
        del self._parcels[parcel.order]
        self.in_flight -= parcel.in_flight
        parcel.until = None

    def next_alarm(self) -> float | None:
        """Give the moment when the next one wakes, if any sleeps; alarms that have been set anew are dropped."""
        while self._alarms:
            until, order = self._alarms[0]
            if order in self._parcels and self._parcels[order].until == until:
                return until
            heapq.heappop(self._alarms)
        return None

    def awake(self, now: float) -> Iterator[Parcel]:
        """Remove and give those whose time has come."""
        while (until := self.next_alarm()) is not None and has_come(until, now):
            parcel = self._parcels[self._alarms[0][1]]
            self.remove(parcel)
            yield parcel


class Groups:
    """Parcels that wait, by message group. A group of which something is in flight gives nothing."""

    def __init__(self) -> None:
        """Start empty."""
        self._waiting: dict[str, list[Parcel]] = {}
        self._busy: dict[str, int] = {}
        self.open: dict[str, None] = {}  # in the order in which they came to have something to give
        self.count = 0

    def __iter__(self) -> Iterator[Parcel]:
        """Give the waiting parcels, in no useful order."""
        return (parcel for group in self._waiting.values() for parcel in group)

    def add(self, parcel: Parcel) -> None:
        """Let PARCEL wait in its group, in the order in which it was sent."""
        heapq.heappush(self._waiting.setdefault(parcel.group, []), parcel)
        self.count += 1
        self._reopen(parcel.group)

    def remove(self, parcel: Parcel) -> None:
        """Take PARCEL out, if it waits."""
        waiting = self._waiting.get(parcel.group, [])
        if parcel in waiting:
            waiting.remove(parcel)
            heapq.heapify(waiting)
            self.count -= 1
            self._close_if_empty(parcel.group)

    def take(self, group: str, limit: int) -> list[Parcel]:
        """Take up to LIMIT parcels of GROUP, the oldest first. It is closed until each of them has been released."""
        waiting = self._waiting[group]
        taken = [heapq.heappop(waiting) for _ in range(min(limit, len(waiting)))]
        self.count -= len(taken)
        self._busy[group] = len(taken)
        self._close_if_empty(group)
        self.open.pop(group, None)
        return taken

    def release(self, group: str) -> None:
        """Say that one parcel of GROUP is no longer in flight."""
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
