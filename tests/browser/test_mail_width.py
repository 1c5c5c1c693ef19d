"""A mail fits the screen of a phone, whatever is in it, with and without its style element."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from dropcap.site.settings.model import SiteSettings
from dropcap.site.theme import Theme
from dropcap.steps.newsletter.write_letter import MailLayout, confirmation_letter, issue_letter
from support.newsletter_bench import NAPS, NOON

pytestmark = pytest.mark.xdist_group("browser")  # one browser for all of them
LAYOUT = MailLayout(Theme(Path(__file__).parents[2] / "templates"), "news@example.org", "1 Way")
SITE = SiteSettings("https://journal.example.org", title="The Quiet Hour")
COLUMNS = "".join(f"<td>supercalifragilistic{number}</td>" for number in range(9))
WIDE = (
    f"<pre><code>{'x' * 300}</code></pre><table><tr>{COLUMNS}</tr></table><p>{'y' * 200}</p>"
    "<p><img src='/a.png' width='600' height='200' alt='A'></p>"
    "<table><tr><td><img src='/b.png' width='900' height='90' alt='B'></td><td><pre>"
    f"{'k' * 90}</pre></td></tr></table>"
    f"<table><tr><th>{'M' * 10}</th><th>{'W' * 10}</th><th>{'M' * 10}</th></tr></table>"
    f"<table><tr><th>{'n' * 10}</th><th>{'ö' * 10}</th><th>{'n' * 11}</th></tr></table>"
    f"<table><tr><th>{'M' * 6}</th><th>{'W' * 6}</th><th>{'M' * 5}</th></tr></table>"
    f"<ol><li>One<ul><li>nested<ol><li>{'z' * 120}</li></ol></li></ul></li></ol>"
    f"<blockquote><p>Quoted.</p><blockquote><p>{'q' * 120}</p></blockquote></blockquote>"
    f"<aside class='callout callout-warning'><p>Mind <code>{'c' * 120}</code>.</p></aside>"
    f"<figure><img src='/flow.svg' alt='A diagram'><figcaption>{'d' * 120}</figcaption></figure>"
    f"<p><a href='https://example.org/{'a' * 180}'>https://example.org/{'a' * 180}</a></p>"
    f"<dl><dt>Term</dt><dd>{'e' * 120}</dd></dl>"
    "<iframe src='https://video.example/watch/1' title='A film' width='800'></iframe>"
)
LETTERS = {
    "issue": issue_letter(LAYOUT, SITE, NAPS, WIDE, NOON).html,
    "confirmation": confirmation_letter(LAYOUT, SITE, NOON).html,
}
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("styled", [True, False], ids=["styled", "unstyled"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_widens_a_mail(chromium: Browser, name: str, scheme: Literal["light", "dark"], *, styled: bool) -> None:
    """No horizontal scroll at 360 pixels: long code, wide tables, pictures, and long words wherever text may be."""
    html = LETTERS[name] if styled else STYLE.sub("", LETTERS[name])
    page = chromium.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    try:
        page.set_content(html)
        assert 360 == page.evaluate("document.documentElement.scrollWidth")
    finally:
        page.close()
