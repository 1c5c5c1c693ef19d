"""The CPU of all functions for one more post, cold and warm: processes of their own, real boto3, AWS on a local port.

    .venv/bin/python benchmarks/functions_cpu.py [POSTS]

Publishes POSTS generated posts in this process (default: 100), then one with a fresh process for each function, then
one more with the same processes. Prints a JSON line: seconds of CPU, objects changed, and the peak memory of any.
"""

import json
import random
import sys
from datetime import UTC, datetime

from containers import handlers_in_processes
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to
from generated_posts import post


def measured(posts: int) -> dict[str, object]:
    """Return the figures with so many POSTS."""
    chance = random.Random(1)  # noqa: S311  # the same posts every time
    figures: dict[str, object] = {"posts": posts}
    with LocalCloud(now=datetime.now(UTC), phased=True) as cloud:
        for number in range(posts):
            cloud.upload(f"posts/post-{number}.md", post(number, posts, chance))
        cloud.settle()
        with handlers_in_processes({}) as containers:
            for state in ("cold", "warm"):
                before, spent = cloud.site(), containers.seconds()
                cloud.upload(f"posts/new-{state}.md", post(3 * posts + 1, posts, chance))
                cloud.settle()
                by_function = containers.seconds() - spent
                after = cloud.site()
                figures[state] = {
                    "cpu_s": round(by_function.total(), 2),
                    "cpu_by_function": {name: round(seconds, 2) for name, seconds in by_function.items()},
                    "objects": sum(before.get(key) != after.get(key) for key in before.keys() | after.keys()),
                }
            figures["site_objects"] = len(cloud.site())
            figures["peak_mb"] = max(container.peak_mb() for container in containers.running.values())
            figures["failures"] = containers.failures()
    return figures


if __name__ == "__main__":
    with functions_log_to(None):
        result = measured(int(sys.argv[1]) if sys.argv[1:] else 100)
    print(json.dumps(result))
