"""The style sheet is cut into parts, and a page loads those it can need."""

import re
import shutil
from pathlib import Path

import pytest
from markupsafe import Markup

from dropcap.site.style_sheet import WHOLE, parts, parts_for
from dropcap.site.theme import Theme
from support.pages import FULL, PAGES, POST, TEMPLATES

SHEET = (TEMPLATES / "assets" / WHOLE).read_text(encoding="utf-8")
BOXES, TABLES, PICTURES, EXTRAS = (f"site-{name}.css" for name in ("boxes", "tables", "pictures", "extras"))


def sheets(theme: Theme, name: str, **values: object) -> list[str]:
    """Return the names of the style sheets that the page NAME loads, without their hashes."""
    html = theme.render(f"site/{name}", site=FULL, path="/", **{**PAGES[name], **values})
    return re.findall(r'rel="stylesheet" href="/assets/(site[^."]*)\.[0-9a-f]+\.css"', html)


def article(theme: Theme, html: str, **values: object) -> list[str]:
    """Return the names of the style sheets of an article with the text HTML and no neighbours but those in VALUES."""
    post = {**POST, "earlier": None, "later": None, "html": Markup(html), **values}  # noqa: S704  # a test's own
    return sheets(theme, "article.html", post=post)


def test_an_ordinary_article_loads_the_base_alone(theme: Theme) -> None:
    """Headings, lists, quotations, inline code and pictures are all in it."""
    text = (
        '<h2 id="a">A</h2><ul><li>b <code>c</code></li></ul><blockquote><p>d</p></blockquote><img src="/e.png" alt="">'
    )
    assert ["site-base"] == article(theme, text)


@pytest.mark.parametrize("place", ["earlier", "later"])
def test_a_neighbour_with_a_picture_loads_the_sheet_of_pictures(theme: Theme, place: str) -> None:
    """Its picture stands beside its title, below the text."""
    neighbour = POST["earlier"]
    assert ["site-base", "site-pictures"] == article(theme, "<p>a</p>", **{place: neighbour})


def test_the_picture_of_a_post_may_open_large(theme: Theme) -> None:
    """It stands above the text, and is part of no text."""
    lead = Markup('<a class="enlarge" href="/a.png"><img src="/b.png" alt=""></a>')
    assert ["site-base", "site-pictures"] == article(theme, "<p>a</p>", lead=lead)


def test_an_article_with_few_extras_loads_their_parts(theme: Theme) -> None:
    """Plain code is in a box; its colours are an extra."""
    assert ["site-base", "site-boxes"] == article(theme, "<pre><code>a</code></pre>")
    assert ["site-base", "site-boxes", "site-extras"] == article(
        theme, '<pre><code><span class="kn">import</span></code></pre>'
    )


def test_an_article_that_needs_three_parts_loads_the_whole_sheet() -> None:
    """It weighs about as much, and is one request in place of four; without the largest part, the others weigh less."""
    theme = Theme(TEMPLATES)
    text = '<table></table><sup><a class="footnote-ref" href="#a">1</a></sup>'
    assert 3 == len(parts_for(text))
    assert ["site"] == article(theme, text)
    small = '<table></table><a class="enlarge" href="/a.png"><img src="/b.png" alt=""></a>'
    assert ["site-base", "site-boxes", "site-tables", "site-pictures"] == article(theme, small)


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"article.html"}))
def test_a_page_that_is_no_article_loads_one_more_sheet(theme: Theme, name: str) -> None:
    """That of lists and forms; a home page's own text needs none of the others."""
    assert sheets(theme, name) in ([], ["site-base", "site-lists"])


def test_the_base_has_no_rule_of_lists_notices_tables_and_pictures() -> None:
    """Every reader of an article would load them."""
    base = parts(SHEET)["site-base.css"]
    others = (
        r"\.(?:entry|tally|jumps|titles(?! li a)|welcome|notice|portrait|trail|leader|onward)\b(?!-title\))|search-keys"
        r"|\b(?:td|th)\b|\.(?:picture|enlarge|neighbour-picture|wide)\b"
    )
    assert [] == re.findall(others, base)


@pytest.mark.parametrize(
    ("html", "needed"),
    [
        ("<p>text</p>", []),
        ('<div class="wide"><table></table></div>', [BOXES, TABLES]),
        ('<figure class="code"><figcaption>a</figcaption><pre></pre></figure>', [BOXES, EXTRAS]),
        ('<a class="enlarge" href="/a.png"><img src="/b.png" alt=""></a>', [PICTURES]),
        ('<img class="picture-small" src="/a.png" alt="">', [EXTRAS]),
        ('<span class="formula-line"><math></math></span>', [BOXES, EXTRAS]),
        ('<div class="admonition tip"></div>', [EXTRAS]),
        ('<sup><a class="footnote-ref" href="#a">1</a></sup>', [EXTRAS]),
        ('<span class="picture-missing">a.png</span>', [PICTURES]),
    ],
)
def test_the_pieces_of_a_text_decide_on_its_parts(html: str, needed: list[str]) -> None:
    """Elements and classes, as the Markdown dialect writes them."""
    assert needed == parts_for(html)


def test_a_whole_sheet_of_ones_own_is_loaded_alone(tmp_path: Path) -> None:
    """One from before the parts has all rules: a part of the theme's after it would undo what its owner changed."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder, ignore=shutil.ignore_patterns("overrides"))
    (folder / "overrides" / "assets").mkdir(parents=True)
    (folder / "overrides" / "assets" / WHOLE).write_text("a { color: red }", encoding="utf-8")
    theme = Theme(folder)
    assert ["site-base"] == sheets(theme, "archive.html")
    assert "<svg" in theme.render("site/archive.html", site=FULL, path="/", **PAGES["archive.html"])
    assert {b"a{color:red}"} == {theme.asset_files()[theme.assets[name]] for name in (WHOLE, "site-base.css")}


def test_the_icon_of_the_colour_switch_is_drawn_by_the_sheet(theme: Theme) -> None:
    """A copy of the sheet from before has no such rule: only for it, pages have the icon."""
    assert "<svg" not in theme.render("site/archive.html", site=FULL, path="/", **PAGES["archive.html"])
    assert ".scheme:empty::before" in parts(SHEET)["site-base.css"]


def test_the_whole_sheet_is_served_too(theme: Theme) -> None:
    """For a template of an operator's that names it."""
    served = theme.asset_files()
    assert all(len(served[theme.assets[WHOLE]]) > len(served[theme.assets[name]]) for name in parts(SHEET))
