"""How long a reader waits for the search of a large site, in Chromium: the first results, and all of them.

Makes the shards of 10,000 posts over ten years (or as many as an argument says), with words as rare and as frequent as
in a language, serves them from this machine, and prints a JSON line a query: seconds to the first results and to rest,
what was fetched, and the page's memory. Times are this machine's.
"""

import gzip
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.wrappers import Request, Response

from dropcap.document import Tag
from dropcap.site.cards import Card
from dropcap.site.content import search
from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.site.urls import search_path
from dropcap.steps.publish.search import PER_SHARD
from dropcap_local.server.serving import Server

POSTS, MONTHS, LEXICON = 10_000, 120, 20_000
SYLLABLES = ("ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo", "wen", "bri", "dor", "fel", "gan", "hes")
QUERIES = ("the newest", "often", "rarely", "nowhere")
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", "": "text/html"}
CARD = Card(
    key="", title="", path="", sort="", published="", updated=None, summary="", tags=(), digest="", site="", dated=True
)


def objects(posts: int) -> dict[str, bytes]:
    """Return a site of POSTS by path: the page to search on, its assets, and the shards."""
    theme, site = Theme(Path(__file__).parents[1] / "templates"), SiteSettings.default("https://journal.example")
    chance = random.Random(1)  # noqa: S311  # the same site every time
    lexicon = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(LEXICON)]
    weights = list(accumulate(1 / (rank + 5) for rank in range(LEXICON)))
    files: dict[str, bytes] = dict(theme.asset_files())
    sums: list[dict[str, object]] = []
    years: dict[str, list[tuple[Card, str]]] = {}
    for number in range(MONTHS):
        month = f"{2016 + number // 12}-{number % 12 + 1:02}"
        written = [_post(chance, lexicon, weights, f"{month}-{i % 28 + 1:02}", i) for i in range(posts // MONTHS)]
        files[search_path(month)] = search.shard(written).encode()
        sums.append({"sk": month, "count": len(written)})
        years.setdefault(month[:4], []).extend(written)
    for year, posts_of_year in years.items():
        cards = [card for card, _ in posts_of_year[:PER_SHARD]]
        files[search_path(search.titles_name(year))] = search.titles(cards).encode()
        sums.append({"sk": year, "count": len(posts_of_year), "folded": False})
    files[search_path("index")] = search.index(sums).encode()
    files["/search/"] = theme.render("site/search.html", site=site, path="/search/").encode()
    return files


def _post(chance: random.Random, lexicon: list[str], weights: list[float], day: str, number: int) -> tuple[Card, str]:
    text = " ".join(chance.choices(lexicon, cum_weights=weights, k=170))
    rare = "rarely" if day == "2016-03-04" and number < 28 else ""  # noqa: PLR2004  # one post in all
    often = "often" if number % 10 == 0 else ""
    newest = "the newest" if day.startswith("2025-12") else ""
    title = " ".join(filter(None, [newest.title(), *chance.choices(lexicon, cum_weights=weights, k=4)]))
    card = replace(CARD, title=title, path=f"/{day}-{number}/", published=day, tags=(Tag("sleep", "sleep"),))
    return card, search.words_of(f"<p>{rare} {often} {text}</p>", "")


@contextmanager
def served(site: dict[str, bytes]) -> Iterator[str]:
    """Serve SITE, compressed, for as long as the block runs."""
    small = {path: gzip.compress(content, 6) for path, content in site.items()}

    def answer(request: Request) -> Response:
        if request.path not in small:
            return Response(status=404)
        kind = KINDS.get("." + request.path.rpartition(".")[2] if "." in request.path else "", "font/woff2")
        return Response(small[request.path], content_type=kind, headers={"Content-Encoding": "gzip"})

    with Server(Request.application(answer)) as server:
        yield server.address


def measure(browser: Browser, address: str, query: str) -> dict[str, object]:
    """Ask for QUERY in a fresh page, and give what a reader waits for."""
    page = browser.new_page()
    fetched: list[int] = []
    page.on("requestfinished", lambda request: fetched.append(request.sizes()["responseBodySize"]))
    page.goto(f"{address}/search/")
    page.locator("#dropcap-query").fill(query)
    started = time.perf_counter()
    first = 0.0
    while time.perf_counter() - started < 60:  # noqa: PLR2004  # seconds
        status = page.evaluate(
            "() => [document.querySelectorAll('#dropcap-results li').length,"
            " document.querySelector('#dropcap-search-state').textContent]"
        )
        first = first or (time.perf_counter() - started if status[0] else 0.0)
        still = len(fetched)
        page.wait_for_timeout(20 if not first else 400)
        if status[1] and "…" not in status[1] and len(fetched) == still:
            break
    memory = page.evaluate("performance.memory.usedJSHeapSize")
    page.close()
    return {
        "query": query, "first_seconds": round(first, 2), "rest_seconds": round(time.perf_counter() - started, 2),
        "said": status[1], "fetched_kilobytes": sum(fetched) // 1000, "heap_megabytes": round(memory / 1e6),
    }  # fmt: skip


if __name__ == "__main__":
    site = objects(int(sys.argv[1]) if sys.argv[1:] else POSTS)
    with served(site) as at, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--enable-precise-memory-info"]
        with playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags) as chromium:
            for words in QUERIES:
                print(json.dumps(measure(chromium, at, words)), flush=True)
