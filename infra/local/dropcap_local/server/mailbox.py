"""The mails that were sent, to be read in a browser: their links lead to the local site."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from dropcap.newsletter.ascii_url import ascii_url
from dropcap_local.server.live_reload import LiveReload, with_script
from dropcap_local.server.main_thread import ClosedError, MainThreadQueue
from dropcap_local.server.this_machine import is_for_this_machine

PAGES = Path(__file__).parent / "pages"
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
POLICY = "default-src 'self'; style-src 'unsafe-inline'; img-src data:"
MAIL_POLICY = f"sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:"
"""Policy for a mail: it runs no script, sends no form, and opens its links in a tab of its own."""

ROUTES = Map([
    Rule("/", endpoint="list"),
    Rule("/<int:number>/", endpoint="mail"),
    Rule("/<int:number>/html", endpoint="html"),
    Rule("/<int:number>/html/<any(dark, unstyled):view>", endpoint="html"),
    Rule("/<int:number>/source", endpoint="source"),
    Rule("/preview/<issue>/", endpoint="mail"),
    Rule("/preview/<issue>/html", endpoint="html"),
    Rule("/preview/<issue>/html/<any(dark, unstyled):view>", endpoint="html"),
    Rule("/preview/<issue>/source", endpoint="source"),
])  # fmt: skip

PREVIEW = re.compile("/preview/([0-9a-f]{32})/")
"""Where `dropcap newsletter preview` puts a mail that is not sent; a web page elsewhere may send no PUT."""

DARK = "@media (prefers-color-scheme: dark)"
STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.IGNORECASE)
VIEWS: dict[str, Callable[[str], str]] = {
    "": lambda html: html,
    "dark": lambda html: html.replace(DARK, "@media all"),
    "unstyled": lambda html: STYLE.sub("", html),
}
"""A mail as it is, in the dark scheme, and as programs show it that drop the style element."""

IN_A_TAB = '<base target="_blank">'
"""Makes a letter's links open outside of its frame."""

Content = tuple[bytes, str]


@dataclass(frozen=True, slots=True)
class MailboxContent:
    """The mails in the order sent, their bytes, the site's address in them, and where that site is served here."""

    mails: Callable[[], list[EmailMessage]]
    sources: Callable[[], list[bytes]]
    site_url: Callable[[], str]
    local: str


class Mailbox:
    """A WSGI application."""

    def __init__(self, post: MailboxContent, main_thread: MainThreadQueue) -> None:
        """Show the mails of POST, which is read on the MAIN_THREAD."""
        self._post = post
        self._main_thread = main_thread
        self._pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
        self._previews: dict[str, bytes] = {}
        self.live = LiveReload(main_thread, self._look)

    def answer(self, request: Request) -> Response:
        """Answer one request; only this machine may read mails, which hold addresses and tokens."""
        if not is_for_this_machine(request):
            return Response("The mailbox answers requests to this machine only.\n", 403)
        if response := self.live.answer(request):
            return response
        if preview := PREVIEW.fullmatch(request.path) if request.method == "PUT" else None:
            self._previews[preview[1]] = request.get_data()
            return Response(status=204)
        try:
            body, kind = self._main_thread.do(lambda: self._answer(request.path), reads=True)
        except ClosedError:
            return Response("The local cloud is stopping\n", 503)
        except HTTPException as error:
            return Response(f"{error.description}\n", error.code)
        framed = "/html" in request.path
        html = body if framed or not kind.startswith("text/html") else with_script(body)
        return Response(html, content_type=kind, headers={"Content-Security-Policy": MAIL_POLICY if framed else POLICY})

    def _look(self, address: str) -> bytes | None:
        """Return the body at ADDRESS, a path with its query; None if there is none."""
        try:
            return self._answer(address.partition("?")[0])[0]
        except HTTPException:
            return None

    def _answer(self, path: str) -> Content:
        """Return the content at PATH, and its type; raise NotFound if there is none."""
        endpoint, values = ROUTES.bind("mailbox").match(path)
        if endpoint == "list":
            rows = [(number, mail) for number, mail in enumerate(self._post.mails(), 1)]
            return self._page("mailbox.html", mails=rows[::-1])
        source, place = self._source(values)
        if endpoint == "source":
            return source, "text/plain; charset=utf-8"
        mail = message_from_bytes(source, EmailMessage, policy=policy.default)
        if endpoint == "html":
            html = VIEWS[values.get("view", "")](self._here(_part(mail, "html")))
            return (IN_A_TAB + html).encode(), "text/html; charset=utf-8"
        text = self._linked(_part(mail, "plain"))
        return self._page("mail.html", mail=mail, place=place, text=text, sandbox=SANDBOX)

    def _source(self, values: Mapping[str, Any]) -> tuple[bytes, str]:
        """Return the bytes of the mail that the VALUES of a route name, and its place; raise NotFound if none."""
        if issue := values.get("issue"):
            if issue not in self._previews:
                raise NotFound
            return self._previews[issue], f"/preview/{issue}"
        number, sources = values["number"], self._post.sources()
        if not 1 <= number <= len(sources):
            raise NotFound
        return sources[number - 1], f"/{number}"

    def _page(self, name: str, **context: object) -> Content:
        return self._pages.get_template(name).render(**context).encode(), "text/html; charset=utf-8"

    def _here(self, text: str) -> str:
        """Return TEXT with the site's address replaced by that of the local site."""
        site = self._post.site_url()
        address = "|".join(map(re.escape, (site, ascii_url(site))))  # private links have the second
        return re.sub(rf"(?:{address})(?=[/?#\s\"'<>)]|$)", self._post.local, text)

    def _linked(self, text: str) -> Markup:
        """Return TEXT as HTML in which addresses are links."""
        pieces = re.split(r"(https?://[^\s<>\"]+)", self._here(text))
        linked = (
            f'<a href="{escape(piece)}" target="_blank">{escape(piece)}</a>' if number % 2 else escape(piece)
            for number, piece in enumerate(pieces)
        )
        return Markup("".join(linked))  # noqa: S704  # every piece has been escaped


def _part(mail: EmailMessage, kind: str) -> str:
    """Return the alternative of this KIND as text; empty if there is none."""
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""
