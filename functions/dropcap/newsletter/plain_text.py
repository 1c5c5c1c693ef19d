"""A resolved body as plain text, for mail programs that show no HTML.

Numbered lists are numbered, nested ones indented, quotations have `> `, headings are underlined, captions stand in
brackets. Footnotes are `[1]`, with the notes at the end. The links are listed after the text.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LINES = frozenset({"li", "tr", "dt", "dd"})
"""Blocks on a line of their own."""
APART = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul"}
)
"""Blocks with an empty line before and after them."""
SILENT = frozenset({"script", "style", "template", "svg", "math", "object"})
UNDERLINES = {"h1": "=", "h2": "=", "h3": "-", "h4": "-", "h5": "-", "h6": "-"}
NUMBER = re.compile(r"-?\d{1,6}", re.ASCII)


def plain_text(html: str) -> str:
    """Return the words of HTML, a sanitised fragment, as plain text, with its links listed at the end."""
    reader = _TextExtractor()
    reader.feed(html)
    reader.close()
    return reader.text()


@dataclass(slots=True)
class _Block:
    """An open block that indents what is in it: FIRST stands before its first line, REST before the others."""

    tag: str
    first: str
    rest: str
    number: int = 0
    notes: bool = False


@dataclass(slots=True)
class _Link:
    """An open link to TARGET, whose words begin at START of the current line."""

    target: str
    start: int
    hidden: bool = field(default=False)


class _TextExtractor(HTMLParser):
    """Writes lines, and the blocks that are open around the current one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._apart = False
        self._blocks: list[_Block] = []
        self._links: list[_Link] = []
        self._listed: dict[str, str] = {}
        self._silent = 0
        self._verbatim = 0

    def text(self) -> str:
        """Return the text, and the list of links below it."""
        self._end_line()
        listed = [f"- {words}: {target}" if words else f"- {target}" for target, words in self._listed.items()]
        parts = ("\n".join(self._lines).strip("\n"), "\n".join(listed))
        return re.sub(r"\n{3,}", "\n\n", "\n\n".join(filter(None, parts))).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        self._verbatim += tag == "pre"
        if tag in APART | LINES:
            self._end_line(apart=tag in APART)
            self._open(tag, attributes)
        elif tag == "a":
            hidden = "footnote-backref" in attributes.get("class", "").split()
            self._links.append(_Link(attributes.get("href", ""), len(self._line), hidden))
        elif tag == "img":
            self._write(attributes.get("alt", ""))
        elif tag == "br":
            self._write("\n")
        elif tag in {"td", "th"} and self._line:
            self._write("  ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        self._verbatim -= tag == "pre" and self._verbatim > 0
        if tag == "a" and self._links:
            self._end_link(self._links.pop())
        elif tag in APART | LINES:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._write(data)
            return
        words = re.sub(r"\s+", " ", data)
        self._write(words.lstrip() if not self._line or self._line.endswith(("\n", " ")) else words)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a block that indents, or that counts."""
        notes = "footnote" in attributes.get("class", "") or "footnotes" in attributes.get("role", "")
        if tag == "blockquote":
            self._blocks.append(_Block(tag, "> ", "> "))
        elif tag == "li":
            self._blocks.append(_Block(tag, mark := self._mark(), " " * len(mark)))
        elif tag == "ol":
            start = attributes.get("start", "1")
            number = int(start) if NUMBER.fullmatch(start) else 1
            self._blocks.append(_Block(tag, "", "", number, notes=self._in_notes or notes))
        else:
            self._blocks.append(_Block(tag, "", "", notes=notes))

    def _close(self, tag: str) -> None:
        """Close the block TAG and those that were left open in it."""
        if tag == "figcaption" and self._line.strip():
            self._line = f"[{self._line.strip()}]"
        underline = UNDERLINES.get(tag)
        width = max((len(line) for line in self._line.strip().split("\n")), default=0)
        self._end_line(apart=tag in APART)
        if underline and width:
            self._lines.append(self._indent() + underline * min(width, 72))
        if any(block.tag == tag for block in self._blocks):
            while self._blocks.pop().tag != tag:
                pass

    def _mark(self) -> str:
        """Return what stands before a list item: a dash, its number, or that of a note."""
        around = next((block for block in reversed(self._blocks) if block.tag in {"ol", "ul"}), None)
        if around is None or around.tag == "ul":
            return "- "
        around.number += 1
        return f"[{around.number - 1}] " if around.notes else f"{around.number - 1}. "

    @property
    def _in_notes(self) -> bool:
        return any(block.notes for block in self._blocks)

    def _end_link(self, link: _Link) -> None:
        words = self._line[link.start :].strip()
        if link.hidden:
            self._line = self._line[: link.start].rstrip()
        elif link.target.startswith("#fn"):
            self._line = f"{self._line[: link.start]}[{words}]"
        elif link.target and not link.target.startswith("#") and not self._silent:
            self._listed.setdefault(link.target, "" if words == link.target else " ".join(words.split()))

    def _end_line(self, *, apart: bool = False) -> None:
        """Write the current line, if there is one, with an empty one before it where the last block stands APART."""
        text = self._line.strip("\n") if self._verbatim else self._line.strip()
        self._line = ""
        if text.strip():
            if self._apart and self._lines:
                self._lines.append("".join(block.rest for block in self._blocks).rstrip())
            self._lines += [(self._indent() + line).rstrip() for line in text.split("\n")]
            self._apart = False
        self._apart = self._apart or apart

    def _indent(self) -> str:
        """Return what stands before the next line, and let list marks stand before one line only."""
        indent = "".join(block.first for block in self._blocks)
        for block in self._blocks:
            block.first = block.rest
        return indent

    def _write(self, text: str) -> None:
        if text and not self._silent:
            self._line += text
