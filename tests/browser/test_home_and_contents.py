"""A home page with a text, and an article with contents and notes, of a site that is made for these tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from dropcap_local.cloud import LocalCloud
from support.generated_site import served
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")  # one browser for all of them
POST = """\
---
toc: true
---
## First

A text[^50%] with notes.

## Second

### Within it

# Third

The end.

[^50%]: Half of it.
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Publish and serve the site; return its address."""
    with LocalCloud() as cloud:
        cloud.upload("pages/home.md", "# Welcome\n\nCome in.\n")
        cloud.upload("posts/long.md", POST)
        cloud.settle()
        objects = {"/" + key.removesuffix("index.html"): body for key, (body, _) in cloud.site().items()}
    with served(objects) as site:
        yield site


def test_the_newest_posts_are_apart_from_the_text_of_the_home_page(chromium: Browser, address: str) -> None:
    """At least by a line; the heading touched the text."""
    for width in (390, 1280):
        with watched(chromium, width=width) as tab:
            tab.goto(f"{address}/")
            text, newest = (tab.page.locator(place).bounding_box() for place in (".home .prose", "#dropcap-newest"))
            assert text
            assert newest
            assert newest["y"] - (text["y"] + text["height"]) > 20


def test_the_contents_name_every_section_of_the_highest_level_that_is_shown(chromium: Browser, address: str) -> None:
    """A text that begins on the second level and later has the first shows both alike."""
    with watched(chromium) as tab:
        tab.goto(f"{address}/long/")
        names = ["First", "Second", "Third"]
        assert names == tab.page.locator(".prose h2[id]").evaluate_all("all => all.map(one => one.firstChild.data)")
        expect(tab.page.locator(".contents a")).to_have_text(names)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_contents_are_open_where_they_say_so(chromium: Browser, address: str, width: int, *, scripts: bool) -> None:
    """Before and after a click; on a wide screen they looked open whatever their state."""
    with watched(chromium, width=width, scripts=scripts) as tab:
        tab.goto(f"{address}/long/")
        contents, link = tab.page.locator(".contents details"), tab.page.locator(".contents a").first
        is_open = scripts and width == 1280
        for expected in (is_open, not is_open, is_open):
            expect(contents).to_have_js_property("open", expected)
            expect(link).to_be_visible(visible=expected)
            tab.page.locator(".contents summary").click()
        assert [] == tab.complaints


def test_a_note_whose_label_has_a_percent_sign_stands_beside_its_mark(chromium: Browser, address: str) -> None:
    """The script that places all notes stopped there; a click on the mark leads to the note at the end."""
    with watched(chromium, width=1440) as tab:
        tab.goto(f"{address}/long/")
        expect(tab.page.locator(".side-note")).to_contain_text("Half of it.")
        tab.page.locator("[role=doc-noteref]").click()
        expect(tab.page.locator("li:target")).to_contain_text("Half of it.")
        assert [] == tab.complaints
