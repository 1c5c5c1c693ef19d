"""The cost of building a site of generated posts: CPU, memory, AWS calls, and batches of each function.

Takes the number of posts (default: 100), each with two tags, five paragraphs, a list and some code; every third post
links to another one. Publishes them as `dropcap build` does, in phases, and prints one line of JSON. The CPU time is
that of this process, with the deployment of the local cloud apart, and without that of generating the texts.
"""

import json
import random
import resource
import sys
import time
from collections import Counter

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to
from generated_posts import post


def measured(posts: int) -> dict[str, object]:
    """Publish so many POSTS, and return the figures."""
    chance = random.Random(1)  # noqa: S311  # the same posts every time
    batches: Counter[str] = Counter()
    started = time.process_time()
    with LocalCloud(phased=True) as cloud:
        deployed = time.process_time()
        cloud.on_hop.append(lambda function, _summary, _seconds: batches.update([function]))
        generating = 0.0
        for number in range(posts):
            begun = time.process_time()
            text = post(number, posts, chance)
            generating += time.process_time() - begun
            cloud.upload(f"posts/post-{number}.md", text)
        cloud.settle()
        ended = time.process_time()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {
            "posts": posts,
            "deploy_cpu_s": round(deployed - started, 1),
            "publish_cpu_s": round(ended - deployed - generating, 1),
            "peak_mb": memory,
            "calls_a_post": round(sum(cloud.calls.values()) / posts, 1),
            "batches": dict(batches),
        }


if __name__ == "__main__":
    with functions_log_to(None):
        figures = measured(int(sys.argv[1]) if sys.argv[1:] else 100)
    print(json.dumps(figures))
