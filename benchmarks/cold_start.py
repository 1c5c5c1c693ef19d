"""Cold start of each function beside boto3 alone: seconds of CPU from the start of a process to its first answer.

    .venv/bin/python benchmarks/cold_start.py [ROUNDS [FUNCTION …]]

Each function runs in a process of its own with AWS's runtime client, and works on a real event of the local pipeline: a
post, a picture, a subscription, a newsletter. `bare` is a function that imports boto3 and makes the clients that the
function called; `bare_calls` also makes as many calls with them, each a short one. They run directly after the function
in each round, since the machine may be busy. Medians of all rounds; Python's own start and the runtime client are part
of all three. `least_s` are the least of all rounds, of the import, of the first answer and of `bare`, and
`ratio_of_least` compares them: what else the machine does only adds to them. All modules are compiled before, as in the
package that is deployed. Prints one JSON line for each FUNCTION; without one, for all. Others run within this process.
"""

import compileall
import json
import statistics
import sys
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from container import Container
from containers import Containers, handlers_in_processes
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.project import FUNCTIONS
from support.readers import subscribe

ROUNDS = 3
SECONDS = {"GRACE_SECONDS": "0"}
"""A newsletter goes out at once."""
GOAL = 1.5


def picture() -> bytes:
    """Return a small picture."""
    written = BytesIO()
    Image.new("RGB", (800, 600), "teal").save(written, "PNG")
    return written.getvalue()


def publish_old_posts(cloud: LocalCloud) -> None:
    """Publish ten short posts to CLOUD, so that it is no empty site."""
    for number in range(10):
        cloud.upload(f"posts/old-{number}.md", f"---\ntitle: Old {number}\ndate: 2021-03-{number + 1:02}\n---\nText.\n")
    cloud.settle()


def work(cloud: LocalCloud, number: int) -> None:
    """Make every function of CLOUD work in round NUMBER; render first on a post, since it only passes a picture on."""
    today = datetime.now(UTC).date()
    subscribe(cloud, f"reader-{number}@example.org")
    cloud.upload(
        f"posts/cold-{number}.md", f"---\ntitle: Cold {number}\ndate: {today}\ntags: [a]\n---\nText **{number}**.\n"
    )
    cloud.settle()
    cloud.upload(f"posts/picture-{number}.png", picture())
    cloud.settle()
    cloud.run_function("ReconcileFunction")
    cloud.settle()


def bare(containers: Containers, event: dict[str, int]) -> float:
    """Return the seconds of boto3 alone with the clients and calls of EVENT."""
    with Container("bare.handler", {}, containers.aws) as container:
        container.invoke(dict(event), containers.main_thread)
        return container.first_s


def measured(rounds: int, functions: Collection[str]) -> list[dict[str, object]]:
    """Return the figures of FUNCTIONS, of all if there are none."""
    compileall.compile_dir(FUNCTIONS, quiet=1)
    ours: dict[str, list[Container]] = {}
    services: dict[str, Counter[str]] = {}
    yardsticks: dict[str, list[tuple[float, float]]] = {}
    with LocalCloud(now=datetime.now(UTC), environment=SECONDS) as cloud:
        publish_old_posts(cloud)
        with handlers_in_processes(SECONDS, functions) as containers:
            for number in range(rounds):
                containers.calls.clear()
                work(cloud, number)
                round_of = dict(containers.running)
                services |= {name: Counter(containers.calls.get(name, {})) for name in round_of}
                containers.stop()
                for name, container in round_of.items():
                    ours.setdefault(name, []).append(container)
                    mean = {
                        service: max(1, round(calls / container.invocations))
                        for service, calls in services[name].items()
                    }
                    alone = bare(containers, dict.fromkeys(mean, 0)), bare(containers, mean)
                    yardsticks.setdefault(name, []).append(alone)
    return [line(name, ours[name], yardsticks[name], services[name]) for name in sorted(ours)]


def line(
    name: str, ours: list[Container], yardsticks: list[tuple[float, float]], services: Counter[str]
) -> dict[str, object]:
    """Return the figures of the function NAME."""
    firsts = [container.first_s for container in ours]
    first = statistics.median(firsts)
    alone, calling = (statistics.median(of) for of in zip(*yardsticks, strict=True))
    least = min(container.import_s for container in ours), min(firsts), min(of for of, _ in yardsticks)
    return {
        "function": name,
        "clients": sorted(services),
        "import_s": round(statistics.median(container.import_s for container in ours), 2),
        "first_answer_s": round(first, 2),
        "bare_s": round(alone, 2),
        "bare_calls_s": round(calling, 2),
        "ratio": round(first / alone, 2),
        "ratio_with_calls": round(first / calling, 2),
        "least_s": [round(seconds, 2) for seconds in least],
        "ratio_of_least": round(least[1] / least[2], 2),
        "goal": GOAL,
    }


if __name__ == "__main__":
    with functions_log_to(None):
        all_figures = measured(int(sys.argv[1]) if sys.argv[1:] else ROUNDS, sys.argv[2:])
    for figures in all_figures:
        print(json.dumps(figures))
