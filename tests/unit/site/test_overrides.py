"""An operator's own files come before the theme's, one by one."""

import shutil
from pathlib import Path

import pytest

from dropcap.site.settings.model import Colours, SiteSettings
from dropcap.site.theme import Theme
from support.pages import FULL, PAGES, TEMPLATES

FOOT = """{% extends "default/site/page.html" %}
{% block colophon %}<footer>Ours, {{ t("foot.ours") }}</footer>{% endblock %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the templates, with an empty folder for files of one's own."""
    copy = tmp_path / "templates"
    shutil.copytree(TEMPLATES, copy, ignore=shutil.ignore_patterns("overrides"))
    for name in ("site", "assets", "messages"):
        (copy / "overrides" / name).mkdir(parents=True)
    return copy


def page(theme: Theme, name: str) -> str:
    """Render the page NAME."""
    return theme.render(f"site/{name}", site=FULL, path="/", **PAGES[name])


def test_one_block_of_one_template_can_be_replaced(folder: Path) -> None:
    """Every page that extends the template has it, and all the rest stays the theme's, words of one's own included."""
    before = page(Theme(folder), "archive.html")
    (folder / "overrides" / "site" / "page.html").write_text(FOOT)
    (folder / "overrides" / "messages" / "en.toml").write_text('"foot.ours" = "by hand"\n"archive.title" = "Attic"\n')
    after = page(Theme(folder), "archive.html")
    assert "<footer>Ours, by hand</footer>" in after
    assert "colophon" in before
    assert "colophon" not in after
    assert ["Archive", "Attic"] == [html.split("<h1>")[1].split("<")[0] for html in (before, after)]


def test_an_asset_of_ones_own_is_served_under_an_address_of_its_own(folder: Path) -> None:
    """Its name is a hash of its content, so that nobody sees the old one; so is that of a sheet that names it."""
    before = Theme(folder).assets
    (folder / "overrides" / "assets" / "text-roman.woff2").write_bytes(b"another font")
    (folder / "overrides" / "assets" / "more.css").write_text("a { color: red }")
    theme = Theme(folder)
    changed = {name for name in before if before[name] != theme.assets[name]}
    assert {"text-roman.woff2", "site.css", "site-base.css"} == changed
    assert theme.assets["text-roman.woff2"].encode() in theme.asset_files()[theme.assets["site.css"]]
    assert b"a{color:red}" == theme.asset_files()[theme.assets["more.css"]]


def test_a_site_with_colours_links_to_its_own_sheet(theme: Theme) -> None:
    """Named by its content too; a site without any has the theme's alone."""
    own = SiteSettings(url="https://journal.example", colours=Colours(accent="#aa3300"))
    sheet = theme.colours_of(own)
    assert sheet
    assert sheet[0] in theme.render("site/404.html", site=own, path="/404.html")
    assert "/colours." not in theme.render("site/404.html", site=SiteSettings("https://x.example"), path="/404.html")


def test_a_sheet_is_served_without_blanks_that_mean_nothing(folder: Path) -> None:
    """Those in strings, between values and before a pseudo-class mean something."""
    sheet = """/* a, b */
a :hover > b , c::before {
  content: "a ; b: { c" attr(x) ;
  margin: 0  calc(1px + 2px) ;
  font: 1em 'A , B';
}
"""
    (folder / "overrides" / "assets" / "site.css").write_text(sheet, encoding="utf-8")
    theme = Theme(folder)
    served = theme.asset_files()[theme.assets["site.css"]]
    assert (
        b"""a :hover>b,c::before{content:"a ; b: { c" attr(x);margin:0  calc(1px + 2px);font:1em 'A , B'}""" == served
    )
