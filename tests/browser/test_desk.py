"""The desk in a real browser: wide and narrow, light and dark, and brought up to date while it is open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.wrappers import Request

from dropcap_local.server.serving import Server
from support.desk_contents import TRACE, FixedReader, fixed_desk
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")
LOOKS = [(width, scheme) for width in (320, 768, 1440) for scheme in ("light", "dark")]
PAGES = ["/", "/report?key=posts/naps.md", f"/trace?id={TRACE.correlation_id}"]


@pytest.fixture
def reader() -> FixedReader:
    """Return the reader of the desk."""
    return FixedReader()


@pytest.fixture
def desk(reader: FixedReader) -> Iterator[str]:
    """Serve a desk; return its address."""
    with Server(Request.application(fixed_desk(reader).answer)) as server:
        yield server.address


@pytest.mark.parametrize("path", PAGES)
def test_the_desk_fits_its_window_and_axe_finds_nothing(chromium: Browser, desk: str, path: str) -> None:
    """At 320, 768 and 1440 pixels, light and dark; the console stays empty, and the policy refuses nothing."""
    with watched(chromium) as tab:
        tab.goto(desk + path)
        expect(tab.page.locator("h1")).to_have_count(1)
        violations = []
        for width, scheme in LOOKS:
            tab.look(width, "dark" if scheme == "dark" else "light")
            assert width >= tab.width
            violations += [f"{width} {scheme} {violation}" for violation in tab.axe()]
        assert [] == violations
        assert [] == tab.complaints
        assert [] == tab.refused


def test_an_open_desk_is_read_again_and_keeps_what_is_open(chromium: Browser, desk: str, reader: FixedReader) -> None:
    """A list of posts that somebody has opened stays open."""
    with watched(chromium) as tab:
        tab.goto(f"{desk}/")
        tab.page.locator("#state-draft summary").click()
        tab.page.locator("h1").click()  # away from the list: the focus would keep the page as it is
        tab.page.evaluate("document.activeElement.blur()")
        before = reader.reads
        tab.page.wait_for_function("document.querySelector('#state-draft').isConnected")
        for _ in range(100):
            if reader.reads > before + 1:
                break
            tab.page.wait_for_timeout(100)
        assert reader.reads > before + 1
        assert tab.page.locator("#state-draft").evaluate("details => details.open")
