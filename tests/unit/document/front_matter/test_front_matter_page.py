"""`docs/front-matter.md` is true: what it lists is read, and what is read is listed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dropcap.document import Document
from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.values import known_as
from dropcap.document.paths.permalinks import NAMED, TOKENS
from support.documents import document, yaml

PAGE = (Path(__file__).parents[4] / "docs" / "front-matter.md").read_text()
ROWS = re.findall(r"^\| `(\w+)` \|([^|]*)\|", PAGE.partition("## Fields")[2].partition("## Places")[0], re.MULTILINE)

Look = Callable[[Document], object]
READ: dict[tuple[str, ...], tuple[str, Look]] = {
    names.TITLE: ("Xyz", lambda parsed: parsed.title),
    names.DATE: ("2024-05-01", lambda parsed: parsed.date),
    names.CREATED: ("2024-05-01", lambda parsed: parsed.date),
    names.UPDATED: ("2024-05-01", lambda parsed: parsed.updated),
    names.EXPIRES: ("2024-05-01", lambda parsed: parsed.expires),
    names.DRAFT: ("true", lambda parsed: parsed.draft),
    names.PUBLISHED: ("false", lambda parsed: parsed.draft),
    names.STATUS: ("draft", lambda parsed: parsed.draft),
    names.VISIBILITY: ("members", lambda parsed: parsed.draft),
    names.SLUG: ("xyz", lambda parsed: parsed.path),
    names.ADDRESS: ("/xyz/", lambda parsed: parsed.path),
    names.ALIASES: ("/xyz/", lambda parsed: parsed.aliases),
    names.SUMMARY: ("Xyz", lambda parsed: parsed.summary),
    names.DESCRIPTION: ("Xyz", lambda parsed: parsed.description),
    names.TAGS: ("xyz", lambda parsed: parsed.tags),
    names.KEYWORDS: ("xyz", lambda parsed: parsed.tags),
    names.IMAGE: ("/xyz.jpg", lambda parsed: parsed.image),
    names.IMAGE_ALT: ("Xyz", lambda parsed: parsed.image_alt),
    names.IMAGE_CAPTION: ("Xyz", lambda parsed: parsed.image_caption),
    names.AUTHORS: ("Xyz", lambda parsed: parsed.authors),
    names.SERIES: ("Xyz", lambda parsed: parsed.series),
    names.LANGUAGE: ("de", lambda parsed: parsed.language),
    names.NEWSLETTER: ("false", lambda parsed: parsed.newsletter),
    names.ID: ("xyz", lambda parsed: parsed.identity),
    names.TOC: ("true", lambda parsed: parsed.toc),
    names.MATH: ("true", lambda parsed: parsed.math),
    names.SEARCH: ("false", lambda parsed: parsed.searchable),
    names.NO_SEARCH: ("true", lambda parsed: parsed.searchable),
    names.DISCLAIMER: ("Xyz", lambda parsed: parsed.disclaimer),
    names.PAGE: ("yes", lambda parsed: parsed.is_page),
    names.KIND: ("page", lambda parsed: parsed.is_page),
    names.TRANSLATION: ("xyz", lambda parsed: parsed.translation),
}
"""For each group of fields a value, and where the document then differs."""
BESIDE = {names.TRANSLATION: "lang: de", names.DESCRIPTION: "summary: A summary.", names.IMAGE_ALT: "image: /a.jpg"}
"""Other fields that a field needs to have a visible effect."""


def listed(row: tuple[str, str]) -> tuple[str, ...]:
    """Return the names in one row of the page."""
    return (row[0], *re.findall(r"`(\w+)`", row[1]))


@pytest.mark.parametrize("kind", names.ALL, ids=lambda kind: str(kind[0]))
def test_every_name_that_is_known_is_read(kind: tuple[str, ...]) -> None:
    """Each of them, written alone, changes what the document says, and is not left over."""
    value, look = READ[kind]
    beside = BESIDE.get(kind, "mood: calm")
    for name in kind:
        with_it = yaml(beside, f"{name}: {value}", key="a.md")
        assert look(with_it) != look(yaml(beside, key="a.md")), name
        assert name not in with_it.extra


def test_the_page_lists_exactly_the_fields_that_are_read() -> None:
    """A row for each kind, with its names in the order in which they count."""
    assert list(names.ALL) == [listed(row) for row in ROWS]


def test_all_names_differ() -> None:
    """Names that are looked up as one share a row; only `published` and `description` have two meanings."""
    spellings = [known_as(name) for kind in names.ALL for name in kind]
    assert {"published", "description"} == {name for name in spellings if spellings.count(name) > 1}


def test_the_page_lists_the_tokens_of_patterns() -> None:
    """Those of addresses, and Jekyll's names."""
    addresses = PAGE.partition("## Addresses")[2]
    listed = addresses.partition("tokens of Jekyll and Hugo:")[2].partition("`:title` and")[0]
    assert set(TOKENS) == set(re.findall(r"`:(\w+)`", listed))
    assert set(NAMED) <= set(re.findall(r"`(\w+)`", addresses))


def test_the_example_of_bare_lines_is_metadata() -> None:
    """The page shows one."""
    (example,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    post = document(example)
    assert ("Why naps work", ["sleep", "habits"]) == (post.title, [tag.label for tag in post.tags])
