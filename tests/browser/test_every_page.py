"""Every kind of page, wide and narrow, light and dark: it fits, it is accessible, and nothing in it is refused."""

from itertools import product

import pytest
from playwright.sync_api import Browser, expect

from support.served import Served
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them
LINK = f"s={'0' * 64}&t=token"
PAGES = [
    "",
    "morning-light/",
    "the-telephone-drawer/",
    "sleeping-in-the-heat/",
    "about/",
    "de/morgenlicht/",
    "de/",
    "archive/",
    "2025/",
    "2025/12/",
    "dark-afternoons/",
    "authors/wren-aldous/",
    "series/the-light-in-the-house/",
    "tags/",
    "tags/sleep/",
    "tags/sleep/2025/",
    "newsletter/",
    "search/",
    "nowhere/",
    f"api/confirm?{LINK}",
    f"api/unsubscribe?{LINK}",
]
LOOKS = list(product([320, 768, 959, 1440], ["light", "dark"]))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_axe_finds_nothing(chromium: Browser, served: Served, path: str) -> None:
    """At four widths, light and dark; the console stays empty, and the policy refuses nothing."""
    with watched(chromium) as tab:
        tab.goto(served.site + path)
        expect(tab.page.locator("h1")).to_have_count(1)
        violations = []
        for width, scheme in LOOKS:
            tab.look(width, "dark" if scheme == "dark" else "light")
            assert width >= tab.width
            violations += [f"{width} {scheme} {violation}" for violation in tab.axe()]
        assert [] == violations
        assert [] == tab.complaints
        assert [] == tab.refused


@pytest.mark.parametrize("path", ["", "morning-light/"])
def test_nothing_moves_while_a_page_is_loading(chromium: Browser, served: Served, path: str) -> None:
    """No type that arrives late, and no picture without its size, pushes what somebody has begun to read."""
    with watched(chromium, width=360) as tab:
        tab.goto(served.site + path)
        tab.page.wait_for_timeout(300)
        assert 0 == tab.shift
