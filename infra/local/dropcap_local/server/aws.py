"""The endpoint for AWS's own clients: moto's server, on the backends of the local cloud."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request, Response

from dropcap_local.server.main_thread import ClosedError, MainThreadQueue
from dropcap_local.server.serving import Quiet

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOTO_ALONE = ("/moto-api", "/favicon.ico")
"""Paths that control moto, such as its reset; AWS clients never request them."""


class QuietMoto(Quiet, MotoRequestHandler):
    """Keeps S3 metadata as it was sent, and logs nothing."""


class AwsEndpoint:
    """A WSGI application that receives a request in its own thread, and lets the main thread answer it."""

    def __init__(self, main_thread: MainThreadQueue) -> None:
        """Answer on the MAIN_THREAD."""
        self._main_thread = main_thread
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        if environ.get("PATH_INFO", "").startswith(MOTO_ALONE):
            return Response("Not found\n", 404)(environ, start_response)
        _receive(environ)
        try:
            body, status, headers = self._main_thread.do(lambda: run_wsgi_app(self._moto, environ, buffered=True))
        except ClosedError:
            return Response("The local cloud is stopping\n", 503)(environ, start_response)
        start_response(status, headers.to_wsgi_list())
        return body


def _receive(environ: "WSGIEnvironment") -> None:
    """Read the body of the request to its end: the main thread must not wait for a client."""
    body = Request(environ).stream.read()
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
