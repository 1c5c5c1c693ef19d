"""A replay of a recorded publication: the recorded calls with drawn latencies, windows, memory and cold starts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from recorded import AUTHOR, Invocation

LATENCIES = Path(__file__).parent / "latencies.json"
ONE_PROCESSOR = 1_769
"""Megabytes of memory with which a function has one whole processor."""


@cache
def assumptions() -> dict[str, Any]:
    """Return the content of `latencies.json`."""
    content: dict[str, Any] = json.loads(LATENCIES.read_text(encoding="utf-8"))
    return content


@dataclass(frozen=True)
class Settings:
    """The batching WINDOWS of queues and of the stream in seconds, and the MEMORY of each function in megabytes."""

    windows: Mapping[str, float]
    memory: Mapping[str, int]

    @classmethod
    def of(cls, template: Mapping[str, Any]) -> "Settings":
        """Return the settings of TEMPLATE, as SAM reads it."""
        windows: dict[str, float] = {}
        memory: dict[str, int] = {}
        for name, resource in template["Resources"].items():
            if resource["Type"] != "AWS::Serverless::Function":
                continue
            function, properties = name.removesuffix("Function").lower(), resource["Properties"]
            memory[function] = properties.get("MemorySize", template["Globals"]["Function"]["MemorySize"])
            for event in properties.get("Events", {}).values():
                kind = {"DynamoDB": "stream", "SQS": "queue"}.get(event["Type"], "")
                of = f"{function} {kind}"
                windows[of] = max(windows.get(of, 0), event["Properties"].get("MaximumBatchingWindowInSeconds", 0))
        return cls(windows, memory)


@dataclass
class Replay:
    """One replay of a graph. CHANCE draws each latency; if COLD, an invocation without an idle container starts one."""

    settings: Settings
    chance: Random
    cold: bool = False
    s3: str = "s3"
    sigma: float | None = None
    """The spread of latencies; None for that of `latencies.json`, 0 for medians."""
    started: bool = False
    """Whether the last invocation that began started a container."""
    _containers: dict[str, list[float]] = field(default_factory=dict)

    def times(self, invocations: list[Invocation]) -> list[list[float]]:
        """Return the time after each call of each of INVOCATIONS, in seconds since the upload."""
        ends: list[list[float]] = []
        lanes: dict[int | None, float] = {}
        for invocation in invocations:
            now = self._start(invocation, ends, lanes.get(invocation.lane, 0.0))
            times = []
            for service, operation in invocation.calls:
                now += self.call(invocation.function, service, operation)
                times.append(now)
            self.end(invocation.function, now)
            ends.append(times or [now])
            if invocation.lane is not None:
                lanes[invocation.lane] = now
        return ends

    def call(self, function: str, service: str, operation: str) -> float:
        """Draw the seconds of a call by FUNCTION, with its own work on the answer."""
        return self._cpu(function, "a_call") + self.latency(self._kind(service, operation))

    def busy(self, invocation: Invocation) -> float:
        """Return the seconds that INVOCATION takes, warm."""
        return sum(self.call(invocation.function, service, operation) for service, operation in invocation.calls)

    def latency(self, kind: str) -> float:
        """Draw a latency of KIND, in seconds."""
        median = assumptions()["latencies"][kind]["ms"] / 1_000
        sigma = assumptions()["sigma"] if self.sigma is None else self.sigma
        return float(median * self.chance.lognormvariate(0, sigma))

    def _start(self, invocation: Invocation, ends: list[list[float]], free: float) -> float:
        """Return when INVOCATION starts: its records are there, the window is over, its shard is FREE, it is loaded."""
        arrivals = [
            self.latency("notification") if place == AUTHOR else ends[place[0]][place[1]] for place in invocation.caused
        ]
        window = self.settings.windows.get(f"{invocation.function} {invocation.source}", 0)
        ready = max(*arrivals, min(arrivals) + window)
        return self.begin(invocation.function, max(ready + self.latency(invocation.source), free))

    def begin(self, function: str, moment: float) -> float:
        """Return when FUNCTION, invoked at MOMENT, makes its first call."""
        start = moment + self.latency("invocation")
        self.started = False
        if not self.cold:
            return start
        containers = self._containers.setdefault(function, [])
        idle = next((end for end in containers if end <= moment), None)
        if idle is not None:
            containers.remove(idle)
            return start
        self.started = True
        own = _of(assumptions()["cpu"]["start"], function) + self._cpu(function, "first_invocation")
        return start + self.latency("sandbox") + own

    def end(self, function: str, moment: float) -> None:
        """Leave a container of FUNCTION idle at MOMENT."""
        self._containers.setdefault(function, []).append(moment)

    def _cpu(self, function: str, what: str) -> float:
        share = min(1.0, self.settings.memory[function] / ONE_PROCESSOR)
        return float(_of(assumptions()["cpu"][what], function) / share)

    def _kind(self, service: str, operation: str) -> str:
        if service == "s3":
            return self.s3
        return "dynamodb-transaction" if operation == "TransactWriteItems" else service


def _of(values: Mapping[str, float], function: str) -> float:
    return values.get(function, values["other"])
