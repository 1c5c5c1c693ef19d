"""WSGI applications on free ports of this machine, each server in a thread of its own and each request in another."""

from collections.abc import Iterable
from contextlib import closing
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from dropcap_local.server.ports import HERE, listening_socket

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Quiet(WSGIRequestHandler):
    """Answers requests without a line on the screen for each."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library calls it so
        """Log nothing: a browser that closes a connection is no error."""


class Server:
    """One application on one port, from when it is entered until it is left."""

    def __init__(
        self, application: "WSGIApplication", port: int = 0, handler: type[WSGIRequestHandler] = Quiet
    ) -> None:
        """Listen on PORT or on the next free one, with 0 on any free one; nothing is answered yet."""
        with closing(listening_socket(port)) as listener:
            self._server: BaseWSGIServer = make_server(
                HERE, port, application, threaded=True, request_handler=handler, fd=listener.fileno()
            )
        self._server.log = _nothing  # type: ignore[assignment]  # it would print a traceback for a closed connection
        self.port: int = self._server.port
        self.address = f"http://{HERE}:{self.port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    def __enter__(self) -> Self:
        """Start to answer."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop answering; requests in progress finish by themselves."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _nothing(_kind: str, _message: str, *_rest: object) -> None:
    """Log nothing."""


def addresses(servers: Iterable[Server]) -> list[str]:
    """Return the addresses of SERVERS."""
    return [server.address for server in servers]
