"""The compressed weight of pages, for readers with slow connections."""

import gzip
import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from markupsafe import Markup

from dropcap.document import Conventions
from dropcap.document.reading import read_document
from dropcap.site.cards import Period
from dropcap.site.theme import Theme
from dropcap.steps.publish.archive import TITLES
from support.pages import CARD, FULL, PAGES, POST
from support.template import ROOT

KIB = 1024
FIXED = 7_300
PAGE, ARCHIVE, SCRIPTS, FONTS = 20 * KIB, 25 * KIB, 20 * KIB, 100 * KIB
MATH, USUAL_FONTS = 90 * KIB, 100 * KIB


def weight(*contents: bytes) -> int:
    """Return how many bytes CONTENTS are once they are compressed."""
    return sum(len(gzip.compress(content, 6)) for content in contents)


def sheets_of(theme: Theme, html: str) -> list[bytes]:
    """Return the theme's style sheets that the page HTML loads."""
    return [
        theme.asset_files()[address] for address in re.findall(r'rel="stylesheet" href="(/assets/site[^"]+)"', html)
    ]


def test_the_longest_article_of_the_example_with_its_sheet_weighs_little(theme: Theme) -> None:
    """HTML and CSS together, with everything that can stand around an article."""
    longest = max((ROOT / "examples" / "posts").glob("*.md"), key=lambda place: place.stat().st_size)
    published = datetime(2025, 1, 1, tzinfo=UTC)
    document = read_document("posts/x.md", longest.read_bytes(), Conventions("UTC", "en"), first_seen=published)
    post = {**POST, "title": document.title, "summary": document.summary, "html": Markup(document.html)}  # noqa: S704  # sanitised
    html = theme.render("site/article.html", site=FULL, path="/x/", **{**PAGES["article.html"], "post": post})
    assert weight(html.encode(), *sheets_of(theme, html)) <= PAGE


def test_an_article_weighs_little_apart_from_its_text(theme: Theme) -> None:
    """HTML and CSS with related posts, neighbours and a newsletter: 13 of 20 KB are left for the text."""
    post = {**POST, "html": Markup("<p>A text.</p>")}
    html = theme.render("site/article.html", site=FULL, path="/x/", **{**PAGES["article.html"], "post": post})
    assert weight(html.encode(), *sheets_of(theme, html)) <= FIXED


def test_scripts_and_fonts_weigh_little(theme: Theme) -> None:
    """All scripts together, and all fonts, which are compressed already; that of formulas is only fetched for them."""
    files = theme.asset_files()
    assert weight(*(content for address, content in files.items() if address.endswith(".js"))) <= SCRIPTS
    fonts = {address: len(content) for address, content in files.items() if address.endswith(".woff2")}
    mathematical = [fonts.pop(theme.assets[name]) for name in ("math.woff2", "math-letters.woff2", "math-styles.woff2")]
    assert sum(fonts.values()) <= FONTS
    assert sum(mathematical) <= MATH


def test_fonts_of_an_article_with_italics_and_a_formula_weigh_little(theme: Theme) -> None:
    """The fonts that most articles load; bold italics and the rarer letters of formulas are files of their own."""
    usual = ("text-roman.woff2", "text-italic.woff2", "math.woff2")
    assert sum(len(theme.asset_files()[theme.assets[name]]) for name in usual) <= USUAL_FONTS


def test_the_page_of_the_archive_weighs_little_with_all_its_titles(theme: Theme) -> None:
    """Five hundred titles of seven words, each at an address of its own."""
    chance = random.Random(1)  # noqa: S311  # the same titles every time
    words = sorted(set(re.findall(r"[a-z]{3,}", " ".join(map(Path.read_text, (ROOT / "examples").rglob("*.md"))))))
    cards = []
    for number in range(TITLES):
        title = " ".join(chance.choices(words, k=7))
        day = f"{2025 - number // 50}-{12 - number % 12:02}-{28 - number % 28:02}"
        cards.append(replace(CARD, title=title.capitalize(), path=f"/{title.replace(' ', '-')}/", sort=day))
    values = {"years": [], "periods": [Period("/2025/", date(2025, 1, 1), cards)]}
    assert weight(theme.render("site/archive.html", site=FULL, path="/archive/", **values).encode()) <= ARCHIVE
