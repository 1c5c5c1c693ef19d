"""A resolved body as plain text, for mail programs that show no HTML.

Numbered lists are numbered, nested ones indented, as is code; quotations have `> `, callouts `| `. Headings are
underlined; captions and the words for a picture are in brackets. Footnotes are `[1]`, with the notes at the end.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from dropcap.newsletter.text_blocks import APART, CALLOUT, INDENTED, LINES, RULE, SILENT, UNDERLINES, Block, Link
from dropcap.patterns import lazy_pattern

NUMBER = lazy_pattern(r"-?\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A TEXT, and its LINKS: pairs of words and address, each address once; words that repeat the address are empty."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


def plain_text(html: str) -> PlainText:
    """Return the words of HTML, a sanitised fragment, as plain text."""
    reader = _TextExtractor()
    reader.feed(html)
    reader.close()
    return reader.plain_text()


class _TextExtractor(HTMLParser):
    """Collects lines, and the blocks that are open around the current one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._apart = False
        self._blocks: list[Block] = []
        self._around: list[Block] = []
        self._links: list[Link] = []
        self._listed: dict[str, str] = {}
        self._silent = 0
        self._verbatim = 0
        self._cells = 0

    def plain_text(self) -> PlainText:
        """Return the text, and the links in it."""
        self._end_line()
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")
        return PlainText(text, tuple((words, target) for target, words in self._listed.items()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        self._verbatim += tag == "pre"
        if tag in APART | LINES:
            self._end_line(apart=tag in APART)
            self._open(tag, attributes)
            self._cells = 0 if tag == "tr" else self._cells
        elif tag == "a":
            kinds = attributes.get("class", "").split()
            target, start = attributes.get("href", ""), len(self._line)
            self._links.append(Link(target, start, "footnote-ref" in kinds, "footnote-backref" in kinds))
        elif tag == "img" and attributes.get("alt"):
            self._write(f"[{' '.join(attributes['alt'].split())}]")
        elif tag == "br":
            self._write("\n")
        elif tag in {"td", "th"}:
            self._line = f"{self._line.rstrip()} | " if self._cells else self._line
            self._cells += 1

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
        is_callout = "admonition" in attributes.get("class", "").split()
        if indent := CALLOUT if is_callout else INDENTED.get(tag):
            self._blocks.append(Block(tag, indent, indent))
        elif tag == "hr":
            self._write("" if self._in_notes else RULE)
            self._end_line(apart=True)
        elif tag == "li":
            self._blocks.append(Block(tag, mark := self._mark(), " " * len(mark)))
        elif tag == "ol":
            start = attributes.get("start", "1")
            number = int(start) if NUMBER.fullmatch(start) else 1
            self._blocks.append(Block(tag, "", "", number, notes=self._in_notes or notes))
        else:
            self._blocks.append(Block(tag, "", "", notes=notes))

    def _close(self, tag: str) -> None:
        """Close the block TAG and those that were left open in it."""
        if tag in {"caption", "figcaption"} and self._line.strip():
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
        """Return the mark of a list item: a dash, its number, or that of a note."""
        around = next((block for block in reversed(self._blocks) if block.tag in {"ol", "ul"}), None)
        if around is None or around.tag == "ul":
            return "- "
        around.number += 1
        return f"[{around.number - 1}] " if around.notes else f"{around.number - 1}. "

    @property
    def _in_notes(self) -> bool:
        return any(block.notes for block in self._blocks)

    def _end_link(self, link: Link) -> None:
        words = self._line[link.start :].strip()
        if link.hidden:
            self._line = self._line[: link.start].rstrip()
        elif link.is_note:
            self._line = f"{self._line[: link.start]}[{words}]"
        elif link.target and not link.target.startswith("#") and not self._silent:
            self._listed.setdefault(link.target, "" if words == link.target else " ".join(words.split()))

    def _end_line(self, *, apart: bool = False) -> None:
        """Write the current line, if there is one, with an empty one before it if the last block stands APART."""
        text = self._line.strip("\n") if self._verbatim else self._line.strip()
        self._line = ""
        if text.strip():
            if self._apart and self._lines:
                around = [block for block in self._blocks if block in self._around]
                self._lines.append("".join(block.rest for block in around).rstrip())
            self._lines += [(self._indent() + line).rstrip() for line in text.split("\n")]
            self._apart, self._around = False, list(self._blocks)
        self._apart = self._apart or apart

    def _indent(self) -> str:
        """Return the indentation of the next line; a list mark is used for one line only."""
        indent = "".join(block.first for block in self._blocks)
        for block in self._blocks:
            block.first = block.rest
        return indent

    def _write(self, text: str) -> None:
        if text and not self._silent:
            self._line += text
