"""No upload leads to an executed script: what tries is published by the pipeline, and Chromium opens every page."""

import mimetypes
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Dialog, Page

from dropcap.site.urls import object_key
from dropcap_local.cloud import LocalCloud
from support.payloads import sources

pytestmark = pytest.mark.xdist_group("payloads")
Site = dict[str, bytes]

LISTENING = "window.ran = []; window.canary = window.alert = window.prompt = window.confirm = () => window.ran.push(1);"
SUSPICIOUS = """() => {
  act();
  const findings = window.ran.map(String);
  const addresses = new Set([
    "href", "src", "action", "formaction", "poster", "cite", "data", "background", "xlink:href"]);
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    const leads = (there) => new URL(element.action).pathname.startsWith(there);
    const ours = name === "script"
        ? /^\\/assets\\//.test(element.getAttribute("src") || "") || element.type === "application/ld+json"
      : name === "form" ? leads("/api/") || leads("/search/")
      : !["iframe", "object", "embed", "base", "style", "template", "frame"].includes(name);
    if (!ours) findings.push(element.outerHTML.slice(0, 200));
    for (const {name: attribute, value} of element.attributes) {
      // The theme's own script places the notes in the margin.
      if (attribute === "style" && element.matches("aside.side-note") && /^top: [0-9.]+px;$/.test(value)) continue;
      if (/^on|^srcdoc$|^style$/.test(attribute)) findings.push(element.outerHTML.slice(0, 200));
      if (!addresses.has(attribute)) continue;
      let scheme = "https:";
      try { scheme = new URL(value, document.baseURI).protocol; } catch { continue; }
      if (!["http:", "https:", "mailto:", "tel:"].includes(scheme)) findings.push(element.outerHTML.slice(0, 200));
    }
  }
  return findings;
}"""
ACTING = """window.act = () => {
  document.addEventListener("submit", (stopped) => stopped.preventDefault());
  for (const element of document.querySelectorAll("main *")) {
    for (const kind of ["mouseover", "focus", "click", "toggle", "error", "load", "animationstart", "beforematch"]) {
      const event = new MouseEvent(kind, {bubbles: true, cancelable: true});
      if (element.localName === "a") element.addEventListener("click", (stopped) => stopped.preventDefault());
      element.dispatchEvent(event);
    }
  }
};"""


@pytest.fixture(scope="module")
def published() -> Site:
    """Publish every source, and return the site's objects by their keys."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: Journal\n")
        for key, source in sources().items():
            cloud.upload(key, source)
        cloud.settle()
        return {key: body for key, (body, _) in cloud.site().items()}


@pytest.fixture(scope="module")
def address(published: Site) -> Iterator[str]:
    """Serve the site at an address of this machine, with no content security policy that would hide a mutation."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = object_key(unquote(self.path.partition("?")[0]))
            self.send_response(200 if key in published else 404)
            kind = mimetypes.guess_type(key)[0] or "text/html"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Cache-Control", "max-age=600")
            self.end_headers()
            self.wfile.write(published.get(key, b""))

        def log_message(self, *arguments: object) -> None:
            """Return nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page that notes every call of the canary."""
    context = chromium.new_context()
    context.add_init_script(LISTENING + ACTING)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def test_no_source_leads_to_an_executed_script(page: Page, published: Site, address: str) -> None:
    """Without a content security policy that would hide it: no call, no dialog, no handler, no address that acts."""
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    pages = sorted(key for key in published if key.endswith(".html") and not key.startswith(("20", "tags/")))
    guilty: list[tuple[str, object]] = []
    for key in pages:
        page.goto(address + key.removesuffix("index.html"), wait_until="load")
        if findings := page.evaluate(SUSPICIOUS):
            guilty.append((key, findings))
    assert [] == guilty
    assert [] == dialogs
    assert 140 < len(pages)


def test_the_canary_would_be_heard(page: Page, published: Site, address: str) -> None:
    """A script in a page is seen: the test above could fail."""
    published["evil/index.html"] = b"<img src=x onerror=canary()><a href=javascript:x>b</a><embed src=x>"
    page.goto(f"{address}evil/", wait_until="load")
    assert 4 == len(page.evaluate(SUSPICIOUS))
    del published["evil/index.html"]
