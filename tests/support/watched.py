"""A page under observation: its console, refusals of its policy, layout shifts, and violations that axe finds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page

Scheme = Literal["light", "dark"]

WATCH = """
    window.dropcapSeen = { shift: 0, refused: [] };
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) { dropcapSeen.shift += entry.value; }
    }).observe({ type: 'layout-shift', buffered: true });
    addEventListener('securitypolicyviolation', event => {
      dropcapSeen.refused.push(event.violatedDirective + ' ' + event.blockedURI);
    });
"""
AXE = files("axe_playwright_python") / "axe.min.js"
RUN = "axe.run(document, { resultTypes: ['violations'] })"


class Watched:
    """A browser's page with its own context. Everything that went wrong since it was opened is in COMPLAINTS."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goto(self, url: str) -> None:
        """Open URL, and wait until everything is loaded."""
        self.page.goto(url, wait_until="load")

    def look(self, width: int, scheme: Scheme) -> None:
        """Show the page in a window of WIDTH, in SCHEME."""
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
        self.page.set_viewport_size({"width": width, "height": 900})

    @property
    def width(self) -> int:
        """Return the width of the page's content, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    @property
    def shift(self) -> float:
        """Return the cumulative layout shift since the page was opened."""
        return float(self.page.evaluate("dropcapSeen.shift"))

    @property
    def refused(self) -> list[str]:
        """Return the refusals of the content security policy since the page was opened."""
        return list(self.page.evaluate("dropcapSeen.refused"))

    def axe(self) -> list[str]:
        """Return the violations that axe-core finds, each by its rule and the elements."""
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        results: dict[str, Any] = self.page.evaluate(RUN)
        return [
            f"{violation['id']}: {json.dumps([node['target'] for node in violation['nodes']])}"
            for violation in results["violations"]
        ]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            self.complaints.append(message.text)


@contextmanager
def watched(browser: Browser, *, width: int = 1280, scripts: bool = True) -> Iterator[Watched]:
    """Open a page in a context of its own, and close it afterwards."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    yield Watched(context.new_page())
    context.close()
