"""Sanitised HTML ▶ the stored HTML: typographic signs in the document's language, and formulas in their places.

One pass over the finished text is far cheaper than a pattern within Markdown: about a millisecond for a long post.
Quotes become the language's own, `'` an apostrophe, `--` and `---` dashes, `...` an ellipsis, except in code.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from dropcap.document.html.quotation_marks import Quotation
from dropcap.document.private_markup import FORMULA, straight_as_html
from dropcap.html_tags import BLOCK_TAG, START_TAG, TAG
from dropcap.patterns import lazy_pattern

_TOKEN = lazy_pattern(
    rf"(?P<blocks>(?:{BLOCK_TAG}[^<\"'\-.;:!?]*){{1,100}})|{TAG.pattern}"
    r"|(?P<quote>[\"'])|(?P<dash>-{2,})|(?P<dots>\.{3,})|(?P<space>[ ](?=[;:!?](?![\w/])))"
)
"""A sign to look at, a tag, or a run of blocks without such signs, which are most of a long list or table."""

_VERBATIM = frozenset({"pre", "code", "kbd", "samp", "tt", "var", "textarea"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "wbr", "code", "kbd", "samp", "var", "dropcap-link", "dropcap-math",
    "dropcap-word",
    "img", "font", "big", "data", "ruby", "rb", "rt", "rp",
})  # fmt: skip
_OPENS_AFTER = frozenset(" \n\t\u00a0\u202f([{<«»„‚“‘‹›—–-/=|*_~")
_ELISION = lazy_pattern(r"(?:\d\ds?|(?:tis|twas|twere|til|em|n|cause|bout|round|tween)(?=\W))(?!\w)", re.IGNORECASE)
_SHOWN = frozenset({FORMULA, "img"})
"""Elements that stand for a word and have no text here."""
_CLASS = lazy_pattern(r'class="(\d{1,5})"')
_STRAIGHT = lazy_pattern(r"[\"']|--|\.{3}| [;:!?]")
"""A character that typesetting may change; text without one stays as it is."""
_NO_BREAK = {" ;": "\u202f", " !": "\u202f", " ?": "\u202f", " :": "\u00a0"}


def finished(html: str, marks: Quotation, formulas: Callable[[str], str]) -> str:
    """Return HTML with the quotation marks of MARKS and with FORMULAS, the HTML of each by its number, in place."""
    return straight_as_html(_TOKEN.sub(_Typesetter(marks, formulas), html))


def typeset(text: str, marks: Quotation) -> str:
    """Return plain TEXT, such as a title, with the typographic signs that a text with the quotation MARKS has."""
    if not _STRAIGHT.search(text):
        return text
    return unescape(_TOKEN.sub(_Typesetter(marks, str), f"{escape(text, quote=False)}\n"))[:-1]


class _Typesetter:
    """Replaces one token after the other; remembers the character before it, across inline elements."""

    def __init__(self, marks: Quotation, formulas: Callable[[str], str]) -> None:
        self.marks = marks
        self.formulas = formulas
        self.before = " "
        self.end = 0
        self.verbatim = 0
        self.open: list[str] = []

    def __call__(self, match: re.Match[str]) -> str:
        """Return the replacement of MATCH."""
        if match.start() > self.end:
            self.before = match.string[match.start() - 1]
            if self.before == ";" and match.string.endswith("&nbsp;", self.end, match.start()):
                self.before = " "
        self.end = match.end()
        if match["blocks"]:
            self.before, self.open = " " if match[0].endswith(">") else match[0][-1], []
            return match[0]
        if match["name"]:
            return self._tag(match)
        if self.verbatim:
            return match[0]
        shown = self._sign(match)
        if not match["quote"]:
            self.before = shown[-1]
        return shown

    def _tag(self, match: re.Match[str]) -> str:
        tag = match["name"]
        if tag in _VERBATIM:
            self.verbatim += -1 if match["end"] else 1
            self.verbatim = max(self.verbatim, 0)
        if tag == FORMULA:
            number = _CLASS.search(match["attributes"])
            self.before = "x"
            return self.formulas(number[1]) if number and not match["end"] else ""
        if tag in {"code", "img", "kbd", "samp"}:
            self.before = "x"
        elif tag not in _INLINE:
            self.before, self.open = " ", []
        return match[0]

    def _sign(self, match: re.Match[str]) -> str:
        if match["quote"]:
            return self._double(match) if match["quote"] == '"' else self._single(match)
        if match["dash"]:
            return self._dash(match)
        if match["dots"]:
            return "…" if match["dots"] == "..." else match[0]
        after = match.string[match.end()]
        return _NO_BREAK[f" {after}"] if self.marks.spaced else " "

    def _double(self, match: re.Match[str]) -> str:
        if self.before in _OPENS_AFTER and _goes_on(match):
            self.open.append('"')
            self.before = "("
            return self.marks.opening
        inches = self.before.isdigit() and '"' not in self.open
        self.before = "x"
        if '"' in self.open:
            while self.open.pop() != '"':
                pass
            return self.marks.closing
        return match[0] if inches else self.marks.closing

    def _single(self, match: re.Match[str]) -> str:
        if self.before in _OPENS_AFTER and _goes_on(match):
            if _ELISION.match(match.string, match.end()):
                return "’"
            self.open.append("'")
            self.before = "("
            return self.marks.inner_opening
        feet = self.before.isdigit() and not _goes_on(match)
        self.before = "x"
        if "'" in self.open and not match.string[match.end() : match.end() + 1].isalnum():
            while self.open.pop() != "'":
                pass
            return self.marks.inner_closing
        return match[0] if feet else "’"

    def _dash(self, match: re.Match[str]) -> str:
        """Return a dash for hyphens, unless they begin the name of an option: ` --quiet`."""
        option = self.before in " \n\u00a0" and match.string[match.end() : match.end() + 1].isalnum()
        return match[0] if option else {2: "–", 3: "—"}.get(len(match[0]), match[0])


def _goes_on(match: re.Match[str]) -> bool:
    """Return whether text follows directly after MATCH, perhaps within an element."""
    at = match.end()
    while inner := START_TAG.match(match.string, at):
        if inner[1] in _SHOWN:
            return True
        at = inner.end()
    return match.string[at : at + 1] not in {"", " ", "\n", "<", "\u00a0"}
