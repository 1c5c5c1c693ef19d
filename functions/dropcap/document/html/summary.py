"""HTML ▶ plain text: titles and summaries."""

import re
from html import escape

from dropcap.document.html.html_text import plain_text
from dropcap.document.html.quotation_marks import Quotation
from dropcap.document.html.sanitise import sanitised
from dropcap.document.html.typography import finished, typeset
from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.renderer import markdown_fragment
from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.document.truncate import shortened
from dropcap.html_tags import LEADING_HEADING, PARAGRAPH, without_tags
from dropcap.patterns import lazy_pattern

DERIVED = 300
"""Most characters of a summary taken from the text."""

WRITTEN = 1_000
"""Most characters of a summary that the author wrote."""

_SHORTCODE = lazy_pattern(SHORTCODE)
_CODE = lazy_pattern(r"(?<!`)(`+)(?!`) ?(\S(?:.*?\S)??) ?(?<!`)\1(?!`)")
_EMPHASIS = lazy_pattern(
    rf"{_CODE.pattern}|<(?P<tag>em|strong|b|i|u|s|cite|code|mark|small|sub|sup|span)>(?P<words>[^<>]*)</(?P=tag)>",
    re.IGNORECASE,
)
_MARKUP = lazy_pattern(r"[*_`\[<&~]")


def leading_heading(html: str) -> str:
    """Return the text of the first-level heading with which HTML begins; empty if it begins otherwise."""
    leading = LEADING_HEADING.match(html)
    return plain_text(leading[1]) if leading else ""


def title_text(written: str) -> str:
    """Return the title WRITTEN in front matter as plain text: without the backticks of code and the tags of emphasis.

    >>> title_text("Use `git rebase`, not ``a`b``"), title_text("Fast <em>and</em> small, in `<b>bold</b>`")
    ('Use git rebase, not a`b', 'Fast and small, in <b>bold</b>')
    """
    return _CODE.sub(r"\2", without_emphasis(written))


def without_emphasis(written: str) -> str:
    """Return the title WRITTEN without tags in pairs that only change how words look; code keeps its own.

    >>> without_emphasis("The <em>small</em> print"), without_emphasis("The <em> element")
    ('The small print', 'The <em> element')
    """
    return _EMPHASIS.sub(lambda match: match["words"] if match["words"] is not None else match[0], written)


def typeset_title(written: str, html: str, marks: Quotation) -> str:
    """Return the plain text of the title WRITTEN with quotation MARKS; code between backticks keeps its own signs.

    A title that HTML begins with, as a heading that holds code, is returned as it is.
    """
    written = without_emphasis(written)
    title = _CODE.sub(r"\2", written)
    if title != written:
        code = _CODE.sub(r"<code>\2</code>", escape(written, quote=False))
        return without_tags(finished(f"{code}\n", marks, str))[:-1]
    leading = LEADING_HEADING.match(html)
    has_code = leading is not None and "<code" in leading[1] and plain_text(leading[1]) == title
    return title if has_code else typeset(title, marks)


def without_title(html: str, title: str) -> str:
    """Return HTML without its leading heading if that repeats TITLE, which the page already shows."""
    leading = LEADING_HEADING.match(html)
    return html[leading.end() :] if leading and plain_text(leading[1]) == title else html


def written_summary(text: str, marks: Quotation) -> str:
    """Return TEXT, a summary that may hold Markdown or HTML, as plain text with the quotation MARKS of its language."""
    if not _MARKUP.search(text):
        return shortened(typeset(text, marks), WRITTEN)
    html = sanitised(markdown_fragment(text, RenderContext(has_formulas=False)))
    return shortened(plain_text(finished(html, marks, str)), WRITTEN)


def derived_summary(before_more: str, html: str) -> str:
    """Return BEFORE_MORE, the text before `<!--more-->`, as plain text, else the first paragraph of HTML."""
    if before_more:
        return shortened(_without_shortcodes(plain_text(before_more)), DERIVED)
    paragraphs = (_without_shortcodes(plain_text(paragraph[1])) for paragraph in PARAGRAPH.finditer(html))
    return shortened(next(filter(None, paragraphs), ""), DERIVED)


def _without_shortcodes(text: str) -> str:
    return " ".join(_SHORTCODE.sub(" ", text).split())
