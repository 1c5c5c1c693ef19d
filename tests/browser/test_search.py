"""Searching, as a reader does it, by the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.served import Served
from support.watched import watched

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """Return the page to search on; nothing may appear in its console."""
    context = chromium.new_context()
    opened = context.new_page()
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    opened.on("pageerror", lambda error: messages.append(str(error)))
    opened.goto(served.site + "search/")
    yield opened
    assert [] == messages
    context.close()


def test_nothing_is_fetched_before_somebody_searches(page: Page, served: Served) -> None:
    """Neither the library nor a month; the browser fetches the site's icon when it likes."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.removeprefix(served.site)))
    page.wait_for_timeout(300)
    assert [] == [url for url in requests if not re.match(r"assets/.*\bicon[-.]", url)]
    page.get_by_role("searchbox").fill("soup")
    expect(page.locator("#dropcap-results li")).not_to_have_count(0)
    assert "search/index.json" in requests
    assert any(re.match(r"search/\d{4}\.json", url) for url in requests)


def test_a_reader_finds_and_opens_a_post_by_keyboard(page: Page) -> None:
    """The beginning of a word is enough, arrows go through the list, Escape comes back."""
    page.get_by_role("searchbox").focus()
    page.keyboard.type("soup wea")
    first = page.locator("#dropcap-results a").first
    expect(first).to_have_text("Soup weather")
    expect(first.locator("mark").first).to_have_text("Soup")
    expect(page.get_by_role("status")).to_contain_text("found among")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Soup weather")


@pytest.mark.parametrize("path", ["search/", "dark-afternoons/"])
def test_no_character_is_a_shortcut_of_the_whole_page(page: Page, served: Served, path: str) -> None:
    """Dictation types characters: a slash led away from the article, and took the focus (WCAG 2.1.4)."""
    page.goto(served.site + path)
    focus = page.evaluate("document.activeElement.outerHTML")
    for character in map(chr, range(ord("!"), ord("~") + 1)):
        page.keyboard.press(character)
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(served.site + path)
    assert focus == page.evaluate("document.activeElement.outerHTML")


def test_a_slip_of_the_keyboard_still_finds(page: Page) -> None:
    """Two letters that changed places; and what is not there is not found."""
    page.get_by_role("searchbox").fill("wehater")
    expect(page.locator("#dropcap-results a", has_text="Soup weather")).to_be_visible()
    page.get_by_role("searchbox").fill("xylophone")
    expect(page.get_by_role("status")).to_contain_text("Nothing found")
    expect(page.locator("#dropcap-results li")).to_have_count(0)


def test_axe_finds_nothing_in_what_was_found(chromium: Browser, served: Served) -> None:
    """Nor in the marks, light or dark, and the list stays within a narrow window."""
    with watched(chromium) as tab:
        tab.goto(served.site + "search/?q=sleep")
        expect(tab.page.locator(".entry-summary mark")).not_to_have_count(0)
        for scheme in ("light", "dark"):
            tab.look(320, scheme)
            assert [] == tab.axe()
            assert 320 >= tab.width


def test_what_was_searched_is_in_the_address(page: Page) -> None:
    """So that it can be sent to somebody, and is there again when the reader comes back."""
    page.get_by_role("searchbox").fill("soup")
    expect(page).to_have_url(re.compile(r"\?q=soup$"))
    page.reload()
    expect(page.locator("#dropcap-results a", has_text="Soup weather")).to_be_visible()
