"""The load of a scenario on the local cloud: the most that one invocation takes, and faulty deliveries.

Memory is traced in a sample of the invocations, since tracing makes them several times slower. What an invocation takes
follows the size of its event: `index` takes some eleven bytes for each byte of its records, and gets up to 500 of them
when many posts come at once, where a few posts make smaller batches. So the median is compared, and the most has a
bound.
"""

import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash
from dropcap_local.events.delivery import ReliableDelivery
from dropcap_local.events.event_source import Batch, RecordSource

WHERE = ("", "NotVisible", "Delayed")
"""Suffixes of the attributes that count a queue's messages: ready, in work, delayed."""


@dataclass
class Load:
    """The most that one invocation of each function took: AWS calls, messages sent; TRACED has bytes of its sample."""

    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sent: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    traced: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    invocations: int = 0

    @property
    def memory(self) -> dict[str, int]:
        """Return the bytes of Python's memory that half of the traced invocations of each function do not exceed."""
        return {name: sorted(sizes)[(len(sizes) - 1) // 2] for name, sizes in self.traced.items()}

    @property
    def most_memory(self) -> dict[str, int]:
        """Return the most bytes of Python's memory that a traced invocation of each function took."""
        return {name: max(sizes) for name, sizes in self.traced.items() if sizes}

    def growth(self, larger: "Load", of: str = "calls") -> dict[str, float]:
        """Return the ratio of LARGER to this load for each function."""
        here, there = getattr(self, of), getattr(larger, of)
        return {name: there[name] / here[name] for name in there if here.get(name)}

    def table(self, larger: "Load") -> str:
        """Return a line for each function: the most that one invocation took here and in LARGER.

        A function with few invocations here may have none that was traced.
        """
        lines = [f"  invocations {self.invocations} -> {larger.invocations}"]
        for name in sorted(larger.calls):
            parts = [
                f"{of} {getattr(self, of).get(name, '?')} -> {getattr(larger, of)[name]}"
                for of in ("calls", "sent", "memory")
                if getattr(larger, of).get(name)
            ]
            if name in larger.most_memory:
                parts.append(f"at most {larger.most_memory[name]}")
            lines.append(f"  {name}: {', '.join(parts)}")
        return "\n".join(lines)


class MeasuredDelivery(ReliableDelivery):
    """Measures each invocation; FAILING is the function whose invocations crash, LAGS whether the stream comes last."""

    def __init__(self, *, traces_one_in: int = 0, lags: bool = False) -> None:
        self.load = Load()
        self.failing = ""
        self._cloud: LocalCloud | None = None
        self._sent = 0
        self._traces_one_in = traces_one_in
        self._lags = lags
        self._number: Counter[str] = Counter()

    def watch(self, cloud: LocalCloud) -> None:
        """Count the calls of CLOUD, and the messages that they send."""
        self._cloud = cloud
        cloud.on_call.append(self._count)

    def _count(self, _service: str, operation: str, parameters: Mapping[str, Any], phase: str) -> None:
        if (operation, phase) == ("SendMessageBatch", "after"):
            self._sent += len(parameters["Entries"])

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose the stream's records last if it lags."""
        others = [source for source in ready if source.mapping.kind != "stream"] if self._lags else ready
        return next(iter(others), ready[0])

    @contextmanager
    def during(self, source: RecordSource, batch: Batch) -> Iterator[None]:
        """Kill the function that fails, and measure the others."""
        assert self._cloud
        function = source.mapping.function
        if function == self.failing:
            message = f"fails with {len(batch.identifiers)} from {source.name}"
            raise Crash(message)
        before, sent = self._cloud.calls.total(), self._sent
        with self.traced(function):
            yield
        self.load.invocations += 1
        self.load.calls[function] = max(self.load.calls[function], self._cloud.calls.total() - before)
        self.load.sent[function] = max(self.load.sent[function], self._sent - sent)

    @contextmanager
    def traced(self, function: str) -> Iterator[None]:
        """Trace the memory of the block, if it is in the sample of FUNCTION's invocations."""
        self._number[function] += 1
        if not self._traces_one_in or self._number[function] % self._traces_one_in:
            yield
            return
        tracemalloc.start()
        try:
            yield
            self.load.traced[function].append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()


@contextmanager
def loaded_cloud(*, traces_one_in: int = 0, lags: bool = False) -> Iterator[tuple[LocalCloud, MeasuredDelivery]]:
    """Return a local cloud and the delivery that measures it; the memory of one in so many invocations, 0 for none."""
    delivery = MeasuredDelivery(traces_one_in=traces_one_in, lags=lags)
    cloud = LocalCloud()
    cloud._delivery = delivery  # noqa: SLF001  # a delivery that only these tests need
    delivery.watch(cloud)
    with cloud:
        yield cloud, delivery


def waiting(cloud: LocalCloud) -> Mapping[str, int]:
    """Return the number of messages in each queue of CLOUD that has any, those in work and delayed included."""
    queues = {name: url for name, url in cloud.stack.ids.items() if "sqs" in url and url.startswith("http")}
    counts = {}
    for name, url in queues.items():
        attributes: Mapping[str, str] = cloud.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])[
            "Attributes"
        ]  # type: ignore[assignment]  # keys are literals
        counts[name] = sum(int(attributes[f"ApproximateNumberOfMessages{which}"]) for which in WHERE)
    return {name: number for name, number in counts.items() if number}
