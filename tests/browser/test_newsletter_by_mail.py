"""The whole way of a subscriber in a browser: subscribe, confirm, receive an issue, and leave in both ways."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.served import Served

pytestmark = pytest.mark.xdist_group("browser")  # one site and one browser for all of them

PATIENCE = 90
"""Seconds for a mail to arrive; a post waits five seconds before it is mailed."""
ROW = re.compile(r'<tr><td>([^<]*)</td><td><a href="([^"]*)">([^<]*)</a>')
"""A mail in the mailbox: its recipient, the link to it, and its subject."""


@dataclass(frozen=True)
class Reader:
    """Somebody with an ADDRESS and a browser of their own."""

    address: str
    context: BrowserContext
    served: Served

    def subscribes(self) -> None:
        """Subscribe, open the mail, follow its button, and press the one on the page with the keyboard."""
        self.requests()
        confirmation = self.follows("confirm", "Confirm the subscription")
        button = confirmation.get_by_role("button", name="subscribe")
        expect(button).to_be_focused()
        confirmation.keyboard.press("Enter")
        expect(confirmation.locator("h1")).to_contain_text("on the list")
        expect(confirmation.get_by_role("button", name="Unsubscribe")).to_be_visible()

    def requests(self) -> None:
        """Enter the address on the site, which answers that a mail is on its way."""
        page = self.context.new_page()
        page.goto(f"{self.served.site}newsletter/")
        page.get_by_label("email").fill(self.address)
        page.get_by_role("button", name="Subscribe").click()
        expect(page.locator("h1")).to_contain_text("inbox")

    def follows(self, subject: str, link: str) -> Page:
        """Open the mail with SUBJECT in the mailbox, follow LINK in it, and return the page that opens."""
        page = self.context.new_page()
        page.goto(self.mail(subject))
        with self.context.expect_page() as opened:
            page.frame_locator("iframe").first.get_by_role("link", name=link).first.click()
        return opened.value

    def mail(self, subject: str) -> str:
        """Return the address of the mail with SUBJECT in the mailbox, once it has arrived."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            if link := self.link(subject):
                return self.served.mailbox.rstrip("/") + link
            sleep(0.5)
        return pytest.fail(f"{self.address} got no mail {subject}")

    def link(self, subject: str) -> str | None:
        """Return the link to the mail with SUBJECT in the mailbox as it is now; None where there is no such mail."""
        rows = ROW.findall(self.context.request.get(self.served.mailbox).text())
        return next((link for to, link, title in rows if to == self.address and subject in title), None)

    def source(self, subject: str) -> str:
        """Return the bytes of the mail with SUBJECT, as the mailbox shows them."""
        return self.context.request.get(f"{self.mail(subject)}source").text()


def publish(served: Served, title: str) -> None:
    """Save a post of today with TITLE, which is news."""
    post = f"---\ntitle: {title}\ndate: {datetime.now(UTC):%Y-%m-%d}\n---\nIt is about {title.lower()}.\n"
    (served.folder / "posts" / f"{title.lower().replace(' ', '-')}.md").write_text(post)


def test_an_opened_link_confirms_nothing_until_its_button_is_pressed(chromium: Browser, served: Served) -> None:
    """A scanner that opens each link of a mail subscribes nobody: the page still has its button the second time."""
    reader = Reader("grace@example.org", chromium.new_context(), served)
    reader.requests()
    for _ in range(2):
        page = reader.follows("confirm", "Confirm the subscription")
        expect(page.get_by_role("button", name="subscribe")).to_be_visible()
    page.get_by_role("button", name="subscribe").click()
    expect(page.locator("h1")).to_contain_text("on the list")
    reader.context.close()


def test_three_people_subscribe_and_two_of_them_leave(chromium: Browser, served: Served) -> None:
    """With scripts and without: one leaves on the page, one by the header that mail programs use, and one stays."""
    contexts = [chromium.new_context(java_script_enabled=enabled) for enabled in (True, False, False)]
    readers = [Reader(f"reader-{number}@example.org", context, served) for number, context in enumerate(contexts, 1)]
    for reader in readers:
        reader.subscribes()
    publish(served, "A first mail")
    leaving, clicking, staying = readers

    page = leaving.follows("A first mail", "Unsubscribe")
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.locator("h1")).to_contain_text("off the list")

    source = clicking.source("A first mail")
    header = re.search(r"^List-Unsubscribe: <([^>]+)>", source, re.MULTILINE)
    assert header
    link = urlsplit(header[1])
    address = f"{served.site.rstrip('/')}{link.path}?{link.query}"
    assert 200 == clicking.context.request.get(address).status  # what a scanner does, which changes nothing
    answer = clicking.context.request.post(address, form={"List-Unsubscribe": "One-Click"})
    assert (200, True) == (answer.status, "off the list" in answer.text())

    publish(served, "A second mail")
    assert staying.mail("A second mail")
    assert [None, None] == [reader.link("A second mail") for reader in (leaving, clicking)]
    for context in contexts:
        context.close()
