"""A web server that keeps connections open from one request to the next, as AWS's endpoints do.

The server of the local cloud closes each connection after its answer. Each new one costs the client a fifth of its CPU,
which a function on AWS does not pay.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

from waitress.server import create_server

from dropcap_local.server.ports import HERE, listening_socket

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8


@contextmanager
def kept_connections(application: "WSGIApplication") -> Iterator[str]:
    """Serve APPLICATION on a free port until the block ends; yield its address."""
    listener = listening_socket(0)
    server = create_server(application, sockets=[listener], threads=THREADS)

    def run() -> None:
        with suppress(OSError):  # the socket on which it waits is closed
            server.run()

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://{HERE}:{listener.getsockname()[1]}"
    finally:
        server.close()
        thread.join()
