"""HTML ▶ plain text: titles and summaries."""

import re
from html import unescape

from dropcap.document.html.sanitise import sanitised, text_cleaner
from dropcap.document.markdown.renderer import Reading, markdown_fragment
from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.document.private_markup import straight_as_html, without_words
from dropcap.document.truncate import shortened

DERIVED = 300
"""About how many characters of a text stand as its summary."""

WRITTEN = 1_000
"""Most characters of a summary that the author wrote."""

_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_HEADING = re.compile(r"<h[1-6](?:\s[^>]*)?>(.*?)</h[1-6]>", re.DOTALL)
_LEADING = re.compile(r"\s*<h1(?:\s[^>]*)?>(.*?)</h1>\s*", re.DOTALL)
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_FORMULA = re.compile(r'<math [^>]*?alttext="([^"]*)".*?</math>', re.DOTALL)
_SHORTCODE = re.compile(SHORTCODE)
_MARKUP = re.compile(r"[*_`\[<&~]")


def plain_text(html: str) -> str:
    """Give what an author has written of sanitised HTML, on one line; a formula stands as it was typed."""
    words = _FORMULA.sub(r"\1", _FOOTNOTE.sub("", without_words(html)))
    return " ".join(unescape(straight_as_html(text_cleaner().clean(words))).split())


def first_heading(html: str) -> str:
    """Give the text of the first heading in HTML that has any; empty where there is none."""
    return next(filter(None, (plain_text(found[1]) for found in _HEADING.finditer(html))), "")


def without_title(html: str, title: str) -> str:
    """Give HTML without the heading it begins with, if that only says TITLE again: the page has it already."""
    leading = _LEADING.match(html)
    return html[leading.end() :] if leading and plain_text(leading[1]) == title else html


def written_summary(text: str) -> str:
    """Give TEXT, a summary as its author wrote it, perhaps with Markdown or HTML in it, as plain text."""
    return shortened(
        plain_text(sanitised(markdown_fragment(text, Reading(has_formulas=False)))) if _MARKUP.search(text) else text,
        WRITTEN,
    )


def derived_summary(before_more: str, html: str) -> str:
    """Give the text BEFORE_MORE, what stands before `<!--more-->`, else HTML's first paragraph."""
    if before_more:
        return shortened(_without_shortcodes(plain_text(before_more)), DERIVED)
    paragraphs = (_without_shortcodes(plain_text(found[1])) for found in _PARAGRAPH.finditer(html))
    return shortened(next(filter(None, paragraphs), ""), DERIVED)


def _without_shortcodes(text: str) -> str:
    return " ".join(_SHORTCODE.sub(" ", text).split())
