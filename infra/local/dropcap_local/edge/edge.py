"""One request at the edge: function, cache, origin, error page, headers, function."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from dropcap_local.edge.cache import Cache, CachedResponse
from dropcap_local.edge.distribution import Behaviour, Distribution, ErrorPage
from dropcap_local.edge.freshness import error_lifetime, lifetime
from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.edge.origin import Origin
from dropcap_local.edge.responses import compressed, for_reader, takes_gzip
from dropcap_local.edge.viewer_functions import JSON, ViewerFunctions, body_of, plain, query_of, wrapped

READING = frozenset({"GET", "HEAD"})
UNNAMED = ErrorPage(ttl=10)
"""CloudFront's rule for an error that the distribution does not name."""
ERROR = 400
BAD_REQUEST, FORBIDDEN, NOT_FOUND = 400, 403, 404


@dataclass(frozen=True, slots=True)
class _Visit:
    """A request after the first function: for which object, and under which behaviour."""

    request: HttpRequest
    behaviour: Behaviour
    uri: str
    query: str

    @property
    def key(self) -> tuple[str, ...]:
        """Return its cache key."""
        policy = self.behaviour.cache
        return self.behaviour.pattern, self.uri, self.query if policy.query else "", "gzip" if self.takes_gzip else ""

    @property
    def reads(self) -> bool:
        """Return whether it only reads, so that its response may be cached."""
        return self.request.method in READING

    @property
    def takes_gzip(self) -> bool:
        """Return whether its answer may be compressed."""
        return self.behaviour.compress and self.behaviour.cache.gzip and takes_gzip(self.request.headers)


class LocalEdge:
    """Answers for one distribution as CloudFront does; API stands for the HTTP API behind it, NOW for its clock."""

    def __init__(
        self,
        distribution: Distribution,
        origin: Origin,
        api: Callable[[HttpRequest], HttpResponse],
        now: Callable[[], datetime],
    ) -> None:
        self._distribution = distribution
        self._origin = origin
        self._api = api
        self._now = now
        self._functions = ViewerFunctions()
        self._cache = Cache()
        self._cleared = 0

    def close(self) -> None:
        """Close the JavaScript engines."""
        self._functions.close()

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer REQUEST."""
        self._apply_invalidations()
        page = self._answer(request)
        return HttpResponse(page.status, page.headers, b"") if request.method == "HEAD" else page

    def _apply_invalidations(self) -> None:
        """Remove responses that were invalidated since the last request."""
        for paths in self._origin.invalidated(self._distribution.id, self._cleared):
            self._cache.clear(paths)
            self._cleared += 1

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not request.url.startswith("/"):
            return HttpResponse(BAD_REQUEST, {"content-type": "text/plain"}, b"Bad request\n")
        behaviour = self._distribution.behaviour(request.path)
        event_request: JSON = {
            "method": request.method,
            "uri": request.path,
            "querystring": query_of(request.query),
            "headers": wrapped({"host": "localhost", **request.headers}),
            "cookies": {},
        }
        if behaviour.on_request and request.method in behaviour.methods:
            event_request = self._functions.run(behaviour.on_request, "viewer-request", {"request": event_request})
        if "statusCode" in event_request:
            return _with_policy(
                behaviour,
                HttpResponse(
                    event_request["statusCode"], plain(event_request.get("headers", {})), body_of(event_request)
                ),
            )
        visit = _Visit(request, behaviour, event_request["uri"], request.query)
        page, is_error = self._cached_or_fetched(visit)
        page = _with_policy(behaviour, page)
        return (
            page
            if is_error or not behaviour.on_response
            else self._with_response_function(behaviour.on_response, event_request, page)
        )

    def _with_response_function(self, code: str, event_request: JSON, page: HttpResponse) -> HttpResponse:
        """Return PAGE as the viewer-response function changes it."""
        response = {"statusCode": page.status, "statusDescription": "", "headers": wrapped(page.headers), "cookies": {}}
        answer = self._functions.run(code, "viewer-response", {"request": event_request, "response": response})
        return HttpResponse(answer["statusCode"], plain(answer["headers"]), page.body)

    def _cached_or_fetched(self, visit: _Visit) -> tuple[HttpResponse, bool]:
        """Return the cached response or that of the origin, and whether it is an error."""
        now = self._now()
        response = self._cache.get(visit.key, now) if visit.reads else None
        age = {"age": str(int((now - response.since).total_seconds()))} if response else {}
        outcome = "Hit" if response else "Miss"
        if response is None:
            response = self._fetched(visit)
            if visit.reads:
                self._cache.keep(visit.key, response)
        added = {**age, "x-cache": f"{'Error' if response.is_error else outcome} from cloudfront"}
        page = HttpResponse(response.status, {**response.headers, **added}, response.body)
        return for_reader(page, visit.request.headers), response.is_error

    def _fetched(self, visit: _Visit) -> CachedResponse:
        """Return the origin's response; an error page replaces an error of the origin."""
        if visit.request.method not in visit.behaviour.methods:
            return self._error(visit, HttpResponse(FORBIDDEN, {}, b""))
        answer = self._object(visit) if visit.behaviour.bucket else self._api(visit.request)
        return self._error(visit, answer) if answer.status >= ERROR else self._cacheable(visit, answer)

    def _error(self, visit: _Visit, answer: HttpResponse) -> CachedResponse:
        """Return the response for the error ANSWER. It carries no cache tag, so no invalidation clears it."""
        rule = self._distribution.errors.get(answer.status, UNNAMED)
        seconds = error_lifetime(answer.status, answer.headers.get("cache-control"), rule.ttl, visit.behaviour.cache)
        page = self._error_page(visit.request, rule.path) if rule.path else None
        if page:
            answer = HttpResponse(rule.status or answer.status, page.headers, page.body)
        return CachedResponse(
            answer.status, answer.headers, answer.body, visit.uri, frozenset(), self._now(), seconds, is_error=True
        )

    def _error_page(self, request: HttpRequest, path: str) -> CachedResponse | None:
        """Return the object at PATH, if it is there, through the cache, with its tags. No function runs."""
        accepted = {name: value for name, value in request.headers.items() if name == "accept-encoding"}
        visit = _Visit(HttpRequest("GET", path, accepted), self._distribution.behaviour(path), path, "")
        response = self._cache.get(visit.key, self._now())
        if response is None:
            answer = self._object(visit)
            if answer.status >= ERROR:
                return None
            response = self._cacheable(visit, answer)
            self._cache.keep(visit.key, response)
        return response

    def _cacheable(self, visit: _Visit, answer: HttpResponse) -> CachedResponse:
        """Return ANSWER as the cache keeps it, compressed if the visitor accepts gzip."""
        tags = answer.headers.get(self._distribution.tags_in, "")
        seconds = lifetime(answer.headers.get("cache-control"), visit.behaviour.cache)
        page = compressed(answer) if visit.takes_gzip else answer
        named = frozenset(filter(None, tags.split(",")))
        return CachedResponse(page.status, page.headers, page.body, visit.uri, named, self._now(), seconds)

    def _object(self, visit: _Visit) -> HttpResponse:
        """Return the object of the bucket; the CDN may list it, so what is missing is a 404 and no 403."""
        stored = self._origin.object(visit.behaviour.bucket or "", unquote_plus(visit.uri).removeprefix("/"))
        return stored or HttpResponse(NOT_FOUND, {}, b"")


def _with_policy(behaviour: Behaviour, page: HttpResponse) -> HttpResponse:
    """Return PAGE with the headers that the behaviour's policy adds, and without those that it removes."""
    headers = {name: value for name, value in page.headers.items() if name not in behaviour.headers.removed}
    return HttpResponse(page.status, {**behaviour.headers.missing, **headers, **behaviour.headers.added}, page.body)
