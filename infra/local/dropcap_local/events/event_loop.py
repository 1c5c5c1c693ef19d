"""The event loop: does what Lambda's event source mappings and the scheduler do, one batch at a time."""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from dropcap_local.clock import Clock
from dropcap_local.deploy.stack import Function
from dropcap_local.events.calls import CallbackError, Crash
from dropcap_local.events.delivery import Delivery
from dropcap_local.events.event_source import Batch, RecordSource, failed_records
from dropcap_local.events.invocation import FunctionInvoker
from dropcap_local.events.schedules import OneTimeSchedules

log = logging.getLogger(__name__)

OnHop = Callable[[str, str, float], None]


class NotSettled(AssertionError):  # noqa: N818  # a finding of a test
    """The pipeline does not become idle: a message keeps causing others."""


class EventLoop:
    """Delivers the records in queues, streams and schedules to the functions."""

    def __init__(
        self,
        sources: Sequence[tuple[RecordSource, Function]],
        functions: FunctionInvoker,
        schedules: OneTimeSchedules,
        clock: Clock,
        delivery: Delivery,
    ) -> None:
        """Read from SOURCES, which are in the order of the flow, each for its function."""
        self.on_hop: list[OnHop] = []
        self.errors: list[tuple[str, BaseException]] = []
        """Errors that handlers raised: the function and the exception."""
        self._functions = functions
        self.schedules = schedules
        self._clock = clock
        self._delivery = delivery
        self.sources = [source for source, _ in sources]
        self._function_of = {id(source): function for source, function in sources}

    def step(self) -> bool:
        """Run one batch, or advance to the time of the next one. Return False if nothing is left but waiting."""
        return self._step(None)

    def settle(self, within: timedelta | None = None, steps: int = 1_000_000) -> None:
        """Run until nothing is left to do, or nothing WITHIN that time; raise NotSettled after so many STEPS."""
        end = None if within is None else time.time() + within.total_seconds()
        for _ in range(steps):
            if not self._step(end):
                return
        message = f"still running after {steps} steps"
        raise NotSettled(message)

    def next_alarm(self, *, leaping: bool = False) -> float | None:
        """Return the moment (seconds since the epoch) when something may be ready again, if anything waits.

        LEAPING skips schedules that only real time reaches, such as a post that appears next month.
        """
        alarms = [self.schedules.next_alarm(leaping=leaping), *(source.next_alarm() for source in self.sources)]
        return min((alarm for alarm in alarms if alarm is not None), default=None)

    def run_another_batch(self) -> None:
        """Run one batch if one is ready now, for instance between two calls of another function."""
        if ready := self.ready():
            self._take_and_run(self._delivery.choose(ready))

    def ready(self) -> list[RecordSource]:
        """Return the sources of which a batch can be taken now."""
        return [source for source in self.sources if source.ready(eager=self._delivery.eager)]

    def run(self, source: RecordSource, batch: Batch) -> None:
        """Call the function of SOURCE with a BATCH that was taken from it, and finish the batch."""
        function = self._function_of[id(source)]
        started = time.perf_counter()
        failed = self._attempt(function, source, batch)
        source.finish(batch, failed, self._delivery.comeback())
        summary = f"{len(batch.records)} from {source.name}" + (f", {len(failed)} failed" if failed else "")
        for look in self.on_hop:
            look(function.logical_id, summary, time.perf_counter() - started)

    def _step(self, end: float | None) -> bool:
        self.schedules.fire()
        ready = self.ready() or self.ready()  # checking a queue may move a dead letter to one that was checked before
        if ready and not (self._delivery.is_impatient() and self._leap(end)):
            self._take_and_run(self._delivery.choose(ready))
        return bool(ready) or self._leap(end)

    def _leap(self, end: float | None) -> bool:
        """Advance to the next alarm if that is not after END."""
        alarm = self.next_alarm(leaping=end is None)
        return alarm is not None and (end is None or alarm <= end) and self._clock.leap(alarm)

    def _take_and_run(self, source: RecordSource) -> None:
        batch = source.take(self._delivery.limit(source), self._delivery.pick)
        if batch.records:
            self.run(source, batch)

    def _attempt(self, function: Function, source: RecordSource, batch: Batch) -> Collection[str]:
        """Call the function and return the failed records: after an exception or a crash, the whole batch."""
        try:
            with self._delivery.during(source, batch):
                answer = self._functions.invoke(function, {"Records": list(batch.records)})
        except CallbackError as objection:
            raise objection.error from None
        except (Exception, Crash) as error:  # Lambda takes any
            log.debug("%s failed", function.logical_id, exc_info=True)
            self.errors.append((function.logical_id, error))
            return batch.identifiers
        return failed_records(batch, answer, source.mapping)
