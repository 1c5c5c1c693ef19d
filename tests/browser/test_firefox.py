"""The site in Firefox: nothing is refused or reported, every page fits, and the search finds."""

import os
import shutil
import time
from collections.abc import Iterator

import pytest

from support.bidi import Firefox, firefox
from support.served import Served

pytestmark = pytest.mark.xdist_group("browser")  # the site of the other browser tests
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PAGES = ["", "morning-light/", "the-telephone-drawer/", "sleeping-in-the-heat/", "archive/", "de/", "search/"]
WIDTHS = (320, 834, 1440)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Return a tab of Firefox; without one these tests fail in CI, and are left out loudly elsewhere."""
    if FIREFOX is None:
        remedy = "No Firefox on the PATH: the site was NOT tested in it. Install Debian's package `firefox-esr`."
        if os.environ.get("CI"):
            pytest.fail(remedy)
        pytest.skip(remedy)
    with firefox(FIREFOX, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def test_pages_fit_in_firefox_and_nothing_is_refused(tab: Firefox, served: Served) -> None:
    """At three widths: no sideways scroll, an empty console, no violation of the policy, and the fonts arrive."""
    for path in PAGES:
        tab.goto(served.site + path)
        assert tab.value("document.querySelectorAll('h1').length") == 1
        for width in WIDTHS:
            tab.resize(width)
            assert width >= tab.value("document.documentElement.scrollWidth"), path
        assert [] == tab.value("dropcapRefused"), path
        assert tab.value("document.fonts.ready.then(fonts => [...fonts].some(font => font.status == 'loaded'))"), path
    assert [] == tab.complaints


def test_the_search_finds_in_firefox(tab: Firefox, served: Served) -> None:
    """The script and its library run, and their requests are allowed."""
    tab.goto(f"{served.site}search/?q=light")
    deadline = time.monotonic() + 60
    titles: list[str] = []
    while not titles and time.monotonic() < deadline:
        titles = tab.value("[...document.querySelectorAll('#dropcap-results a')].map(link => link.textContent)")
    assert "Morning light" in titles
    assert [] == tab.value("dropcapRefused")
