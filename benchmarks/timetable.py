"""Delivery by the clock: a batch has the records that would be there on AWS at that moment, and no others.

The local cloud hands over what waits in batches as full as they get. Here every call takes its median latency, a
message or record is visible when the call that sends it has ended and its queue or stream has passed it on, invocations
overlap, and a shard has one at a time. An invocation runs as a whole at its start: others see its writes early.
"""

import heapq
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

from moto.sqs.models import Message

from dropcap_local.clock import has_come
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.event_source import Batch
from dropcap_local.events.invocation import forget_caches
from dropcap_local.events.stream_source import ShardSource
from dropcap_local.moto_patches.sqs_message_store import MessageStore, Pick
from recorded import name_of
from replay import Replay

JSON = dict[str, Any]


class Timetable:
    """When each call of a recording ends, in seconds since the epoch of CLOUD's clock, with the latencies of REPLAY."""

    def __init__(self, cloud: LocalCloud, replay: Replay) -> None:
        self._cloud = cloud
        self._replay = replay
        self._function: str | None = None
        self._now = 0.0
        self._sent: dict[str, float] = {}
        self._held: list[tuple[float, int, ShardSource, JSON]] = []
        self._numbers = count()
        self._lanes: dict[int, int] = {}
        self._free: dict[int, float] = {}
        self.lane: int | None = None
        """The number of the shard whose records are being processed; None for a queue."""

    def start(self, function: str) -> None:
        """Start an invocation of FUNCTION now; in a new container, it has nothing of earlier ones in its memory."""
        self._function = function
        self._now = self._replay.begin(function, time.time())
        if self._replay.started:
            forget_caches([f"dropcap.wiring.{function}"])

    def call(self, service: str, operation: str, produced: Collection[str]) -> None:
        """Advance the running invocation by a call that sends or writes what is PRODUCED."""
        self._now += self._replay.call(self._function or "", service, operation)
        self._sent |= dict.fromkeys(produced, self._now)

    def end(self) -> None:
        """End the running invocation."""
        if self._function:
            self._replay.end(self._function, self._now)
        self._function = None

    def settle(self) -> None:
        """Deliver until nothing is left, each message and record at its time."""
        while True:
            self._cloud.settle(timedelta())
            alarm = self._cloud.event_loop.next_alarm(leaping=True)
            moments = [moment for moment in (alarm, self._held[0][0] if self._held else None) if moment is not None]
            if not moments:
                return
            self._cloud.clock.leap(min(moments))
            self._release()

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Delay messages and records until the block ends."""
        add, finish, take = MessageStore.add, ShardSource.finish, ShardSource.take
        self._append = ShardSource.append

        def delayed(store: MessageStore, message: Message, group: str | None, until: float) -> None:
            add(store, message, group, max(until, self._arrival()))

        def held(shard: ShardSource, record: JSON) -> None:
            seen = self._sent.get(name_of(record), time.time()) + self._replay.latency("stream")
            heapq.heappush(self._held, (seen, next(self._numbers), shard, record))

        def taken(shard: ShardSource, limit: int, pick: Pick | None) -> Batch:
            self.lane = self._lanes.setdefault(id(shard), len(self._lanes))
            return take(shard, limit, pick)

        def finished(shard: ShardSource, batch: Batch, failed: Collection[str], comeback: float | None) -> None:
            self.lane, self._free[id(shard)] = None, self._now
            finish(shard, batch, failed, comeback)

        with (
            patch.object(MessageStore, "add", delayed),
            patch.object(ShardSource, "append", held),
            patch.object(ShardSource, "take", taken),
            patch.object(ShardSource, "finish", finished),
        ):
            yield

    def _arrival(self) -> float:
        """Return when a message is visible that is sent now: by the running invocation, or by an upload."""
        sent = self._now if self._function else time.time() + self._replay.latency("notification")
        return sent + self._replay.latency("queue")

    def _release(self) -> None:
        """Append the records that are visible by now to their shards; a shard that is busy gets them afterwards."""
        while self._held and has_come(self._held[0][0], time.time()):
            seen, number, shard, record = heapq.heappop(self._held)
            free = self._free.get(id(shard), 0.0)
            if has_come(free, time.time()):
                self._append(shard, record)
            else:
                heapq.heappush(self._held, (max(seen, free), number, shard, record))
