"""Patterns for the pipeline's own HTML are in one module, and readers of it agree about what a text is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dropcap.html_tags import line_of, without_tags
from dropcap.site.content.absolute_urls import absolute
from dropcap.site.content.opening import Heading, outline
from support.template import ROOT

DROPCAP = ROOT / "functions/dropcap"
FOLDERS = ("document/html", "document/metadata", "site", "newsletter", "steps", "aws")
READERS = sorted(path for folder in FOLDERS for path in (DROPCAP / folder).rglob("*.py"))
TAG_IN_PATTERN = re.compile(r"<(?![!=?]|/?\(\?[!=]|\^)(?:[a-z]|/|\[a-z|\(|\[\^)")
"""The beginning of a tag in a regular expression; not a group's name `(?P<name>`, nor a look-around."""
TEXT_BEFORE_HTML = {"link_lines.py", "summary.py"}
"""They read a source's Markdown, whose addresses may be in angle brackets."""


def patterns(source: str) -> Iterator[str]:
    """Yield the regular expressions in SOURCE that are written out in a call of `re`, without their groups' names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re":
            for argument in node.args[:1]:
                constants = (part.value for part in ast.walk(argument) if isinstance(part, ast.Constant))
                yield re.sub(r"\(\?P<\w+>", "(", "".join(str(constant) for constant in constants))


@pytest.mark.parametrize("path", READERS, ids=lambda path: str(path.relative_to(DROPCAP)))
def test_patterns_of_tags_are_in_one_module(path: Path) -> None:
    """The sanitiser's way of writing HTML is known to `html_tags` alone."""
    tags = [pattern for pattern in patterns(path.read_text(encoding="utf-8")) if TAG_IN_PATTERN.search(pattern)]
    assert path.name in TEXT_BEFORE_HTML or [] == tags


def test_a_pattern_of_a_tag_is_noticed() -> None:
    """With a name, with any name, or with an end tag; a group's name is none."""
    source = 're.compile(r"<p>")\nre.compile(rf"</?{name}[^>]*>")\nre.sub(r"<[^>]*>", "", x)\nre.compile(r"(?P<a>b)")'
    assert [True, True, True, False] == [bool(TAG_IN_PATTERN.search(pattern)) for pattern in patterns(source)]


def test_text_loses_its_tags_and_footnotes_but_no_words() -> None:
    """A raised letter is a part of its word; the number of a footnote is not."""
    html = '<b>The 2<sup>nd</sup></b>\n &lt;part&gt;<sup id="fnref:a"><a href="#fn:a">1</a></sup>'
    assert "The 2nd <part>" == line_of(html)
    assert "The 2nd\n <part>1" == without_tags(html)


def test_contents_keep_raised_letters() -> None:
    """The contents of a long text name a heading as the page shows it."""
    html = "".join(f'<h2 class="a" id="h{number}">Part {number}<sup>nd</sup></h2>' for number in range(3))
    assert Heading("h0", "Part 0nd") == outline(html, 9, wanted=None)[0]


def test_only_addresses_in_tags_become_absolute() -> None:
    """Code that shows HTML keeps the address that its author typed."""
    html = '<a href="/x/">x</a> <code>&lt;a href="/x/"&gt;</code> <img srcset="/a.webp 480w" src="/a.webp">'
    expected = html.replace('<a href="/', '<a href="https://e.org/').replace('="/a.w', '="https://e.org/a.w')
    assert expected == absolute(html, "https://e.org/y/")
