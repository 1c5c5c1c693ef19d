"""The cost of building a site of generated posts: CPU, memory, AWS calls, and batches of each function.

Takes the number of posts (default: 100), each with two tags, five paragraphs, a list and some code; every third post
links to another one. Publishes them as `dropcap build` does, in phases, and prints one line of JSON. The CPU time is
that of this process, with the deployment of the local cloud apart.
"""

import json
import random
import resource
import sys
import time
from collections import Counter

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to

SYLLABLES = [consonant + vowel for consonant in "bdklmnr" for vowel in "aeio"]
YEARS = range(2012, 2026)
TAGS = 20


def post(number: int, posts: int, chance: random.Random) -> str:
    """Return the source of post NUMBER of so many POSTS; CHANCE draws its words, date, tags and link."""
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(400)]
    date = f"{chance.choice(YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    tags = ", ".join(f"tag-{tag}" for tag in chance.sample(range(TAGS), 2))
    body = "\n\n".join(" ".join(words[start : start + 80]).capitalize() + "." for start in range(0, 400, 80))
    link = "" if number % 3 else f"\n\nSee [[post-{chance.randrange(posts)}]]."
    head = f"---\ntitle: {' '.join(words[:5]).capitalize()}\ndate: {date}\ntags: [{tags}]\n---\n"
    return f"{head}{body}\n\n## Heading\n\n- one\n- two\n\n```python\nprint(1)\n```{link}\n"


def measured(posts: int) -> dict[str, object]:
    """Publish so many POSTS, and return the figures."""
    chance = random.Random(1)  # noqa: S311  # the same posts every time
    batches: Counter[str] = Counter()
    started = time.process_time()
    with LocalCloud(phased=True) as cloud:
        deployed = time.process_time()
        cloud.on_hop.append(lambda function, _summary, _seconds: batches.update([function]))
        for number in range(posts):
            cloud.upload(f"posts/post-{number}.md", post(number, posts, chance))
        cloud.settle()
        ended = time.process_time()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {
            "posts": posts,
            "deploy_cpu_s": round(deployed - started, 1),
            "publish_cpu_s": round(ended - deployed, 1),
            "peak_mb": memory,
            "calls_a_post": round(sum(cloud.calls.values()) / posts, 1),
            "batches": dict(batches),
        }


if __name__ == "__main__":
    with functions_log_to(None):
        figures = measured(int(sys.argv[1]) if sys.argv[1:] else 100)
    print(json.dumps(figures))
