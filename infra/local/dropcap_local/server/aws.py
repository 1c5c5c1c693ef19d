"""The endpoint for AWS's own clients: moto's server, on the backends of the local cloud.

Moto checks no signature, so every program of this machine may do everything. A web page may do nothing: requests by
another name than this machine's or from a page elsewhere are refused, and no answer has a header that lets one read it.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from unittest.mock import patch

from moto.moto_server import werkzeug_app
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request, Response

from dropcap_local.server.main_thread import ClosedError, MainThreadQueue
from dropcap_local.server.serving import Quiet
from dropcap_local.server.this_machine import is_below_this_machine, is_of_another_page

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from flask import Flask
    from moto.backends import SERVICE_NAMES

MOTO_ALONE = ("/moto-api", "/favicon.ico")
"""Paths that control moto, such as its reset; AWS clients never request them."""


REFUSED = "The S3 endpoint answers programs of this machine only, at 127.0.0.1 or localhost.\n"


class QuietMoto(Quiet, MotoRequestHandler):
    """Keeps S3 metadata as it was sent, and logs nothing."""


class AwsEndpoint:
    """A WSGI application that receives a request in its own thread, and lets the main thread answer it."""

    def __init__(self, main_thread: MainThreadQueue) -> None:
        """Answer on the MAIN_THREAD."""
        self._main_thread = main_thread
        self._moto = DomainDispatcherApplication(_backend_app)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, if a program of this machine sent it."""
        request = Request(environ)
        if not is_below_this_machine(request) or is_of_another_page(request):
            return Response(REFUSED, 403)(environ, start_response)
        if environ.get("PATH_INFO", "").startswith(MOTO_ALONE):
            return Response("Not found\n", 404)(environ, start_response)
        _receive(environ)
        try:
            body, status, headers = self._main_thread.do(lambda: run_wsgi_app(self._moto, environ, buffered=True))
        except ClosedError:
            return Response("The local cloud is stopping\n", 503)(environ, start_response)
        start_response(status, headers.to_wsgi_list())
        return body


def _backend_app(service: "SERVICE_NAMES") -> "Flask":
    """Return moto's application for SERVICE, without the headers that let every web page read its answers (CORS)."""
    with patch.object(werkzeug_app, "DISABLE_GLOBAL_CORS", True):  # noqa: FBT003  # patch.object names no value
        return create_backend_app(service)


def _receive(environ: "WSGIEnvironment") -> None:
    """Read the body of the request to its end: the main thread must not wait for a client."""
    body = Request(environ).stream.read()
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
