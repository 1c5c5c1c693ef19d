"""Print the cost of a publication at any size: AWS calls by kind, changed objects, invalidation paths.

Publishes one more post, the newest, linking to none, into 10, 100 and 1,000 posts, then a changed word in one that is
there, and prints a JSON line for each. A warm container is assumed, one of each function: what it has read it keeps.
The figures are counts, so they are the same on any machine. Run it as `make bench`, or with other sizes as arguments.
"""

import json
import re
import sys
from collections import Counter
from datetime import date, timedelta

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to

KINDS = (
    (r"index\.html", "the home page"),
    (r"feed\.(xml|json)|rss\.xml", "the feeds"),
    (r"archive/index\.html", "the newest titles, and the years"),
    (r"\d{4}/index\.html", "a year's titles, and its months"),
    (r"\d{4}/\d{2}/index\.html", "a month's posts"),
    (r"sitemap.*\.xml", "the month's sitemap, and the index of sitemaps"),
    (r"search/.*\.json", "the shards of the search, and their index"),
    (r"tags/index\.html", "the tags"),
    (r"tags/[^/]+/index\.html", "a tag"),
    (r"tags/[^/]+/\d{4}/index\.html", "a tag's year"),
    (r"tags/[^/]+/(feed\.(xml|json)|rss\.xml)", "a tag's feeds"),
    (r"post-\d+/index\.html", "the post, and the one before it"),
    (r"assets/media/[^/]+/card-\w+\.png", "the post's card for social media"),
    (r".*", "anything else"),
)
"""Kinds of site objects by patterns of their keys; the first match counts."""
TAGS = ("sleep", "light")
FIRST_DAY = date(2021, 1, 1)


def post(number: int) -> str:
    """Return the source of post NUMBER, dated one day after the one before; every post has the same two tags."""
    day = FIRST_DAY + timedelta(days=number)
    tags = ", ".join(TAGS)
    return f"---\ntitle: Post {number}\ndate: {day}\ntags: [{tags}]\n---\nText number {number}.\n\nMore to read.\n"


def one_post(size: int) -> dict[str, object]:
    """Publish SIZE posts, then count what one more costs."""
    return cost_of(size, (f"posts/post-{size}.md", post(size)))


def one_word(size: int) -> dict[str, object]:
    """Publish SIZE posts, then count what a changed word costs, in the newest and below its summary."""
    return cost_of(size, (f"posts/post-{size - 1}.md", post(size - 1).replace("More to", "Still more to")))


def cost_of(size: int, upload: tuple[str, str]) -> dict[str, object]:
    """Publish SIZE posts, then count what UPLOAD costs: a key and a text."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: Benchmark\n")
        for number in range(size):
            cloud.upload(f"posts/post-{number}.md", post(number))
        cloud.settle()
        before = cloud.site()
        cloud.calls.clear()
        paths: list[str] = []
        cloud.on_call.append(lambda _service, call, params, phase: paths.extend(invalidated(call, params, phase)))
        cloud.upload(*upload)
        cloud.settle()
        after = cloud.site()
        changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        calls = Counter({f"{service}.{call}": count for (service, call), count in cloud.calls.items()})
    return {
        "posts": size,
        "tags": len(TAGS),
        "objects_changed": len(changed),
        "objects_allowed": 19 + 6 * len(TAGS),
        "invalidation_paths": len(paths),
        "calls_in_all": calls.total(),
        "calls": dict(sorted(calls.items())),
        "kinds": dict(sorted(Counter(kind_of(key) for key in changed).items())),
        "objects": changed,
    }


def kind_of(key: str) -> str:
    """Return the kind of the site object at KEY, without its date, tag or name."""
    return next(kind for pattern, kind in KINDS if re.fullmatch(pattern, key))


def invalidated(call: str, params: object, phase: str) -> list[str]:
    """Return the paths that a CreateInvalidation names."""
    if call != "CreateInvalidation" or phase != "before" or not isinstance(params, dict):
        return []
    return list(params["InvalidationBatch"]["Paths"]["Items"])


if __name__ == "__main__":
    for wanted in [int(argument) for argument in sys.argv[1:]] or [10, 100, 1000]:
        for measured in (one_post, one_word):
            with functions_log_to(None):
                result = {"change": measured.__name__, **measured(wanted)}
            print(json.dumps(result), flush=True)
