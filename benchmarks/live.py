"""Seconds from an upload to its page, its lists and a cleared CDN on AWS: a replay of the counted calls.

    .venv/bin/python benchmarks/live.py [POSTS]

Records one more post among POSTS (default: 30) on the local cloud: which invocation made which calls, and which call
caused which invocation. Replays this graph with the latencies of `latencies.json` and the batching windows and memory
of `template.yaml`, seeded, and prints medians of all rounds in JSON lines, the assumptions first. An event source is
modelled by its latency and its window; batches are those of the local cloud. Nothing was measured on AWS.
"""

import json
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.sam import template
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.project import TEMPLATE
from one_post import post
from recorded import AUTHOR, Invocation, recorded

LATENCIES = Path(__file__).parent / "latencies.json"
ROUNDS = 301
ONE_PROCESSOR = 1_769
"""Megabytes of memory with which a function has one whole processor."""
GOALS = {"page": {"warm": 2.0, "cold": 5.0}, "lists": {"warm": 5.0}, "edge": {"warm": 15.0}}


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
    """One replay of a graph: CHANCE draws each latency, and each function of COLD starts with its first invocation."""

    settings: Settings
    chance: Random
    cold: bool = False
    s3: str = "s3"
    _started: set[str] = field(default_factory=set)

    def times(self, invocations: list[Invocation]) -> list[list[float]]:
        """Return the time after each call of each of INVOCATIONS, in seconds since the upload."""
        ends: list[list[float]] = []
        for invocation in invocations:
            now = self._start(invocation, ends)
            times = []
            for service, operation in invocation.calls:
                now += self._cpu(invocation.function, "a_call") + self.latency(self._kind(service, operation))
                times.append(now)
            ends.append(times or [now])
        return ends

    def busy(self, invocation: Invocation) -> float:
        """Return the seconds that INVOCATION takes, warm."""
        waits = (self.latency(self._kind(service, operation)) for service, operation in invocation.calls)
        return sum(waits) + len(invocation.calls) * self._cpu(invocation.function, "a_call")

    def latency(self, kind: str) -> float:
        """Draw a latency of KIND, in seconds."""
        median = assumptions()["latencies"][kind]["ms"] / 1_000
        return float(median * self.chance.lognormvariate(0, assumptions()["sigma"]))

    def _start(self, invocation: Invocation, ends: list[list[float]]) -> float:
        """Return when INVOCATION makes its first call: all records are there, the window is over, the function runs."""
        arrivals = [
            self.latency("notification") if place == AUTHOR else ends[place[0]][place[1]] for place in invocation.caused
        ]
        window = self.settings.windows.get(f"{invocation.function} {invocation.source}", 0)
        ready = max(*arrivals, min(arrivals) + window)
        start = ready + self.latency(invocation.source) + self.latency("invocation")
        if self.cold and invocation.function not in self._started:
            self._started.add(invocation.function)
            started = _of(assumptions()["cpu"]["start"], invocation.function)
            start += self.latency("sandbox") + started + self._cpu(invocation.function, "first_invocation")
        return start

    def _cpu(self, function: str, what: str) -> float:
        share = min(1.0, self.settings.memory[function] / ONE_PROCESSOR)
        return float(_of(assumptions()["cpu"][what], function) / share)

    def _kind(self, service: str, operation: str) -> str:
        if service == "s3":
            return self.s3
        return "dynamodb-transaction" if operation == "TransactWriteItems" else service


def _of(values: Mapping[str, float], function: str) -> float:
    return values.get(function, values["other"])


def moments(invocations: list[Invocation], times: list[list[float]], page: str) -> dict[str, float]:
    """Return the seconds to the PAGE, a key of the site; to the last list; and to a CDN without old versions."""
    written = {
        (key, number, call): times[number][call]
        for number, invocation in enumerate(invocations)
        for call, key in invocation.writes.items()
    }
    cleared = [times[number][-1] for number, invocation in enumerate(invocations) if invocation.function == "refresh"]
    return {
        "page": min(when for (key, _, _), when in written.items() if key == page),
        "home": max(when for (key, _, _), when in written.items() if key == "index.html"),
        "lists": max(written.values()),
        "edge": max(cleared),
    }


def replayed(
    invocations: list[Invocation], settings: Settings, page: str, *, cold: bool = False, s3: str = "s3"
) -> dict[str, float]:
    """Return the medians of ROUNDS replays."""
    all_moments = []
    for seed in range(ROUNDS):
        replay = Replay(settings, Random(seed), cold, s3)  # noqa: S311  # the same latencies every time
        times = moments(invocations, replay.times(invocations), page)
        all_moments.append({**times, "edge": times["edge"] + replay.latency("invalidation")})
    return {name: round(statistics.median(of[name] for of in all_moments), 1) for name in all_moments[0]}


def graph(posts: int) -> list[Invocation]:
    """Return the invocations of one more post among POSTS."""
    with functions_log_to(None), LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: Benchmark\n")
        for number in range(posts):
            cloud.upload(f"posts/post-{number}.md", post(number))
        cloud.settle()
        return recorded(cloud, {f"posts/post-{posts}.md": post(posts)})


def main(posts: int) -> None:
    """Print the assumptions, then the medians with S3 as AWS publishes it and as it is within a region."""
    invocations = graph(posts)
    settings = Settings.of(template(TEMPLATE.read_text(encoding="utf-8")))
    calls = sum(len(of.calls) for of in invocations)
    print(json.dumps({"assumptions": assumptions(), "windows": settings.windows, "memory": settings.memory}))
    for s3 in ("s3", "s3-close"):
        for cold in (False, True):
            medians = replayed(invocations, settings, f"post-{posts}/index.html", cold=cold, s3=s3)
            state = "cold" if cold else "warm"
            goals = {name: limits[state] for name, limits in GOALS.items() if state in limits}
            line = {"posts": posts, "calls": calls, "s3_ms": assumptions()["latencies"][s3]["ms"], "state": state}
            print(json.dumps({**line, "seconds": medians, "goals": goals}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 30)
