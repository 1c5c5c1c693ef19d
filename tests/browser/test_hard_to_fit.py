"""Text without a place to break: long words, addresses, file names and formulas stay within the window."""

from functools import partial

import pytest
from playwright.sync_api import Browser, expect

from support.served import Served
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them
TITLE = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz"
POST = f"""\
---
title: {TITLE}
date: 2020-05-01
tags: [{TITLE.lower()}]
authors: [{TITLE}]
---
{TITLE * 2} stands at <https://example.org/{"very/long/" * 20}>.

## {TITLE}

![]({"6874747073" * 12}.png)

Summing up $a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{{10}} = b_1 + b_2 + b_3 + b_4 + b_5$ is easy.

$$a + b = c + d = e + f = g + h = i + j = k + l = m + n$$

| {" | ".join(["Measurement"] * 6)} |
|{"---|" * 6}
| {" | ".join(["30,000"] * 6)} |
| {" | ".join([TITLE] * 6)} |
"""
STICKING_OUT = """() => [...document.querySelectorAll(".article-meta > *, .article-meta li")]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"""


@pytest.fixture(scope="module")
def address(served: Served) -> str:
    """Return the address of the post, which is published and is not built again."""
    (served.folder / "posts" / "hard-to-fit.md").write_text(POST)
    served.wait_until_stable("hard-to-fit/")
    return served.site + "hard-to-fit/"


def test_what_cannot_be_broken_widens_no_page(chromium: Browser, address: str) -> None:
    """At 320, 768 and 1440 pixels, and nothing of the margin reaches into the text."""
    with watched(chromium) as tab:
        tab.goto(address)
        expect(tab.page.locator("h1")).to_have_text(TITLE)
        for width in (320, 768, 1440):
            tab.look(width, "light")
            assert width >= tab.width
            assert [] == tab.page.evaluate(STICKING_OUT)
            assert [] == tab.axe()


def test_what_scrolls_on_a_screen_fits_on_paper(chromium: Browser, address: str) -> None:
    """Nothing can be scrolled there: cells break their words."""
    with watched(chromium, width=768) as tab:
        tab.page.emulate_media(media="print")
        tab.goto(address)
        assert 768 >= tab.width


def test_scrollable_parts_are_reached_by_the_keyboard(chromium: Browser, address: str) -> None:
    """A formula in a line and one in a block, which alone has a number, and a wide table, each by its name."""
    with watched(chromium, width=320) as tab:
        tab.goto(address)
        group, region = (partial(tab.page.get_by_role, role) for role in ("group", "region"))
        for box in (group(name="Formula in the text"), group(name="Formula 1"), region(name="Table 1")):
            expect(box).to_have_attribute("tabindex", "0")
            assert box.evaluate("box => box.scrollWidth > box.clientWidth")
            box.focus()
            expect(box).to_be_focused()
