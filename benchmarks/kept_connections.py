"""A web server that keeps connections open from one request to the next, as AWS's endpoints do."""

from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from waitress.server import create_server

from dropcap_local.server.ports import HERE, listening_socket

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8


class KeptConnections:
    """One application on a free port, from when it is entered until it is left.

    The server of the local cloud closes each connection after its answer. Each new one costs the client a fifth of its
    CPU, which a function on AWS does not pay.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        """Listen; nothing is answered yet."""
        listener = listening_socket(0)
        self.address = f"http://{HERE}:{listener.getsockname()[1]}"
        self._server = create_server(application, sockets=[listener], threads=THREADS)
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start to answer."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop answering, and close all connections."""
        self._server.close()
        self._thread.join()

    def _run(self) -> None:
        with suppress(OSError):  # the socket on which it waits is closed
            self._server.run()
