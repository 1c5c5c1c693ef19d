"""The compressed weight of pages, for readers with slow connections."""

import gzip
from datetime import UTC, datetime

from markupsafe import Markup

from dropcap.document import Conventions, read_document
from dropcap.site.theme import Theme
from support.pages import FULL, PAGES, POST
from support.template import ROOT

KIB = 1024
PAGE, SCRIPTS, FONTS = 20 * KIB, 15 * KIB, 100 * KIB


def weight(*contents: bytes) -> int:
    """Return how many bytes CONTENTS are once they are compressed."""
    return sum(len(gzip.compress(content, 6)) for content in contents)


def test_the_longest_article_of_the_example_with_its_sheet_weighs_little(theme: Theme) -> None:
    """HTML and CSS together, with everything that can stand around an article."""
    longest = max((ROOT / "examples" / "posts").glob("*.md"), key=lambda place: place.stat().st_size)
    seen = datetime(2025, 1, 1, tzinfo=UTC)
    document = read_document("posts/x.md", longest.read_bytes(), Conventions("UTC", "en"), first_seen=seen)
    post = {**POST, "title": document.title, "summary": document.summary, "html": Markup(document.html)}  # noqa: S704  # sanitised
    html = theme.render("site/article.html", site=FULL, path="/x/", **{**PAGES["article.html"], "post": post})
    sheets = [content for address, content in theme.asset_files().items() if address.endswith(".css")]
    assert weight(html.encode(), *sheets) <= PAGE


def test_scripts_and_fonts_weigh_little(theme: Theme) -> None:
    """All scripts together, and all fonts, which are compressed already."""
    files = theme.asset_files()
    assert weight(*(content for address, content in files.items() if address.endswith(".js"))) <= SCRIPTS
    assert sum(len(content) for address, content in files.items() if address.endswith(".woff2")) <= FONTS
