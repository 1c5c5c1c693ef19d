"""What people see: read, subscribe, and watch a saved file appear."""

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from support.served import Served

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them
PAGES = [
    "",
    "morning-light/",
    "archive/",
    "2025/",
    "2025/12/",
    "tags/",
    "tags/sleep/",
    "newsletter/",
    "about/",
    "nowhere/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_page_fits_its_window_and_logs_no_error(
    chromium: Browser, served: Served, width: int, scheme: str
) -> None:
    """Nothing scrolls sideways, and the console stays empty, wide and narrow, light and dark."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    page = context.new_page()
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    for path in PAGES:
        page.goto(served.site + path)
        assert width >= page.evaluate("document.documentElement.scrollWidth"), path
        expect(page.locator("h1")).to_have_count(1)
    assert [] == said
    context.close()


def test_an_article_can_be_read_without_scripts(chromium: Browser, served: Served) -> None:
    """Text, navigation and the form are there for a reader who runs no script."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.site)
    page.get_by_role("link", name="Dark afternoons").first.click()
    expect(page.locator("h1")).to_have_text("Dark afternoons")
    expect(page.get_by_role("button", name="Subscribe")).to_be_visible()
    context.close()


def test_a_person_subscribes_by_mail(chromium: Browser, served: Served) -> None:
    """Ask on the site, open the mail, press the button; a GET alone confirms nothing."""
    page = chromium.new_page()
    page.goto(served.site + "newsletter/")
    page.get_by_label("email").fill("grace@example.org")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.locator("h1")).to_contain_text("inbox")
    page.goto(served.mailbox)
    page.get_by_role("link", name="confirm").first.click()
    link = page.content().split("/api/confirm?")[1].split('"')[0].split("<")[0].split()[0].replace("&amp;", "&")
    page.goto(f"{served.site}api/confirm?{link}")
    page.get_by_role("button").first.click()
    expect(page.locator("h1")).to_contain_text("on the list")
    page.close()


def test_a_saved_file_appears_in_the_open_page(chromium: Browser, served: Served) -> None:
    """The author saves, and the home page that is open shows it without a reload by hand."""
    page = chromium.new_page()
    page.goto(served.site)
    (served.folder / "posts" / "first-light.md").write_text("---\ntitle: First light\n---\nJust now.\n")
    expect(page.get_by_role("link", name="First light")).to_be_visible()
    page.close()
