"""HTML ▶ plain text: titles and summaries."""

import re
from html import unescape

from dropcap.document.markdown_fragment import SHORTCODE, markdown_fragment
from dropcap.document.sanitise import sanitised, text_cleaner

DERIVED = 300
"""About how many characters of a text stand as its summary."""

WRITTEN = 1_000
"""Most characters of a summary that the author wrote."""

_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_HEADING = re.compile(r"<h[1-6](?:\s[^>]*)?>(.*?)</h[1-6]>", re.DOTALL)
_LEADING = re.compile(r"\s*<h1(?:\s[^>]*)?>(.*?)</h1>\s*", re.DOTALL)
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_SHORTCODE = re.compile(SHORTCODE)
_MARKUP = re.compile(r"[*_`\[<&~]")


def plain_text(html: str) -> str:
    """Give the text of sanitised HTML on one line, without footnote marks."""
    return " ".join(unescape(text_cleaner().clean(_FOOTNOTE.sub("", html))).split())


def first_heading(html: str) -> str:
    """Give the text of the first heading in HTML that has any; empty where there is none."""
    return next(filter(None, (plain_text(found[1]) for found in _HEADING.finditer(html))), "")


def without_title(html: str, title: str) -> str:
    """Give HTML without the heading it begins with, if that only says TITLE again: the page has it already."""
    leading = _LEADING.match(html)
    return html[leading.end() :] if leading and plain_text(leading[1]) == title else html


def written_summary(text: str) -> str:
    """Give TEXT, a summary as its author wrote it, perhaps with Markdown or HTML in it, as plain text."""
    return shortened(plain_text(sanitised(markdown_fragment(text))) if _MARKUP.search(text) else text, WRITTEN)


def derived_summary(rendered: str, html: str) -> str:
    """Give what stands before `<!--more-->` in RENDERED, which is not yet sanitised, else HTML's first paragraph."""
    more = _MORE.search(rendered)
    if more:
        return shortened(_without_shortcodes(plain_text(sanitised(rendered[: more.start()]))), DERIVED)
    paragraphs = (_without_shortcodes(plain_text(found[1])) for found in _PARAGRAPH.finditer(html))
    return shortened(next(filter(None, paragraphs), ""), DERIVED)


def shortened(text: str, most: int) -> str:
    """Cut TEXT after the last word that leaves it within MOST characters, and say so with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:-\N{EN DASH}\N{EM DASH}") + "…"


def _without_shortcodes(text: str) -> str:
    return " ".join(_SHORTCODE.sub(" ", text).split())
