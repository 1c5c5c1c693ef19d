"""The gain of each patch that makes moto faster: CPU seconds of one workload with all patches, and without each.

Publishes 300 posts (or as many as an argument says) that link to each other, then changes the site's settings, so that
every page is built twice. Each measurement runs in a process of its own; the shorter of two counts. Prints a JSON line
for each patch. Seconds are this machine's.
"""

import json
import os
import subprocess
import sys
import time

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.moto_patches.patches import FASTER, WITHOUT

POSTS = 300
REPEATS = 2
MEASURE = "--measure"


def post(number: int) -> str:
    """Return the source of post NUMBER; it links to the one before it and has one of ten tags."""
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return f"---\ntitle: Post {number}\ndate: {day}\ntags: [tag-{number % 10}]\n---\nAfter [[post-{number - 1}]].\n"


def workload(posts: int) -> float:
    """Return the CPU seconds of publishing POSTS posts and of one change of settings."""
    with functions_log_to(None), LocalCloud() as cloud:
        started = time.process_time()
        for number in range(posts):
            cloud.upload(f"posts/post-{number}.md", post(number))
        cloud.settle()
        cloud.upload("site.yaml", "title: Another title\n")
        cloud.settle()
        return time.process_time() - started


def seconds(posts: int, without: str) -> float:
    """Return the CPU seconds of the workload in a new process, WITHOUT the patches of these names."""
    command = [sys.executable, __file__, MEASURE, str(posts)]
    environment = {**os.environ, WITHOUT: without}
    runs = [subprocess.run(command, env=environment, check=True, capture_output=True) for _ in range(REPEATS)]  # noqa: S603  # this script
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    if sys.argv[1:2] == [MEASURE]:
        print(workload(int(sys.argv[2])))
    else:
        size = int(sys.argv[1]) if sys.argv[1:] else POSTS
        usual = seconds(size, "")
        for name in FASTER:
            slower = seconds(size, name)
            result = {"patch": name, "posts": size, "with_s": round(usual, 1), "without_s": round(slower, 1)}
            print(json.dumps(result | {"gain": round(slower / usual, 2)}), flush=True)
