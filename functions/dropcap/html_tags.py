"""Patterns and readers for HTML as the sanitiser and the pipeline itself write it: the only place for such patterns.

In such HTML, tag and attribute names are lower case, every value is in double quotes, and `<`, `>`, `&` and `"` in
values are escaped. An author's own HTML, which `document/markdown/` reads, needs a parser instead. The patterns of
private elements are in `document/private_markup.py`.
"""

import re
from html import unescape

from dropcap.patterns import lazy_pattern

ATTRIBUTES = r'(?:"[^"]*"|[^"<>])*'
"""Pattern of everything between a tag's name and its `>`."""


def start_tag(*names: str) -> str:
    """Return the pattern of a start tag with one of NAMES, without a group."""
    return rf"<(?:{'|'.join(names)})(?:\s{ATTRIBUTES})?>"


def element(name: str) -> str:
    """Return the pattern of the element NAME up to its first end tag; its content is a group."""
    return rf"{start_tag(name)}(.*?)</{name}>"


def attribute(name: str) -> re.Pattern[str]:
    """Return the pattern of the attribute NAME within a tag; its value, still escaped, is a group."""
    return lazy_pattern(rf'\s{name}="([^"]*)"')


TAG = lazy_pattern(rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<attributes>{ATTRIBUTES})>")
START_TAG = lazy_pattern(rf"<([a-z][a-z0-9-]*+){ATTRIBUTES}>")
BLOCK_TAG = r"</?(?:li|[ou]l|p|t[dhr]|h[1-6]|d[dlt]|blockquote)>"
"""Pattern of a tag without attributes that begins or ends a block of text."""
ANY_TAG = lazy_pattern(rf"<{ATTRIBUTES}>")
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements without an end tag (HTML, section 13.1.2)."""

ID, CLASS, SCOPE, SOURCE, SOURCES, ALT = map(attribute, ("id", "class", "scope", "src", "srcset", "alt"))
LABEL = attribute("aria-label")
"""The name of a film or a sound."""
ADDRESS = lazy_pattern(r'(\s(?:src|href|poster)=")([^"]*)(")')
"""An attribute with an address, in three groups: what comes before the address, the address, the closing quote."""
ANY_ADDRESS = lazy_pattern(r'(?<=\s)(href|src|poster|cite)="([^"]*)"')

HEADING = lazy_pattern(
    rf"<h(?P<level>[1-6])(?P<attributes>(?:\s{ATTRIBUTES})?)>(?P<inner>.*?)</h(?P=level)>", re.DOTALL
)
HEADING_TAG = lazy_pattern(r"<(/?)h([1-6])\b")
LEADING_HEADING = lazy_pattern(rf"\s*{element('h1')}\s*", re.DOTALL)
PARAGRAPH = lazy_pattern(element("p"), re.DOTALL)
LEADING_PARAGRAPH = lazy_pattern(rf"\s*{element('p')}", re.DOTALL)
PREFORMATTED = lazy_pattern(rf"<pre((?:\s{ATTRIBUTES})?)>(.*?)</pre>", re.DOTALL)
"""A block of code, with its attributes and its content."""
LINKED = lazy_pattern(element("a"), re.DOTALL)
SPAN_TAG = lazy_pattern(rf"</span>|{start_tag('span')}")

TABLE_TAG = lazy_pattern(rf"<(/?)table(?:\s{ATTRIBUTES})?>")
ROW = lazy_pattern(start_tag("tr"))
CELL = lazy_pattern(start_tag("td", "th"))
EMPTY_HEADER_CELL = lazy_pattern(rf"<th((?:\s{ATTRIBUTES})?)>\s*</th>")
BOX = lazy_pattern(r'<(?:pre|samp|table)\b|class="[^"]*\bformula')
"""A sign of code, a table or a formula, which have a part of the style sheet."""
TABLE_PIECE = lazy_pattern(r'<table\b|class="[^"]*\balign-')
"""A sign of a table."""
PICTURE_PIECE = lazy_pattern(r'class="[^"]*\b(?:picture(?!-small)|enlarge)\b')
"""A sign of a picture that has a ground, opens large or is missing."""
RARE_PIECE = lazy_pattern(
    r"<(?:abbr|audio|details|dl|math)\b|<span class=\"(?:[a-z][a-z0-9]{0,2}|linenos?)\""
    r'|class="(?:code"|[^"]*\b(?:admonition|embed|footnote|formula|picture-small|task|toc))'
)
"""A sign of what few texts have; spans with short names are the colours of code."""
BESIDES_WORDS = lazy_pattern(
    r"<(?!/|(?:table|caption|thead|tbody|tfoot|tr|th|td|a|b|br|code|del|em|i|s|span|strong)\b)|\bcolspan="
)
"""A sign that a table contains more than words."""
ALIGNED = lazy_pattern(
    r'(<(?:td|th|col|tr|p|div|img|table|caption|hr|thead|tbody|tfoot|colgroup)\b[^<>]*?)\salign="(\w+)"'
)
ALIGNED_CELL = lazy_pattern(r'(<t[dh]\b[^<>]*?)\salign="(left|right|center)"')

IMAGE = lazy_pattern(start_tag("img"))
MEDIA_TAG = lazy_pattern(rf"<(img|a|audio|video|source|track)(\s{ATTRIBUTES})>")
"""A tag that may name a file, with its name and its attributes."""
MEDIA_PART = lazy_pattern(rf"<(?P<end>/?)(?:audio|video|(?P<part>source|track))(?:\s{ATTRIBUTES})?>")
"""A tag of a film or a sound, or of a part of one."""
TRACK = lazy_pattern(start_tag("track"))
SHOWN_MEDIA = lazy_pattern(r"<(?:img|picture|video|audio|br)\b")
PICTURE = lazy_pattern(rf"<picture>.*?(<img\s{ATTRIBUTES}>)</picture>", re.DOTALL)
"""A picture with its renditions; its `img` is a group."""
PICTURE_GROUND = rf'<img class="picture-ground"{ATTRIBUTES}>'
PICTURE_ON_GROUND = lazy_pattern(rf'<span class="picture">{PICTURE_GROUND}(<picture>.*?</picture>)</span>', re.DOTALL)
MISSING_PICTURE = lazy_pattern(r'<span class="picture-missing">(.*?)</span>', re.DOTALL)
ACTIVE_OR_PICTURE = lazy_pattern(
    rf"<(?P<end>/?)(?P<tag>a|summary|button|label)\b{ATTRIBUTES}>"
    rf'|(?P<frame><span class="picture">)?(?:{PICTURE_GROUND})?'
    rf"<picture>.*?(?P<image><img\s{ATTRIBUTES}>)</picture>(?(frame)</span>)",
    re.DOTALL,
)
"""A tag of an element that reacts to a click, or a whole picture."""
FRAME = lazy_pattern(rf"<(iframe|video|audio)\b{ATTRIBUTES}>.*?</\1>|<(?:iframe|video|audio)\b{ATTRIBUTES}>", re.DOTALL)
FORM = lazy_pattern(element("form"), re.DOTALL)

FOOTNOTE_MARK = lazy_pattern(r'<sup id="fnref.*?</sup>|<a class="footnote-backref".*?</a>', re.DOTALL)
"""The number in a text that leads to a footnote, or the sign after the footnote that leads back."""
FOOTNOTE_LINK = lazy_pattern(r'<a class="footnote-ref" (href="#fn:[^"]*")>(\d{1,5})</a>')
FOOTNOTE_LIST = lazy_pattern(r'<div class="footnote">(?=\s*<hr>\s*<ol>)')
FOOTNOTE_BACKLINK = lazy_pattern(r'<a class="footnote-backref" (href="#fnref\d*:[^"]*") title="([^"]*)">')
FORMULA = lazy_pattern(r'<math [^>]*?alttext="([^"]*)".*?</math>', re.DOTALL)
"""A formula, with its source as it was typed."""
FORMULA_PLACE = lazy_pattern(r'<div class="formula">(?P<block>.*?)</div>|(?P<line><math\b.*?</math>)', re.DOTALL)
FORMULA_SIGN = lazy_pattern(r"<m(?:o|space)\b")

LINK_TO_SOURCE = lazy_pattern(
    rf'<a (?=[^<>]*\.(?:md|markdown)["#?])({ATTRIBUTES})>(.*?)</a>', re.DOTALL | re.IGNORECASE
)
"""A link to another source, with its attributes and its text."""
IMAGE_OF_SOURCE = lazy_pattern(
    rf'(<p>\s*)?<img (?=(?:[^<>]*\s)?src="[^"<>]*\.(?:md|markdown)["#?])({ATTRIBUTES})>(\s*</p>)?', re.IGNORECASE
)
"""A picture whose address is another source, with the paragraph around it if there is nothing else in it."""

_ATTRIBUTE = lazy_pattern(r'(?<![a-z0-9-])([a-z][a-z0-9-]*+)="([^"]*)"')


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes in TEXT, the inside of a tag, unescaped; those without a value are left out."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}


WORD_END = lazy_pattern(r"<br\b[^>]*>|</(?:p|div|li|d[dt]|t[dhr]|caption|figcaption|summary|h[1-6]|blockquote|pre)>")
"""A tag at which a word ends, although there may be no white space."""


def without_tags(html: str) -> str:
    """Return HTML as text: no tags, character references resolved, white space as it is."""
    return unescape(ANY_TAG.sub("", html))


def line_of(html: str) -> str:
    """Return HTML as one line of text, without the numbers of footnotes."""
    return " ".join(without_tags(WORD_END.sub(" ", FOOTNOTE_MARK.sub("", html))).split())


TAG_OR_ENTITY = lazy_pattern(r"<[a-z/!?]|&(?:#|[a-z]{1,32}[0-9]{0,2};)", re.IGNORECASE)
"""The beginning of a tag or a comment, or an entity: plain text that has one must be escaped for HTML."""
