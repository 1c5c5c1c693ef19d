"""The CPU of all functions for one more post, cold and warm: processes of their own, real boto3, AWS on a local port.

    .venv/bin/python benchmarks/functions_cpu.py [POSTS]

Publishes POSTS generated posts in this process (default: 100), then one of yesterday with a fresh process for each
function, then with the same processes five more of yesterday, and five of days among the others, whose neighbours and
related posts are rebuilt as well. Of each five, the one with the median seconds counts. Prints a JSON line: seconds of
CPU, AWS calls, objects changed, and the peak memory of any process.
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from containers import Containers, handlers_in_processes
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to
from generated_posts import post

WARM = 5
"""Posts that are published by processes which run already."""


class OneMore(TypedDict):
    """The figures of one more post."""

    cpu_s: float
    cpu_by_function: dict[str, float]
    calls: int
    objects: int


def one_more(cloud: LocalCloud, containers: Containers, text: str) -> OneMore:
    """Publish one more post with TEXT, and return its figures."""
    before, spent = cloud.site(), containers.seconds()
    containers.calls.clear()
    cloud.upload(f"posts/new-{len(before)}.md", text)
    cloud.settle()
    by_function, after = containers.seconds() - spent, cloud.site()
    return {
        "cpu_s": round(by_function.total(), 3),
        "cpu_by_function": {name: round(seconds, 3) for name, seconds in by_function.items()},
        "calls": sum(calls.total() for calls in containers.calls.values()),
        "objects": sum(before.get(key) != after.get(key) for key in before.keys() | after.keys()),
    }


def measured(posts: int) -> dict[str, object]:
    """Return the figures with so many POSTS."""
    chance = random.Random(1)  # noqa: S311  # the same posts every time
    figures: dict[str, object] = {"posts": posts}
    with LocalCloud(now=datetime.now(UTC), phased=True) as cloud:
        for number in range(posts):
            cloud.upload(f"posts/post-{number}.md", post(number, posts, chance))
        cloud.settle()
        with handlers_in_processes({}) as containers:
            # A post of today would be news, and its issue wait for a time that these processes do not see pass.
            yesterday = str((datetime.now(UTC) - timedelta(days=1)).date())
            figures["cold"] = one_more(cloud, containers, post(3 * posts + 1, posts, chance, yesterday))
            for state, day in (("warm", yesterday), ("warm_among_others", "")):
                texts = [post(3 * posts + 1, posts, chance, day) for _ in range(WARM)]
                rounds = [one_more(cloud, containers, text) for text in texts]
                figures[state] = sorted(rounds, key=lambda figure: figure["cpu_s"])[WARM // 2]
                figures[f"{state}_rounds_cpu_s"] = [figure["cpu_s"] for figure in rounds]
            figures["site_objects"] = len(cloud.site())
            figures["peak_mb"] = max(container.peak_mb() for container in containers.running.values())
            figures["failures"] = containers.failures()
    return figures


if __name__ == "__main__":
    with functions_log_to(None):
        result = measured(int(sys.argv[1]) if sys.argv[1:] else 100)
    print(json.dumps(result))
