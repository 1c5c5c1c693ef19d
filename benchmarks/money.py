"""Dollars for a post, a thousand mails, an import of 5,000 posts and an idle month: counted calls times dated prices.

    .venv/bin/python benchmarks/money.py [POSTS]

The counts come from the local cloud (one more post among POSTS, an import of POSTS, default: 60) and, for mails, from
the constant MAIL; the time of functions from the replay of `live.py`; the prices from `dropcap cost`. Prints a JSON
line each: dollars at list prices, the largest parts, and the units. Units that are always free are not taken off; the
idle month is also printed without them, as an account pays it.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dropcap_cli.costs.idle import idle_cost, idle_units
from dropcap_cli.costs.prices import price_list
from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.sam import template
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.project import TEMPLATE
from generated_posts import post
from live import graph
from recorded import Invocation, recorded
from replay import Replay, Settings
from support.template import NESTED, nested, translated

IMPORT = 5_000
MAILS = 1_000
QUERY_UNITS = 2
"""Read units of a Query: 8 KB, read consistently."""
ITEM_UNITS = 2
"""Write units of an item: at most 2 KB. A transaction costs twice as much."""
LOG_BYTES = 700
"""A line of a log, and Lambda's own lines about the invocation, each."""
MAIL = {
    "mail": 1.0, "dynamodb-read": 2.4, "dynamodb-write": 10.0, "sqs-request": 0.6, "lambda-request": 0.25,
    "lambda-gb-second": 0.05, "logs-gb": 4 * LOG_BYTES / 1e9,
}  # fmt: skip
"""Units of one mail with its two events of SES: reads as `newsletter.py` counts them; a claim (a transaction of two
items), the state after sending, and the states of two events; batches of ten events; 50 ms of CPU and waiting."""


def units(invocations: list[Invocation], settings: Settings) -> Counter[str]:
    """Return what INVOCATIONS use, by the names of the price list."""
    used: Counter[str] = Counter()
    replay = Replay(settings, Random(1))  # noqa: S311  # the same latencies every time
    for invocation in invocations:
        queue = "sqs-fifo-request" if invocation.function == "publish" else "sqs-request"
        used["lambda-request"] += 1
        used[queue] += 2 if invocation.source == "queue" else 0  # a receive and a delete
        used["lambda-gb-second"] += replay.busy(invocation) * settings.memory[invocation.function] / 1_024  # type: ignore[assignment]  # a Counter adds any number
        used["logs-gb"] += 5 * LOG_BYTES / 1e9  # type: ignore[assignment]  # as above
        for (service, operation), size in zip(invocation.calls, invocation.sizes, strict=True):
            for name, number in _call_units(service, operation, size, invocation.function):
                used[name] += number
    return used


def _call_units(service: str, operation: str, size: int, function: str) -> list[tuple[str, int]]:
    simple = {
        "s3": "s3-read" if operation.startswith(("Get", "Head")) else "s3-write",
        "sqs": "sqs-fifo-request" if function == "index" else "sqs-request",
        "scheduler": "schedule",
    }
    if service in simple:
        return [(simple[service], 1)]
    if service == "cloudfront":
        return [("cdn-invalidation", size)]
    if operation in {"GetItem", "BatchGetItem", "Query", "Scan"}:
        return [("dynamodb-read", size if operation.endswith("GetItem") else QUERY_UNITS)]
    return [("dynamodb-write", size * ITEM_UNITS * (2 if operation.startswith("Transact") else 1))]


def priced(what: str, used: Mapping[str, float], **more: object) -> dict[str, Any]:
    """Return the dollars of the units USED for WHAT at list prices, with the parts that cost most."""
    prices = price_list()
    parts = {name: prices[name].of(number, free=False) for name, number in used.items()}
    largest = sorted(parts.items(), key=lambda part: -part[1])[:4]
    return {
        "of": what,
        "dollars": round(sum(parts.values()), 6),
        "largest": {name: round(dollars, 6) for name, dollars in largest},
        "units": {name: round(number, 6) for name, number in sorted(used.items())},
        "prices_as_of": prices.as_of,
        **more,
    }


def imported(posts: int) -> list[Invocation]:
    """Return the invocations of an import of POSTS posts, in the phases of `dropcap build`."""
    chance = Random(1)  # noqa: S311  # the same posts every time
    with functions_log_to(None), LocalCloud(phased=True) as cloud:
        return recorded(cloud, {f"posts/post-{number}.md": post(number, posts, chance) for number in range(posts)})


def idle(*, newsletter: bool) -> dict[str, Any]:
    """Return the cost of an idle month, with and without the units that are always free."""
    stacks = (translated(), *(nested(path.stem) for path in NESTED))
    resources = {
        name: resource
        for stack in stacks
        for name, resource in stack["Resources"].items()
        if newsletter or resource.get("Condition") != "HasNewsletter"
    }
    used = idle_units(resources)
    paid = sum(line.dollars for line in idle_cost(used, price_list()))
    return priced(
        f"idle month, {'with' if newsletter else 'without'} newsletter", used, after_free_units=round(paid, 2)
    )


def main(posts: int) -> None:
    """Print one line for each question."""
    settings = Settings.of(template(TEMPLATE.read_text(encoding="utf-8")))
    print(json.dumps(priced("one post", units(graph(posts), settings))), flush=True)
    print(json.dumps(priced("a thousand mails", {name: number * MAILS for name, number in MAIL.items()})), flush=True)
    whole = units(imported(posts), settings)
    share = {name: number * IMPORT / posts for name, number in whole.items() if name != "cdn-invalidation"}
    print(json.dumps(priced(f"an import of {IMPORT} posts, from {posts}", share)), flush=True)
    for newsletter in (True, False):
        print(json.dumps(idle(newsletter=newsletter)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 60)
