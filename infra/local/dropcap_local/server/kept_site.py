"""The site of the last run, served without moto until the local cloud is ready."""

from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Lock
from typing import Any, NoReturn

from dropcap_local.edge.edge import LocalEdge
from dropcap_local.edge.http_api import HttpRequest
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.saved_state.saved_distribution import distribution_from
from dropcap_local.saved_state.saved_objects import SavedOrigin

READING = frozenset({"GET", "HEAD"})


class _NeedsCloudError(Exception):
    """A function has to answer the request."""


class KeptSite:
    """The pages of a saved site, for any thread."""

    def __init__(self, saved: Mapping[str, Any]) -> None:
        """Serve the site SAVED, the first part of a saved state. Main thread only, before the threads that ask start.

        V8 marks its memory for the thread that starts it and for those that this one starts; in another thread the
        process crashes. So the first request, which starts it, is made here.
        """
        self.routes: frozenset[str] = frozenset(saved["routes"])
        """The paths of the HTTP API."""
        origin = SavedOrigin(saved["objects"])
        distribution = distribution_from(saved["distribution"])
        self._edge = LocalEdge(distribution, origin, _needs_cloud, lambda: datetime.now(UTC))
        self._using = Lock()
        self._is_closed = False
        self.answer(HttpRequest("GET", "/"))

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """Answer REQUEST; return None if that takes a function, or once closed."""
        if request.method not in READING:
            return None
        with self._using:
            if self._is_closed:
                return None
            try:
                return self._edge.answer(request)
            except _NeedsCloudError:
                return None

    def close(self) -> None:
        """Answer nothing more, and release the pages."""
        with self._using:
            if not self._is_closed:
                self._edge.close()
            self._is_closed = True


def _needs_cloud(_request: HttpRequest) -> NoReturn:
    raise _NeedsCloudError
