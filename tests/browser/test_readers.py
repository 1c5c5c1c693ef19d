"""Readers in a browser: read, follow a tag, switch to dark, use only the keyboard, see a file's changes."""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from support.served import Served
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them


GROUND = "getComputedStyle(document.body).backgroundColor"


def test_an_article_can_be_read_without_scripts(chromium: Browser, served: Served) -> None:
    """Text, navigation and the form are there for a reader who runs no script, and no switch that would do nothing."""
    with watched(chromium, scripts=False) as tab:
        page = tab.page
        page.goto(served.site)
        page.get_by_role("link", name="Dark afternoons").first.click()
        expect(page.locator("h1")).to_have_text("Dark afternoons")
        expect(page.get_by_role("button", name="Subscribe")).to_be_visible()
        expect(page.locator(".scheme")).to_be_hidden()


def test_a_reader_follows_a_tag_to_other_posts(chromium: Browser, served: Served) -> None:
    """From an article to its tag, to the tag's year, and back up by the trail."""
    with watched(chromium) as tab:
        page = tab.page
        page.goto(served.site + "morning-light/")
        page.get_by_role("link", name="sleep", exact=True).click()
        expect(page.locator("h1")).to_have_text("sleep")
        page.get_by_role("link", name="2025", exact=True).click()
        expect(page.locator("h1")).to_have_text("2025")
        page.get_by_role("link", name="Sleeping in the heat").click()
        expect(page.locator("h1")).to_have_text("Sleeping in the heat")


def test_a_day_stays_together_beside_a_title_that_runs_the_other_way(chromium: Browser, served: Served) -> None:
    """On an Arabic site the number of the day was drawn before an English title, and its month behind it."""
    with watched(chromium) as tab:
        tab.goto(served.site + "morning-light/")
        day = tab.page.locator(".short-list time").first
        tab.page.evaluate("document.documentElement.dir = 'rtl'")
        day.evaluate("time => { time.textContent = '7 ديسمبر 2025'; time.closest('section').dir = 'rtl'; }")
        parts = day.evaluate("time => [...time.getClientRects()].map(part => [part.left, part.right])")
        gaps = [right[0] - left[1] for left, right in pairwise(sorted(parts))]
        assert all(abs(gap) < 1 for gap in gaps), gaps  # the title is in none of them


def test_the_switch_makes_it_dark_and_remembers(chromium: Browser, served: Served) -> None:
    """Against the system's preference, on the next page too, and there before anything is painted."""
    with watched(chromium) as tab:
        page = tab.page
        tab.look(1280, "light")
        page.goto(served.site)
        light, switch = page.evaluate(GROUND), page.get_by_role("button", name="Dark colours")
        expect(switch).to_have_attribute("aria-pressed", "false")
        switch.click()
        expect(switch).to_have_attribute("aria-pressed", "true")
        dark = page.evaluate(GROUND)
        assert light != dark
        page.add_init_script("addEventListener('DOMContentLoaded', () => { window.first = " + GROUND + "; });")
        page.goto(served.site + "morning-light/")
        assert dark == page.evaluate("window.first")
        expect(switch).to_have_attribute("aria-pressed", "true")
        switch.click()
        page.goto(served.site)
        assert light == page.evaluate(GROUND)


def test_the_keyboard_is_enough(chromium: Browser, served: Served) -> None:
    """Skip to the text, follow a link, and come to a field, each with a visible focus."""
    with watched(chromium, width=320) as tab:
        page, focus = tab.page, tab.page.locator(":focus")
        page.goto(served.site + "morning-light/")
        page.keyboard.press("Tab")
        expect(focus).to_have_text("Skip to the text")
        assert "none" != focus.evaluate("element => getComputedStyle(element).outlineStyle")
        page.keyboard.press("Enter")
        expect(focus).to_have_id("dropcap-main")
        tab_to(page, "a[href='/the-hour-before-bed/']")
        assert "none" != focus.evaluate("element => getComputedStyle(element).outlineStyle")
        tab_to(page, "#dropcap-email")
        tab_to(page, "a[rel=next]")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Soup weather")


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until what SELECTOR finds has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard does not come to {selector}")


def test_a_saved_file_appears_in_the_open_page(chromium: Browser, served: Served) -> None:
    """The author saves, and the home page that is open shows it without a reload by hand."""
    page = chromium.new_page()
    page.goto(served.site)
    (served.folder / "posts" / "first-light.md").write_text("---\ntitle: First light\n---\nJust now.\n")
    expect(page.get_by_role("link", name="First light")).to_be_visible()
    page.close()
