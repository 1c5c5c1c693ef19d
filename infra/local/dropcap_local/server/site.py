"""The site as readers see it: pages through the local edge, the HTTP API, and a script that listens for changes."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.server.kept_site import READING, KeptSite
from dropcap_local.server.live_reload import LiveReload, with_script
from dropcap_local.server.main_thread import ClosedError, MainThreadQueue
from dropcap_local.server.this_machine import is_below_this_machine, is_of_another_page

if TYPE_CHECKING:
    from dropcap_local.cloud import LocalCloud

FORWARDED = (
    "content-type", "accept", "accept-language", "user-agent",
    "accept-encoding", "range", "if-range", "if-none-match", "if-modified-since",
)  # fmt: skip
"""Headers that are passed on to the CDN."""
OF_ONE_FORM = ("accept-encoding", "range", "if-range", "if-none-match", "if-modified-since")
"""Headers left out while a page reloads itself: the script is inserted into the whole page."""
RECOUNTED = frozenset({"content-length", "transfer-encoding", "connection"})


class LocalSite:
    """A WSGI application: the site of a cloud, and until that is ready the site of the last run, if there is one.

    A request that only the cloud can answer waits for it. Once the cloud serves, nothing else does.
    """

    def __init__(self, main_thread: MainThreadQueue, *, live: bool = True) -> None:
        """Serve on the MAIN_THREAD; pages reload themselves if LIVE, else they are as readers get them."""
        self._cloud: LocalCloud
        self._kept: KeptSite | None = None
        self._routes: frozenset[str] = frozenset()
        self._main_thread = main_thread
        self._is_live = live
        self.live = LiveReload(main_thread, lambda path: self._cloud.page(path).body)

    def serve_kept(self, kept: KeptSite) -> None:
        """Serve KEPT until the cloud is ready."""
        self._kept, self._routes = kept, kept.routes

    def serve(self, cloud: "LocalCloud") -> None:
        """Serve CLOUD from now on; before that, the main thread must answer no request of this site."""
        self._cloud = cloud
        self._routes = frozenset(route.path for route in cloud.stack.routes)
        self.end_kept()

    def end_kept(self) -> None:
        """Serve the site of the last run no more. Requests in progress are answered."""
        kept, self._kept = self._kept, None
        if kept:
            kept.close()

    def answer(self, request: Request) -> Response:
        """Answer one request. A page elsewhere may have links to this site, but not read it nor send it anything."""
        if not is_below_this_machine(request) or (request.method not in READING and is_of_another_page(request)):
            return Response("The local site answers requests to and from this machine only.\n", 403)
        if self._is_live and (answer := self.live.answer(request)):
            return answer
        is_page = self._is_live and self._is_of_the_site(request)
        try:
            page = self._page(_sent(request, whole=is_page))
        except ClosedError:
            return Response("The local cloud is stopping\n", 503)
        return _response(page, live=is_page, is_head=request.method == "HEAD")

    def _is_of_the_site(self, request: Request) -> bool:
        """Return whether the answer is a page that may change, and not the API's answer to what somebody did."""
        is_route = request.path in self._routes
        return request.method == "GET" and not is_route and "." not in request.path.rpartition("/")[2]

    def _page(self, request: HttpRequest) -> HttpResponse:
        kept = self._kept
        if kept and (page := kept.answer(request)):
            return page
        return self._main_thread.do(
            lambda: self._cloud.request(request.method, request.url, headers=request.headers, body=request.body),
            reads=request.method in READING,
        )


def _sent(request: Request, *, whole: bool) -> HttpRequest:
    """Return REQUEST as it is sent to the CDN; a WHOLE answer is neither a part nor compressed."""
    left_out = OF_ONE_FORM if whole else ()
    headers = {name: request.headers[name] for name in FORWARDED if name in request.headers and name not in left_out}
    return HttpRequest(request.method, request.environ["REQUEST_URI"], headers, request.get_data())


def _response(page: HttpResponse, *, live: bool, is_head: bool) -> Response:
    recounted = RECOUNTED - {"content-length"} if is_head else RECOUNTED  # a HEAD answer has the length of GET's
    headers = {name: value for name, value in page.headers.items() if name not in recounted}
    is_live = live and headers.get("content-type", "").startswith("text/html")
    return Response(with_script(page.body) if is_live else page.body, page.status, headers)
