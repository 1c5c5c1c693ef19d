"""Patterns and readers for HTML as the sanitiser writes it.

Its tag and attribute names are lower case, every value is in double quotes, and `<`, `&` and `"` in values are escaped.
Only for such HTML: an author's own HTML needs a parser.
"""

import re
from html import unescape

ATTRIBUTES = r'(?:"[^"]*"|[^">])*'
"""Pattern of everything between a tag's name and its `>`."""

TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>{ATTRIBUTES})>")
ANY_TAG = re.compile(rf"<{ATTRIBUTES}>")
ID = re.compile(r'\sid="([^"]*)"')
ADDRESS = re.compile(r'(\s(?:src|href|poster)=")([^"]*)(")')
"""An attribute with an address, in three groups: what comes before the address, the address, the closing quote."""
MEDIA_TAG = re.compile(rf"<(img|a|audio|video|source)(\s{ATTRIBUTES})>")
"""A tag that may name a file, with its name and its attributes."""
HEADING = re.compile(rf"<h(?P<level>[1-6])(?P<attributes>(?:\s{ATTRIBUTES})?)>(?P<inner>.*?)</h(?P=level)>", re.DOTALL)
PARAGRAPH = re.compile(rf"<p(?:\s{ATTRIBUTES})?>(.*?)</p>", re.DOTALL)
FOOTNOTE_MARK = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
"""The number in a text that leads to a footnote."""
FORMULA = re.compile(r'<math [^>]*?alttext="([^"]*)".*?</math>', re.DOTALL)
"""A formula, with its source as it was typed."""
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements without an end tag (HTML, section 13.1.2)."""

_ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)="([^"]*)"')


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes in TEXT, the inside of a tag, unescaped; those without a value are left out."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}


def without_tags(html: str) -> str:
    """Return HTML as text: no tags, character references resolved, white space as it is."""
    return unescape(ANY_TAG.sub("", html))


def line_of(html: str) -> str:
    """Return HTML as one line of text, without the numbers of footnotes."""
    return " ".join(without_tags(FOOTNOTE_MARK.sub("", html)).split())
