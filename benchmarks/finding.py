"""How many clicks each post is away from home, and what archive and search weigh, on a generated site.

    .venv/bin/python benchmarks/finding.py [POSTS YEARS]

Builds the lists of 10,000 posts over ten years by the real queries and templates, on a table in memory, and prints one
JSON line. Counts and bytes: nothing depends on the machine.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.generated_site import GeneratedSite

FIRST_YEAR = 2016
LIBRARY_AND_LIST = 2
"""Requests of a search besides the shards."""


def finding(posts: int, years: int) -> dict[str, object]:
    """Return the counts of a site of POSTS over YEARS."""
    site = GeneratedSite()
    days = (
        f"{FIRST_YEAR + n * years // posts}-{n * 12 * years // posts % 12 + 1:02}-{n % 28 + 1:02}" for n in range(posts)
    )
    addresses = [site.add(f"Post {number} of a journal that goes on", day, "Text.") for number, day in enumerate(days)]
    objects, clicks = site.build(), site.clicks()
    by_clicks = Counter(clicks.get(address, 0) for address in addresses)
    shards = Counter(shard["kind"] for shard in site.shards())
    return {
        "posts": posts,
        "posts_by_clicks": {number: by_clicks[number] for number in sorted(by_clicks)},
        "within_two_percent": round(100 * (by_clicks[1] + by_clicks[2]) / posts, 1),
        "archive_compressed_bytes": len(gzip.compress(objects["/archive/"], 6)),
        "largest_year_compressed_bytes": max(
            len(gzip.compress(objects[f"/{FIRST_YEAR + n}/"], 6)) for n in range(years)
        ),
        "requests_for_titles": LIBRARY_AND_LIST + shards["all"] + shards["titles"],
        "shards_of_texts": shards["texts"],
    }


if __name__ == "__main__":
    posts, years = (int(argument) for argument in (sys.argv[1:] or ("10000", "10")))
    print(json.dumps(finding(posts, years)))
