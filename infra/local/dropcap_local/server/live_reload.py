"""Live reload: server-sent events for open pages whose bytes have changed, compared with the bytes of the open page."""

from collections.abc import Callable, Collection, Iterator
from hashlib import sha256
from threading import Condition

from werkzeug.wrappers import Request, Response

from dropcap_local.server.main_thread import ClosedError, MainThreadQueue

SCRIPT_PATH = "/.dropcap/live.js"
CHANGES_PATH = "/.dropcap/changes"
HEARTBEAT = 15.0
"""Seconds between two empty events, whose delivery fails when the page has been closed."""

SCRIPT = f"""\
{{
  const seen = document.currentScript.dataset.seen;
  const page = new URLSearchParams({{ path: location.pathname + location.search, seen }});
  let changes;
  // A browser keeps few connections to one server: only pages that somebody sees have one.
  const listen = () => {{
    changes?.close();
    changes = document.hidden ? undefined : new EventSource('{CHANGES_PATH}?' + page);
    changes?.addEventListener('changed', () => {{ changes.close(); location.reload(); }});
  }};
  addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => changes?.close());
  listen();
}}
"""

SECOND_LOOK = 1.5
"""Seconds until a page is compared a second time: the edge caches a missing page for one second."""

Look = Callable[[str], bytes | None]


class LiveReload:
    """The event stream that open pages listen to. LOOK returns the bytes at a path, and runs on the main thread."""

    def __init__(self, main_thread: MainThreadQueue, look: Look) -> None:
        """Store both; no page listens yet."""
        self._main_thread = main_thread
        self._look = look
        self._changed = Condition()
        self._beats = 0
        self._over = False

    def beat(self) -> None:
        """Notify open pages that something may have changed."""
        with self._changed:
            self._beats += 1
            self._changed.notify_all()

    def end(self) -> None:
        """End every event stream."""
        self._over = True
        self.beat()

    def answer(self, request: Request) -> Response | None:
        """Answer REQUEST if it is for the script or for changes; return None for any other."""
        if request.path == SCRIPT_PATH:
            return Response(SCRIPT, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
        if request.path == CHANGES_PATH:
            events = self._events(request.args.get("path", "/"), request.args.get("seen", ""))
            return Response(events, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})
        return None

    def _events(self, path: str, last_version: str) -> Iterator[str]:
        """Yield an event each time the digest of the page at PATH differs from LAST_VERSION."""
        yield "retry: 500\n\n"
        is_second = False
        while not self._over:
            beats = self._beats
            try:
                now = digest(self._main_thread.do(lambda: self._look(path), reads=True))
            except ClosedError:
                return
            yield f"event: changed\ndata: {now}\n\n" if now != last_version else ": nothing new\n\n"
            wants_second = now == last_version and not is_second
            last_version = now
            is_second = not self._wait(beats, SECOND_LOOK if wants_second else HEARTBEAT)

    def _wait(self, beats: int, seconds: float) -> bool:
        """Wait for a possible change, SECONDS at most; return whether there was one."""
        with self._changed:
            return self._changed.wait_for(lambda: self._over or self._beats > beats, timeout=seconds)


def looks_after(function: str, open_pages: Collection[LiveReload]) -> Callable[[str, str, float], None]:
    """Return a callback for the event loop that lets OPEN_PAGES look again whenever FUNCTION has run."""

    def look(name: str, _summary: str, _seconds: float) -> None:
        if name == function:
            for live in open_pages:
                live.beat()

    return look


def digest(body: bytes | None) -> str:
    """Return a short digest of BODY; empty for nothing."""
    return "" if body is None else sha256(body).hexdigest()[:16]


def with_script(body: bytes) -> bytes:
    """Return the HTML page BODY with the script that listens for changes of these bytes."""
    script = f'<script src="{SCRIPT_PATH}" data-seen="{digest(body)}"></script>'.encode()
    head, end, tail = body.rpartition(b"</body>")
    return head + script + end + tail if end else body + script
