"""The Nu HTML checker finds no error: in no page of the example site, in no template, in nothing that authors write."""

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from dropcap.site.content.accessibility import Labels, on_page
from dropcap.site.theme import Theme
from support.dialect_table import features
from support.example_site import ExampleSite, link_for
from support.html_checker import faults
from support.pages import EMPTY, FULL, PAGES, POST, TEMPLATES

pytestmark = pytest.mark.xdist_group("example")
SITES = {"full": FULL, "empty": EMPTY, "arabic": replace(FULL, language="ar"), "german": replace(FULL, language="de")}


def test_pages_hold_to_the_standard(tmp_path: Path, example: ExampleSite) -> None:
    """Those of the example site, its mails, and each template with everything in it and empty, from left and right."""
    theme = Theme(TEMPLATES)
    pages: dict[str, str | bytes] = {
        f"example/{key}": page for key, page in example.objects.items() if key.endswith(".html")
    }
    for key, letter in example.letters.items():
        pages[f"mail/{key}.html"] = letter.html.replace(letter.mark, link_for(letter))
    for site, (name, context) in ((site, page) for site in SITES for page in PAGES.items()):
        pages[f"{site}/{name}"] = theme.render(f"site/{name}", site=SITES[site], path="/here/", **context)
    labels = Labels(
        "Table {}".format, "Code {}".format, "Formula {}".format, "Note {}".format, "Formula", "Notes", "Open"
    )
    for feature in features():
        post = {**POST, "html": Markup(on_page(feature.html, labels))}  # noqa: S704  # what render makes
        pages[f"dialect/{feature.name}.html"] = theme.render("site/article.html", site=FULL, path="/", post=post)
    complaints = faults(tmp_path, pages)
    assert not complaints, "\n".join(complaints)


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    """Or an empty list would say nothing."""
    (complaint,) = faults(
        tmp_path, {"a.html": "<!doctype html><html lang=en><title>A</title><ol><p>No.</p></ol></html>"}
    )
    assert "not allowed as child" in complaint
