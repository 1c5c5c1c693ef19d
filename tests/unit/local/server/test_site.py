"""The local site answers this machine, and a web page elsewhere can only have links to it."""

from types import SimpleNamespace

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.server.main_thread import MainThreadQueue
from dropcap_local.server.site import LocalSite

HOST = "127.0.0.1:4000"


class CountingCloud:
    """A cloud that counts requests."""

    stack = SimpleNamespace(routes=())

    def __init__(self) -> None:
        """Start at zero."""
        self.requests = 0

    def request(self, _method: str, _path: str, **_more: object) -> HttpResponse:
        """Answer with a page."""
        self.requests += 1
        return HttpResponse(200, {"content-type": "text/html"}, b"<p>Naps</p>")


@pytest.fixture
def cloud() -> CountingCloud:
    """Return a cloud that no request has reached."""
    return CountingCloud()


def status(cloud: CountingCloud, method: str, path: str, headers: dict[str, str]) -> int:
    """Return the status of the answer of a site of CLOUD."""
    site = LocalSite(MainThreadQueue())
    site.serve(cloud)  # type: ignore[arg-type]  # it has what the site asks for
    environ = EnvironBuilder(path, method=method, headers=list(headers.items())).get_environ()
    return site.answer(Request({**environ, "REQUEST_URI": path})).status_code


@pytest.mark.parametrize("host", ["evil.example:4000", "127.0.0.1.evil.example", ""])
@pytest.mark.parametrize("path", ["/naps/", "/.dropcap/changes", "/api/subscribe"])
def test_another_host_is_refused(cloud: CountingCloud, host: str, path: str) -> None:
    """A page of the internet could read posts that are not public yet, through a name of its own that leads here."""
    assert 403 == status(cloud, "GET", path, {"Host": host})
    assert 0 == cloud.requests


@pytest.mark.parametrize("host", [HOST, "localhost:4000", "journal.localhost:4000", "[::1]:4000"])
def test_each_name_of_this_machine_is_answered(cloud: CountingCloud, host: str) -> None:
    """Also one that a person chose below `localhost`."""
    assert 200 == status(cloud, "GET", "/naps/", {"Host": host})


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://localhost:4000", "Sec-Fetch-Site": "cross-site"}, 200),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_only_a_form_of_this_machine_is_sent(cloud: CountingCloud, headers: dict[str, str], expected: int) -> None:
    """The page that confirms has no referrer, so that its Origin is null: its own form is accepted all the same."""
    assert expected == status(cloud, "POST", "/api/subscribe", {"Host": HOST, **headers})
    assert cloud.requests == (expected == 200)


def test_a_link_elsewhere_leads_to_the_site(cloud: CountingCloud) -> None:
    """A person may follow a link from a web page, or from a mail that is read in a browser."""
    assert 200 == status(cloud, "GET", "/naps/", {"Host": HOST, "Sec-Fetch-Site": "cross-site"})
