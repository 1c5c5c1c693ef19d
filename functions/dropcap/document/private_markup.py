"""The private markup of a text between its Markdown and its page: `markdown/` writes it, `html/` and `site/` read it.

Elements are placeholders that are filled in later: links to other posts, formulas, the table of contents, words of the
interface. Characters of a private plane, which nobody types, stand for punctuation that must be read as itself: *plain*
ones become characters again before the sanitiser looks, *straight* ones after it, when a quote or a dot is harmless.
"""

from dropcap.html_tags import ATTRIBUTES
from dropcap.patterns import lazy_pattern

LINK, EMBED = "dropcap-link", "dropcap-embed"
"""`<dropcap-link names="posts/a|a" fragment="part">` is a link; `dropcap-embed` shows the other post in its place."""

MORE = "dropcap-more"
"""The end of the author's summary. It replaces `<!--more-->`, which the sanitiser would remove."""

CONTENTS = "dropcap-toc"
"""The place of the table of contents."""

FORMULA = "dropcap-math"
"""A formula; its `class` is its number."""

WORD = "dropcap-word"
"""`<dropcap-word class="note">Note</dropcap-word>`: the title of a callout without one, in the language of its page.

Its text is shown if no message catalogue has that kind."""

TITLE = "dropcap-title:"
"""A title that a message catalogue has, as in `title="dropcap-title:footnote:2"`."""

UNRESOLVED = f"{TITLE}unresolved"
"""The title of a link whose target is not published."""

FOOTNOTE = f"{TITLE}footnote:"
"""The title of the link from a footnote back to the text; the number of the footnote follows."""

SEPARATOR = "|"
"""Between the names in a placeholder; no name has it, since `[[a|b]]` is a link with a text."""

PLACEHOLDER = lazy_pattern(rf"<({LINK}|{EMBED})({ATTRIBUTES})>|</(?:{LINK}|{EMBED})>")
CALLOUT_TITLE = lazy_pattern(rf"<{WORD}({ATTRIBUTES})>([^<]*)</{WORD}>|</?{WORD}{ATTRIBUTES}>")
CONTENTS_MARK = lazy_pattern(rf"<{CONTENTS}[^>]*></{CONTENTS}>")
MORE_MARK = lazy_pattern(rf"<{MORE}[^>]*></{MORE}>")

_PLAIN, _STRAIGHT = 0x10F700, 0x10F600
_STRAIGHTS = "\"'-. "
_MARKUP = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PUNCTUATION = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()]
_TO_PLAIN = {ord(char): chr(_PLAIN + ord(char)) for char in _PUNCTUATION}
_TO_STRAIGHT = {ord(char): chr(_STRAIGHT + ord(char)) for char in _STRAIGHTS if char != " "}
_TO_TYPED = _TO_PLAIN | {ord(char): chr(_STRAIGHT + ord(char)) for char in _STRAIGHTS}
_FROM_PRIVATE = {ord(private): chr(typed) for typed, private in (_TO_TYPED | _TO_PLAIN).items()} | {
    _STRAIGHT + ord(char): char for char in _STRAIGHTS
}
_AS_HTML = {_PLAIN + ord(char): _MARKUP.get(char, char) for char in _PUNCTUATION}
_STRAIGHT_AS_HTML = {_STRAIGHT + ord(char): _MARKUP.get(char, char) for char in _STRAIGHTS}
_ANY_PLAIN = lazy_pattern("[\U0010f721-\U0010f77e]")
_ANY_STRAIGHT = lazy_pattern("[\U0010f620-\U0010f62e]")
_ANY_PRIVATE = lazy_pattern("[\U0010f620-\U0010f62e\U0010f721-\U0010f77e]")


def placeholder(names: tuple[str, ...], fragment: str) -> dict[str, str]:
    """Return the attributes of a placeholder for the first of NAMES that exists, at FRAGMENT if it is not empty."""
    return {"names": SEPARATOR.join(names)} | ({"fragment": fragment} if fragment else {})


def plain(text: str) -> str:
    """Return TEXT with its punctuation kept from being read as Markdown, HTML, a formula or a shortcode."""
    return text.translate(_TO_PLAIN)


def straight(text: str) -> str:
    """Return TEXT with its quotes, hyphens and dots kept from being made typographic."""
    return text.translate(_TO_STRAIGHT)


def typed(text: str) -> str:
    """Return TEXT, which will be shown exactly as it is: nothing reads its signs, and typography leaves them alone."""
    return text.translate(_TO_TYPED)


def as_typed(text: str) -> str:
    """Return TEXT with private characters as they were typed: for code, which its caller escapes."""
    return text.translate(_FROM_PRIVATE) if _ANY_PRIVATE.search(text) else text


def plain_as_html(html: str) -> str:
    """Return HTML with plain characters as HTML writes them; to be sanitised after this, not before."""
    return html.translate(_AS_HTML) if _ANY_PLAIN.search(html) else html


def straight_as_html(html: str) -> str:
    """Return sanitised HTML with straight characters as HTML writes them."""
    return html.translate(_STRAIGHT_AS_HTML) if _ANY_STRAIGHT.search(html) else html
