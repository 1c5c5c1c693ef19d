"""The desk as a WSGI application, for a browser on this machine.

It answers only GET and HEAD, and nothing in it changes anything. A request whose Host header is not this machine's is
refused, so that no page of the internet can read it through a name that leads here (DNS rebinding).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Request, Response

from dropcap.site.reports.report_text import report_text
from dropcap_cli.commands.status import line
from dropcap_cli.desk.contents import JSON, DeskContents
from dropcap_cli.tracing.trace import Trace
from dropcap_local.server.main_thread import ClosedError
from dropcap_local.server.this_machine import is_for_this_machine
from dropcap_local.usage_error import UsageError

PAGES: Final = Path(__file__).parent / "pages"
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FILES: Final = {"/desk.css": "text/css", "/desk.js": "text/javascript"}


class Reader(Protocol):
    """Reads the stack that the desk shows."""

    def read(self) -> DeskContents:
        """Return the state of the stack."""

    def trace(self, correlation_id: str) -> Trace | None:
        """Return the log entries of an upload."""

    def report(self, key: str) -> JSON | None:
        """Return the report on a source."""


class Desk:
    """One desk: READER reads, RUN calls a function where it may read, and the page asks again EVERY so many seconds."""

    def __init__(self, reader: Reader, *, every: int, run: Callable[[Callable[[], Response]], Response]) -> None:
        """Store the arguments; nothing is read yet."""
        self._reader = reader
        self._every = every
        self._run = run
        self._pages = Environment(
            loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._pages.filters |= {"line": line}

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        if not is_for_this_machine(request):
            return _text("The desk answers requests to this machine only.", 403)
        if request.method not in {"GET", "HEAD"}:
            return _text("The desk is read-only. Run the commands that it shows.", 405)
        if request.path in FILES:
            body = (PAGES / request.path.lstrip("/")).read_bytes()
            return Response(body, mimetype=FILES[request.path], headers=HEADERS)
        try:
            return self._run(lambda: self._page(request))
        except ClosedError:
            return _text("The local cloud is stopping.", 503)
        except UsageError as error:
            return _text(str(error), 502)

    def _page(self, request: Request) -> Response:
        if request.path == "/":
            return self._html("overview.html", desk=self._reader.read(), every=self._every)
        if request.path == "/report":
            key = request.args.get("key", "")
            report = self._reader.report(key)
            if report:
                return self._html("report.html", key=key, text=report_text(report), report=report)
        if request.path == "/trace":
            trace = self._reader.trace(request.args.get("id", ""))
            if trace:
                return self._html("trace.html", trace=trace)
        return self._html("missing.html", 404)

    def _html(self, template: str, status: int = 200, **values: object) -> Response:
        text = self._pages.get_template(template).render(**values)
        return Response(text, status, mimetype="text/html", headers=HEADERS)


def _text(text: str, status: int) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain", headers=HEADERS)
