"""docs/theming.md is compared with the theme."""

import re

from support.pages import TEMPLATES
from support.template import ROOT

DOCS = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")


def test_every_block_is_documented_once_with_its_first_template() -> None:
    """An operator finds there what can be replaced, and nothing that cannot."""
    listed = re.findall(r"^\| `(\w+\.html)` \| `(\w+)` \|", DOCS, re.MULTILINE)
    first: dict[str, str] = {}
    for name in ("page.html", "notice.html", "article.html"):
        source = (TEMPLATES / "site" / name).read_text(encoding="utf-8")
        for block in re.findall(r"{% block (\w+) %}", source):
            first.setdefault(block, name)
    assert sorted((name, block) for block, name in first.items()) == sorted(listed)


def test_no_other_template_has_blocks_of_its_own() -> None:
    """So the table is all there is."""
    listed = set(re.findall(r"^\| `\w+\.html` \| `(\w+)` \|", DOCS, re.MULTILINE))
    sources = [place.read_text(encoding="utf-8") for place in (TEMPLATES / "site").glob("*.html")]
    assert set() == {block for source in sources for block in re.findall(r"{% block (\w+) %}", source)} - listed


def test_the_languages_it_names_are_those_there_are() -> None:
    """Each by its English name."""
    names = {"en": "English", "de": "German", "fr": "French", "ar": "Arabic"}
    catalogues = {place.stem for place in (TEMPLATES / "messages").glob("*.toml")}
    assert set(names) == catalogues
    assert all(name in DOCS for name in names.values())
