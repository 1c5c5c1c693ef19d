"""The server of the site, the first thing that `dropcap dev` starts: it serves the last site while moto is imported."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event

from werkzeug.wrappers import Request

from dropcap_cli.dev.kept_state import KeptState
from dropcap_cli.dev.signals import interrupted_by
from dropcap_local.server.kept_site import KeptSite
from dropcap_local.server.main_thread import MainThreadQueue
from dropcap_local.server.serving import Server
from dropcap_local.server.site import LocalSite


class SiteServer:
    """The port of the site, what is served there, and the queue of work for the main thread."""

    def __init__(self, port: int) -> None:
        """Listen on PORT, or on the next free one; until `start`, whoever asks for a page waits."""
        self.main_thread = MainThreadQueue()
        self.end = Event()
        """Set when the process has to end."""
        self.wants_port = port != 0
        self.site = LocalSite(self.main_thread)
        self._server = Server(Request.application(self.site.answer), port)
        self._running = ExitStack()
        self.address, self.port = self._server.address, self._server.port
        self.is_started = False

    def start(self) -> None:
        """Start to answer, unless that was done before."""
        if not self.is_started:
            self._running.enter_context(self._server)
            self.is_started = True

    def stop(self) -> None:
        """Make the process end soon; signal handlers and other threads may call it."""
        self.end.set()
        self.main_thread.wake()

    def release(self) -> None:
        """Release the threads that wait for the main thread; nothing is answered any more."""
        self.site.live.end()
        self.main_thread.close()

    def close(self) -> None:
        """Stop the server."""
        self.release()
        self.site.end_kept()
        self._running.close()


@contextmanager
def site_server(state: KeptState, port: int) -> Iterator[SiteServer]:
    """Serve the site of STATE at PORT, or at the next free one; without one, only listen there.

    In this block, Ctrl-C and SIGTERM only set the server's END.
    """
    server = SiteServer(port)
    with ExitStack() as resources:
        resources.callback(server.close)
        resources.enter_context(interrupted_by(server.stop))
        if site := state.site():
            server.site.serve_kept(KeptSite(site))
            server.start()
        yield server
