"""Seconds from an upload to its page, its lists and a cleared CDN on AWS: a replay of the counted calls.

    .venv/bin/python benchmarks/live.py [POSTS [RECORDINGS]]

Records one more post among POSTS (default: 30) on the local cloud, delivered by the clock (`timetable.py`): which
invocation made which calls, and which call caused which invocation. Replays this graph with the latencies of
`latencies.json` and the batching windows and memory of `template.yaml`, seeded, and prints medians of all rounds in
JSON lines, the assumptions first. An event source is modelled by its latency and its window. With more RECORDINGS
(default: 1), each other one draws the latencies that make its batches: a batch that comes a tenth of a second later may
find a container idle that is busy now. Then `seconds` are the medians of all, and `range` has the least and the most.
Nothing was measured on AWS.
"""

import json
import statistics
import sys
from random import Random

from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.sam import template
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.project import TEMPLATE
from one_post import post
from recorded import Invocation, recorded
from replay import Replay, Settings, assumptions
from timetable import Timetable

ROUNDS = 301
GOALS = {"page": {"warm": 2.0, "cold": 5.0}, "lists": {"warm": 5.0}, "edge": {"warm": 15.0}}


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


def graph(posts: int, *, cold: bool = False, s3: str = "s3", seed: int = 0) -> list[Invocation]:
    """Return the invocations of one more post among POSTS, with the batches that latencies make: 0 draws none."""
    replay = Replay(settings(), Random(seed), cold, s3, sigma=None if seed else 0)  # noqa: S311  # the same every time
    with functions_log_to(None), LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: Benchmark\n")
        for number in range(posts):
            cloud.upload(f"posts/post-{number}.md", post(number))
        cloud.settle()
        return recorded(cloud, {f"posts/post-{posts}.md": post(posts)}, Timetable(cloud, replay))


def settings() -> Settings:
    """Return the settings of the project's template."""
    return Settings.of(template(TEMPLATE.read_text(encoding="utf-8")))


def main(posts: int, recordings: int) -> None:
    """Print the assumptions, then the medians with S3 as AWS publishes it and as it is within a region."""
    print(json.dumps({"assumptions": assumptions(), "windows": settings().windows, "memory": settings().memory}))
    for s3 in ("s3", "s3-close"):
        for cold in (False, True):
            graphs = [graph(posts, cold=cold, s3=s3, seed=seed) for seed in range(recordings)]
            all_medians = [replayed(of, settings(), f"post-{posts}/index.html", cold=cold, s3=s3) for of in graphs]
            seconds = {name: [medians[name] for medians in all_medians] for name in all_medians[0]}
            state = "cold" if cold else "warm"
            line = {
                "posts": posts,
                "invocations": [len(of) for of in graphs],
                "calls": [sum(len(invocation.calls) for invocation in of) for of in graphs],
                "s3_ms": assumptions()["latencies"][s3]["ms"],
                "state": state,
                "seconds": {name: round(statistics.median(values), 1) for name, values in seconds.items()},
                "range": {name: [min(values), max(values)] for name, values in seconds.items()},
                "goals": {name: limits[state] for name, limits in GOALS.items() if state in limits},
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 30, int(sys.argv[2]) if sys.argv[2:] else 1)
