"""No text of an author is lost: no letter of prose, no character of code."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dropcap.document.markdown.renderer import markdown_fragment
from dropcap.document.markdown.shortcodes import understood
from dropcap.html_tags import without_tags
from support.documents import html

LINES = st.text(st.sampled_from("ab \t<>&\"'`-.{}%$*_[]!|:~^=#\\/\n0é漢"), max_size=80)
LANGUAGES = st.sampled_from(["", "python", "console", "psql", "make", "html", "js", "pycon", "rst", "markdown", "text"])
_CODE = re.compile(r"<pre><code[^>]*>(.*?)</code></pre>", re.DOTALL)
_SPAN = re.compile(r"<code>(.*?)</code>", re.DOTALL)


@given(LINES, LANGUAGES)
def test_the_text_of_a_block_of_code_is_shown_as_it_was_typed(code: str, language: str) -> None:
    """Tabs, empty lines, quotes, shortcodes and remarks of other systems too; in whatever colours."""
    fence = "`" * 81
    (shown,) = _CODE.findall(html(f"Text.\n\n{fence}{language}\n{code}\n{fence}\n\nText."))
    assert f"{code}\n" == without_tags(shown)


@given(st.text(st.sampled_from("ab <>&\"'-.{}%$*_[]!|:~^=#\\/é漢"), min_size=1, max_size=40))
def test_the_text_of_code_in_a_line_is_shown_as_it_was_typed(code: str) -> None:
    """Only CommonMark's one space at each end is padding."""
    (shown,) = _SPAN.findall(html(f"Text ``x{code}x`` text."))
    assert f"x{code}x" == unescape(shown)


PROSE = st.text(st.sampled_from("abc  \n\n-*_`#>[]()!1.+\\~|"), max_size=120)
"""Signs of CommonMark, without those that only our dialect reads."""


@given(PROSE)
def test_no_letter_of_prose_is_lost(text: str) -> None:
    """Every letter that markdown-it shows is shown here, in the same order."""
    body = text.replace("[[", "[ [").replace("~~", "~").replace("##", "#")
    expected = MarkdownIt("commonmark").enable("table").render(body)
    assert _letters(expected) == _letters(markdown_fragment(understood(body)))


def _letters(rendered: str) -> str:
    """Return the letters that HTML shows: those of its texts, not of its tags."""
    return "".join(re.findall("[a-c]", without_tags(rendered)))


@pytest.mark.parametrize("text", ["the *n*^th", "`x`^abc", "**a**^2024", "[a](/b/)^n", "ada@example.org^a"])
def test_a_power_behind_an_element_is_no_name_of_a_block(text: str) -> None:
    """A name has a blank before it."""
    assert without_tags(html(text)).endswith(text[text.rindex("^") :])
    assert html(f"{text} ^name").startswith('<p id="^name">')
