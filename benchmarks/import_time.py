"""Minutes that an import of 5,000 posts takes on AWS, by the number of functions that may run at once.

    .venv/bin/python benchmarks/import_time.py [POSTS SAMPLE]

A simulation of discrete events with three stations: render (one message at a time), index (one batch of at most 1,000
records a shard at a time), publish (ten views at a time). How long each works, and how many records and views a post
makes, comes from an import of SAMPLE posts (default: 40) on the local cloud with the latencies of `latencies.json`. The
author uploads a hundred files a second. Lists that many posts share are built once for each batch of records that
requests them, and not twice at the same time. Prints a JSON line for each concurrency.
"""

import heapq
import json
import sys
from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import Any

from dropcap_local.deploy.sam import template
from dropcap_local.project import TEMPLATE
from money import imported
from recorded import Invocation
from replay import Replay, Settings

UPLOADS_A_SECOND = 100
SHARDS = 4
"""A new table on demand has four partitions: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html."""
RECORDS, VIEWS = 1_000, 10
"""Batch sizes of `template.yaml`."""
POLLERS, MORE_A_MINUTE = 5, 300
"""Lambda begins with five pollers, and adds up to 300 invocations a minute:
https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html."""
GOAL_MINUTES = 10.0


@dataclass(frozen=True)
class Work:
    """Seconds of an UPLOAD, of an index BATCH and of a VIEW; RECORDS and views of a post; views that posts share."""

    upload: float
    batch: float
    view: float
    records: float
    own_views: float
    shared_views: int

    @classmethod
    def of(cls, invocations: list[Invocation], posts: int, settings: Settings) -> "Work":
        """Return the means of INVOCATIONS, an import of so many POSTS."""
        replay = Replay(settings, Random(1))  # noqa: S311  # the same latencies every time
        busy = {name: [replay.busy(of) for of in invocations if of.function == name] for name in settings.memory}
        requested = sum(
            size
            for of in invocations
            if of.function == "index"
            for (_, operation), size in zip(of.calls, of.sizes, strict=True)
            if operation == "SendMessageBatch"
        )
        records = sum(len(of.caused) for of in invocations if of.function == "index")
        shared = len({key for of in invocations for key in of.writes.values() if "post-" not in key})
        own = max(2.0, (requested - shared) / posts)
        mean = sum(busy["index"]) / len(busy["index"])
        return cls(sum(busy["render"]) / posts, mean, sum(busy["publish"]) / requested, records / posts, own, shared)


@dataclass
class Import:
    """The import of POSTS posts with WORK.

    At most ACCOUNT functions run at once, and at most CONCURRENCY of render and of publish (a parameter of the stack).
    """

    posts: int
    work: Work
    account: int
    concurrency: int
    chance: Random
    now: float = 0.0
    _events: list[tuple[float, int, str, int]] = field(default_factory=list)
    _busy: dict[str, int] = field(default_factory=lambda: {"render": 0, "index": 0, "publish": 0})
    _uploads: int = 0
    _records: deque[int] = field(default_factory=deque)
    _views: int = 0
    _shared: int = 0
    _number: int = 0
    live: int = 0

    def run(self) -> dict[str, float]:
        """Return the minutes until every page is live, and until every list is final."""
        for number in range(self.posts):
            self._at(number / UPLOADS_A_SECOND + 0.5, "uploaded", 1)
        pages = 0.0
        while self._events:
            self.now, _, kind, number = heapq.heappop(self._events)
            getattr(self, f"_{kind}")(number)
            self._start()
            if self.live < self.posts:
                pages = self.now
        return {"pages_min": round(pages / 60, 1), "lists_min": round(self.now / 60, 1)}

    def _at(self, when: float, kind: str, number: int) -> None:
        self._number += 1
        heapq.heappush(self._events, (when, self._number, kind, number))

    def _uploaded(self, number: int) -> None:
        self._uploads += number

    def _rendered(self, number: int) -> None:
        self._busy["render"] -= 1
        self._records.extend([1] * number)

    def _indexed(self, number: int) -> None:
        """Request the views of NUMBER posts: their own, and the lists that all share, once."""
        self._busy["index"] -= 1
        self._views += number
        self._shared = self.work.shared_views

    def _published(self, number: int) -> None:
        """End a batch with all views of NUMBER posts: their pages, which are built twice, their reports and feeds."""
        self._busy["publish"] -= 1
        self.live += number

    def _start(self) -> None:
        """Start functions as long as something waits and may run."""
        while self._uploads and self._free("render"):
            self._uploads -= 1
            self._begin("render", self.work.upload, "rendered", 1)
        while self._records and self._free("index"):
            posts = min(len(self._records), max(1, int(RECORDS / self.work.records)))
            for _ in range(posts):
                self._records.popleft()
            self._begin("index", self.work.batch, "indexed", posts)
        while (self._views or self._shared) and self._free("publish"):
            pages = min(self._views, max(1, int(VIEWS / self.work.own_views)))
            shared = min(self._shared, VIEWS if not pages else 0)
            self._views, self._shared = self._views - pages, self._shared - shared
            self._begin("publish", (pages * self.work.own_views + shared) * self.work.view, "published", pages)

    def _begin(self, station: str, seconds: float, kind: str, number: int) -> None:
        self._busy[station] += 1
        self._at(self.now + 0.2 + seconds * self.chance.lognormvariate(0, 0.2), kind, number)

    def _free(self, station: str) -> bool:
        most = SHARDS if station == "index" else min(self.concurrency, POLLERS + MORE_A_MINUTE * self.now / 60)
        return sum(self._busy.values()) < self.account and self._busy[station] < most


def main(posts: int, sample: int) -> None:
    """Print the minutes in a new account, with 10 functions and the parameter's default of 3, and with 1,000."""
    settings = Settings.of(template(TEMPLATE.read_text(encoding="utf-8")))
    work = Work.of(imported(sample), sample, settings)
    for account, concurrency in ((10, 3), (1_000, 1_000)):
        minutes = Import(posts, work, account, concurrency, Random(1)).run()  # noqa: S311  # the same import every time
        limits = {"account": account, "concurrency": concurrency}
        line: dict[str, Any] = {"posts": posts, **limits, **minutes, "goal_min_at_1000": GOAL_MINUTES}
        print(json.dumps({**line, "work": {name: round(getattr(work, name), 2) for name in vars(work)}}))


if __name__ == "__main__":
    main(*(int(argument) for argument in (sys.argv[1:] or ("5000", "40"))))
