"""A resolved body as plain text, for those whose mail program shows no HTML."""

import re
from html.parser import HTMLParser

_LINES = frozenset({"li", "tr", "dt", "dd"})
"""Blocks on a line of their own."""
_APART = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul"}
)
"""Blocks with an empty line before and after them."""
_SILENT = frozenset({"script", "style", "template", "svg", "math", "iframe", "object"})


def plain_text(html: str) -> str:
    """Return the words of HTML, a sanitised fragment, as plain text: paragraphs apart, links behind their words."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.written).split("\n")
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Words(HTMLParser):
    """Writes the words down, and marks where blocks begin and end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._targets: list[tuple[str, int]] = []
        self._silent = 0
        self._verbatim = 0
        self._newlines = 2

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._silent += tag in _SILENT
        self._verbatim += tag == "pre"
        self._break(tag)
        if tag == "a":
            self._targets.append((given.get("href") or "", len(self.written)))
        elif tag == "img":
            self._say(given.get("alt") or "")
        elif tag == "br":
            self._say("\n")
        elif tag == "li":
            self._say("- ")
        elif tag in {"td", "th"} and not self._newlines:
            self._say("  ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._verbatim -= tag == "pre" and self._verbatim > 0
        if tag == "a" and self._targets:
            target, start = self._targets.pop()
            words = "".join(self.written[start:]).strip()
            self._say("" if target.startswith("#") or not target or target == words else f" ({target})")
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._say(data)
            return
        words = re.sub(r"\s+", " ", data)
        self._say(words.lstrip() if self._newlines or self._after_dash else words)

    def _break(self, tag: str) -> None:
        if self._after_dash or tag not in _APART | _LINES:
            return
        wanted = 2 if tag in _APART else 1
        self._say("\n" * (wanted - self._newlines))

    @property
    def _after_dash(self) -> bool:
        return self.written[-1:] == ["- "]

    def _say(self, text: str) -> None:
        if text and not self._silent:
            self.written.append(text)
            end = len(text) - len(text.rstrip("\n"))
            self._newlines = end if text.strip("\n") else self._newlines + end
