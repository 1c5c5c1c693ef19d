"""Lighthouse's four scores of an article, home, the archive and the search, as a phone on a slow line sees them.

Publishes the example site on a local cloud and serves it as the CDN would: compressed, from its cache, with its
headers. Needs node and a Chromium; `make lighthouse` runs it. Prints a JSON line a page, with whatever costs points.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from werkzeug.wrappers import Request, Response

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.function_logs import functions_log_to
from dropcap_local.server.main_thread import MainThreadQueue
from dropcap_local.server.serving import Server
from dropcap_local.server.site import LocalSite

LIGHTHOUSE = "lighthouse@13.5.0"
EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = ("/morning-light/", "/", "/archive/", "/search/")
CHROMIUM_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
"""Containers have little shared memory: without the last flag a run may end before the page begins to load."""
FLAGS = ("--quiet", "--output=json", f"--chrome-flags={CHROMIUM_FLAGS}")


ENCODINGS = "gzip, deflate, br, zstd"
"""The encodings that Chromium accepts."""
_OWN_ADDRESS = re.compile(rb'[\s"(](/[\w./-]+\.\w+)')


class Edge:
    """The site as a CDN answers for it: from memory, once an address was requested."""

    def __init__(self, site: LocalSite) -> None:
        """Answer for SITE; nothing is in memory yet."""
        self._site = site
        self._answers: dict[tuple[str, str], Response] = {}

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        key = (request.url, request.headers.get("Accept-Encoding", ""))
        if key not in self._answers:
            self._answers[key] = self._site.answer(request)
        return self._answers[key]


def warm(url: str) -> None:
    """Request the page at URL and what it refers to, so that it comes from memory afterwards."""
    origin = url[: url.index("/", len("http://"))]
    with urllib.request.urlopen(url) as plain:  # noqa: S310  # our own server
        addresses = {origin + match.decode() for match in _OWN_ADDRESS.findall(plain.read())}
    for address in (url, *sorted(addresses)):
        request = urllib.request.Request(address, headers={"Accept-Encoding": ENCODINGS})  # noqa: S310  # our own server
        with urllib.request.urlopen(request) as answer:  # noqa: S310  # our own server
            answer.read()


def scores(url: str) -> dict[str, object]:
    """Return what Lighthouse says of the page at URL."""
    warm(url)
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, url, *FLAGS, f"--output-path={report}"]
        environment = {**os.environ, "CHROME_PATH": chromium}
        subprocess.run(command, check=True, env=environment, stdout=sys.stderr)  # noqa: S603  # our own command
        report_data: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    shares = {name: round(100 * category["score"]) for name, category in report_data["categories"].items()}
    return {"page": url, "scores": shares, "costs": sorted(costs(report_data))}


def costs(report_data: dict[str, Any]) -> Iterator[str]:
    """Return every audit that counts and is not perfect."""
    for category in report_data["categories"].values():
        for reference in category["auditRefs"]:
            audit = report_data["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['id']}: {audit['title']} {audit.get('displayValue', '')}".strip()


def main() -> None:
    """Publish, serve, and measure one page after the other."""
    with functions_log_to(None), LocalCloud() as cloud:
        for file in sorted(path for path in EXAMPLES.rglob("*") if path.is_file()):
            cloud.upload(str(file.relative_to(EXAMPLES)), file.read_bytes())
        cloud.settle()
        main_thread = MainThreadQueue()
        site = LocalSite(main_thread, live=False)
        site.serve(cloud)
        with Server(Request.application(Edge(site).answer)) as server, ThreadPoolExecutor(1) as measuring:
            waiting = [measuring.submit(scores, server.address + path) for path in PAGES]
            while not all(run.done() for run in waiting):
                main_thread.run(0.2)
            results = [run.result() for run in waiting]
    for result in results:
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
