"""The site as a reader sees it: pages through the local edge, the HTTP API, and a script that looks for changes."""

from werkzeug.wrappers import Request, Response

from dropcap_local.cloud import LocalCloud
from dropcap_local.page import Page
from dropcap_local.server.live import Live, with_script
from dropcap_local.server.turns import ClosedError, Turns

FORWARDED = ("content-type", "accept", "accept-language", "user-agent")
"""Headers that the HTTP API may see; the rest is between the browser and this machine."""
RECOUNTED = frozenset({"content-length", "transfer-encoding", "connection"})


class LocalSite:
    """A WSGI application for one cloud."""

    def __init__(self, cloud: LocalCloud, turns: Turns) -> None:
        """Serve what CLOUD has, by TURNS."""
        self._cloud = cloud
        self._turns = turns
        self.live = Live(turns, lambda path: cloud.page(path).body)

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        if told := self.live.answer(request):
            return told
        try:
            return _response(self._page(request), live=self._is_of_the_site(request))
        except ClosedError:
            return Response("The local cloud is about to end\n", 503)

    def _is_of_the_site(self, request: Request) -> bool:
        """Say whether the answer is a page that may change, and not the API's answer to what somebody did."""
        return request.method == "GET" and request.path not in {route.path for route in self._cloud.stack.routes}

    def _page(self, request: Request) -> Page:
        address = request.environ["REQUEST_URI"]
        if request.method in {"GET", "HEAD"}:
            return self._turns.do(lambda: self._cloud.page(address))
        headers = {name: request.headers[name] for name in FORWARDED if name in request.headers}
        body = request.get_data()
        return self._turns.do(lambda: self._cloud.request(request.method, address, headers=headers, body=body))


def _response(page: Page, *, live: bool) -> Response:
    headers = {name: value for name, value in page.headers.items() if name not in RECOUNTED}
    is_live = live and headers.get("content-type", "").startswith("text/html")
    return Response(with_script(page.body) if is_live else page.body, page.status, headers)
