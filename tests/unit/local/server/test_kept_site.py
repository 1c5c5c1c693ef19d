"""The site of the last run is served without the cloud, and the cloud's in its place once it is ready."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from dropcap_local.edge.distribution import Behaviour, CachePolicy, Distribution, ErrorPage, HeadersPolicy
from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.saved_state.code_version import code_version
from dropcap_local.saved_state.folder import STATE, state_folder
from dropcap_local.saved_state.saved_distribution import distribution_from, plain_distribution
from dropcap_local.saved_state.saved_objects import SavedVersion
from dropcap_local.saved_state.state_file import write_state
from dropcap_local.server.kept_site import KeptSite
from dropcap_local.server.main_thread import MainThreadQueue
from dropcap_local.server.site import LocalSite

NOTHING = HeadersPolicy({}, frozenset())
PAGES = Behaviour(
    "*", "site", frozenset({"GET", "HEAD"}), True, CachePolicy(0, 60, 60, gzip=True),  # noqa: FBT003  # as the template
    HeadersPolicy({"x-content-type-options": "nosniff"}, frozenset({"x-amz-meta-cache-tag"})), None, None,
)  # fmt: skip
API = Behaviour("/api/*", None, frozenset({"GET", "HEAD", "POST"}), False, CachePolicy(0, 0, 0), NOTHING, None, None)  # noqa: FBT003
DISTRIBUTION = Distribution("CDN", (API, PAGES), {404: ErrorPage(1, 404, "/404.html")}, "x-amz-meta-cache-tag")
HTML = {"Content-Type": "text/html"}


def version(body: bytes | None) -> tuple[Any, ...]:
    """Return a saved version of an object with BODY; None for a delete marker."""
    return tuple(SavedVersion(body, 1_760_000_000.5, {"content-type": "text/html"}, ("0cc175b9",)))


SAVED = {
    "distribution": plain_distribution(DISTRIBUTION),
    "routes": ["/api/subscribe"],
    "bucket": "site",
    "objects": [
        ("naps.html", [version(b"old"), version(b"<p>Twenty minutes</p>")]),
        ("gone.html", [version(b"old"), version(None)]),
        ("404.html", [version(b"No such page")]),
    ],
}


@pytest.fixture
def kept() -> Iterator[KeptSite]:
    """Return the saved site."""
    site = KeptSite(SAVED)
    yield site
    site.close()


def test_a_distribution_comes_back_from_plain_values() -> None:
    """Equal in everything."""
    assert DISTRIBUTION == distribution_from(plain_distribution(DISTRIBUTION))


def test_the_newest_version_is_served_with_the_headers_of_the_edge(kept: KeptSite) -> None:
    """Those of S3, and those that the distribution adds."""
    page = kept.answer(HttpRequest("GET", "/naps.html"))
    assert page
    assert (200, b"<p>Twenty minutes</p>") == (page.status, page.body)
    headers = {"etag": '"0cc175b9"', "x-content-type-options": "nosniff", "content-type": "text/html"}
    assert headers.items() <= page.headers.items()
    assert "Thu, 09 Oct 2025 08:53:20 GMT" == page.headers["last-modified"]
    again = kept.answer(HttpRequest("GET", "/naps.html", {"if-none-match": '"0cc175b9"'}))
    assert again
    assert 304 == again.status


@pytest.mark.parametrize("path", ["/gone.html", "/never.html"])
def test_a_missing_object_gets_the_page_for_errors(kept: KeptSite, path: str) -> None:
    """Also one whose newest version is a delete marker."""
    page = kept.answer(HttpRequest("GET", path))
    assert page
    assert (404, b"No such page") == (page.status, page.body)


@pytest.mark.parametrize(("method", "path"), [("POST", "/naps.html"), ("GET", "/api/subscribe"), ("POST", "/api/new")])
def test_what_takes_a_function_is_not_answered(kept: KeptSite, method: str, path: str) -> None:
    """Nothing runs a function yet."""
    assert kept.answer(HttpRequest(method, path)) is None


def test_a_closed_site_answers_nothing() -> None:
    """It may be closed twice."""
    site = KeptSite(SAVED)
    site.close()
    site.close()
    assert site.answer(HttpRequest("GET", "/naps.html")) is None


class Cloud:
    """A cloud whose site is newer than the kept one."""

    stack = SimpleNamespace(routes=(SimpleNamespace(path="/api/subscribe"),))

    def request(self, method: str, path: str, **_more: object) -> HttpResponse:
        """Answer with what was asked for."""
        return HttpResponse(200, {"content-type": "text/html"}, f"{method} {path} by the cloud".encode())


def ask(site: LocalSite, path: str, method: str = "GET") -> Response:
    """Return the answer of SITE."""
    environ = EnvironBuilder(path, method=method).get_environ()
    return site.answer(Request({**environ, "REQUEST_URI": path}))


def test_the_cloud_takes_over_and_answers_what_waited_for_it(kept: KeptSite) -> None:
    """Pages come from the last run before; a form waits; and afterwards all comes from the cloud."""
    main_thread = MainThreadQueue()
    site = LocalSite(main_thread, live=False)
    site.serve_kept(kept)
    assert "Twenty minutes" in ask(site, "/naps.html").get_data(as_text=True)
    answers: list[str] = []
    form = Thread(target=lambda: answers.append(ask(site, "/api/subscribe", "POST").get_data(as_text=True)))
    form.start()
    assert "Twenty minutes" in ask(site, "/naps.html").get_data(as_text=True)
    assert not answers
    site.serve(Cloud())  # type: ignore[arg-type]  # it has what the site asks for
    while not answers:
        main_thread.run(0.01)
    form.join()
    assert ["POST /api/subscribe by the cloud"] == answers
    assert "GET /naps.html by the cloud" == ask(site, "/naps.html").get_data(as_text=True)
    assert kept.answer(HttpRequest("GET", "/naps.html")) is None


def test_a_request_during_the_change_is_answered_by_the_cloud(kept: KeptSite) -> None:
    """The kept site was chosen, and is closed before it is asked."""
    site = LocalSite(MainThreadQueue(), live=False)
    site.serve(Cloud())  # type: ignore[arg-type]  # it has what the site asks for
    site.serve_kept(kept)
    kept.close()
    assert "GET /naps.html by the cloud" == ask(site, "/naps.html").get_data(as_text=True)


WARM_START = """
import sys
from http.client import HTTPConnection
from pathlib import Path
import dropcap_cli.cli
import dropcap_cli.commands.dev
from dropcap_cli.dev.kept_state import KeptState
from dropcap_cli.dev.site_server import site_server
from dropcap_cli.site_folder import SiteFolder

with KeptState.of(SiteFolder(Path(sys.argv[1])), print) as state, site_server(state, 0) as server:
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/naps.html")
    print(connection.getresponse().read().decode())
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
HEAVY = {"moto", "boto3", "botocore", "flask", "jinja2", "markdown", "rich", "samtranslator", "watchfiles", "yaml"}


def test_the_last_site_is_served_before_the_local_cloud_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the packages that take long, none; a page is answered by a process that has imported the rest."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    monkeypatch.setenv("XDG_CACHE_HOME", environment["XDG_CACHE_HOME"])
    write_state(state_folder(tmp_path.resolve()) / STATE, code_version(), {"site": SAVED, "files": {}}, {})
    ran = subprocess.run(  # noqa: S603  # our own
        [sys.executable, "-c", WARM_START, str(tmp_path)], env=environment, capture_output=True, text=True, check=True
    )
    page, modules = ran.stdout.splitlines()
    assert "Twenty minutes" in page
    assert not HEAVY & set(modules.split())
