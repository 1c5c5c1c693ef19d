"""Sanitised HTML ▶ what is kept: typographic signs in the document's language, and formulas in their places.

One pass over the finished text is far cheaper than a pattern within Markdown: about a millisecond for a long post.
Quotes become the language's own, `'` an apostrophe, `--` and `---` dashes, `...` an ellipsis, except in code.
"""

import re
from collections.abc import Callable

from dropcap.document.html.quotation_marks import Quotation
from dropcap.document.private_markup import FORMULA, straight_as_html

_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:\"[^\"]*\"|[^\">])*)>"
    r"|(?P<quote>[\"'])|(?P<dash>-{2,})|(?P<dots>\.{3,})|(?P<space>[ ](?=[;:!?](?![\w/])))"
)
_VERBATIM = frozenset({"pre", "code", "kbd", "samp", "tt", "var", "textarea"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "wbr", "code", "kbd", "samp", "var", "dropcap-link", "dropcap-math",
    "dropcap-word",
    "img", "font", "big", "data", "ruby", "rb", "rt", "rp",
})  # fmt: skip
_OPENS_AFTER = frozenset(" \n\t\u00a0\u202f([{<«»„‚“‘‹›—–-/=|*_~")
_ELISION = re.compile(r"(?:\d\ds?|(?:tis|twas|twere|til|em|n|cause|bout|round|tween)(?=\W))(?!\w)", re.IGNORECASE)
_CLASS = re.compile(r'class="(\d{1,5})"')
_NO_BREAK = {" ;": "\u202f", " !": "\u202f", " ?": "\u202f", " :": "\u00a0"}


def finished(html: str, marks: Quotation, formulas: Callable[[str], str]) -> str:
    """Give HTML as it is kept, with quotes as MARKS has them with FORMULAS, the HTML of each by its number, put in."""
    return straight_as_html(_TOKEN.sub(_Typesetter(marks, formulas), html))


class _Typesetter:
    """Replaces one token after the other; remembers what stood before it, across inline elements."""

    def __init__(self, marks: Quotation, formulas: Callable[[str], str]) -> None:
        self.marks = marks
        self.formulas = formulas
        self.before = " "
        self.end = 0
        self.verbatim = 0
        self.open: list[str] = []

    def __call__(self, found: re.Match[str]) -> str:
        """Give what stands for FOUND."""
        if found.start() > self.end:
            self.before = found.string[found.start() - 1]
            if self.before == ";" and found.string.endswith("&nbsp;", self.end, found.start()):
                self.before = " "
        self.end = found.end()
        if found["tag"]:
            return self._tag(found)
        if self.verbatim:
            return found[0]
        shown = self._sign(found)
        if not found["quote"]:
            self.before = shown[-1]
        return shown

    def _tag(self, found: re.Match[str]) -> str:
        tag = found["tag"]
        if tag in _VERBATIM:
            self.verbatim += -1 if found["end"] else 1
            self.verbatim = max(self.verbatim, 0)
        if tag == FORMULA:
            number = _CLASS.search(found["attributes"])
            self.before = "x"
            return self.formulas(number[1]) if number and not found["end"] else ""
        if tag in {"code", "img", "kbd", "samp"}:
            self.before = "x"
        elif tag not in _INLINE:
            self.before, self.open = " ", []
        return found[0]

    def _sign(self, found: re.Match[str]) -> str:
        if found["quote"]:
            return self._double(found) if found["quote"] == '"' else self._single(found)
        if found["dash"]:
            return self._dash(found)
        if found["dots"]:
            return "…" if found["dots"] == "..." else found[0]
        after = found.string[found.end()]
        return _NO_BREAK[f" {after}"] if self.marks.spaced else " "

    def _double(self, found: re.Match[str]) -> str:
        if self.before in _OPENS_AFTER and _goes_on(found):
            self.open.append('"')
            self.before = "("
            return self.marks.opening
        inches = self.before.isdigit() and '"' not in self.open
        self.before = "x"
        if '"' in self.open:
            while self.open.pop() != '"':
                pass
            return self.marks.closing
        return found[0] if inches else self.marks.closing

    def _single(self, found: re.Match[str]) -> str:
        if self.before in _OPENS_AFTER and _goes_on(found):
            if _ELISION.match(found.string, found.end()):
                return "’"
            self.open.append("'")
            self.before = "("
            return self.marks.inner_opening
        feet = self.before.isdigit() and not _goes_on(found)
        self.before = "x"
        if "'" in self.open and not found.string[found.end() : found.end() + 1].isalnum():
            while self.open.pop() != "'":
                pass
            return self.marks.inner_closing
        return found[0] if feet else "’"

    def _dash(self, found: re.Match[str]) -> str:
        """Leave the name of an option alone: ` --quiet`."""
        option = self.before in " \n\u00a0" and found.string[found.end() : found.end() + 1].isalnum()
        return found[0] if option else {2: "–", 3: "—"}.get(len(found[0]), found[0])


def _goes_on(found: re.Match[str]) -> bool:
    """Tell whether text follows right after FOUND, perhaps in an element of its own."""
    at = found.end()
    while inner := _START.match(found.string, at):
        at = inner.end()
    return found.string[at : at + 1] not in {"", " ", "\n", "<", "\u00a0"}


_START = re.compile(r'<[a-z][a-z0-9-]*(?:"[^"]*"|[^">])*>')
