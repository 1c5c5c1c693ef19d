"""Lines as CommonMark reads them ▶ lines as Python-Markdown does.

A nested list may be indented by two spaces, a list may follow a paragraph without an empty line, `1)` begins an item as
`1.` does, and a table or an attribute list needs no empty line before it. Lists come out indented by four spaces each.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from markdown.preprocessors import Preprocessor

from dropcap.document.markdown.attributes import FOR_THE_NEXT, LINE

_MARKER = re.compile(r"([*+-]|\d{1,9}[.)])(?:([ ]+)(?=\S)|[ ]*$)")
_RULE = re.compile(r"(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_HOLDER = re.compile(r"(?:!!![ ]?\w|\?\?\?\+?[ ]?\w|\[\^[^\]]+\]:|:[ ]{1,3}\S)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_NO_PARAGRAPH = ("#", ">", "<", "|", "    ", "\x02", ":", "{:", "!!!", "???", "```")
_DELIMITERS = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_VERBATIM = re.compile(r"[ ]*(?:<[a-z][^<>]*>)*<(pre|script|style|textarea)\b", re.IGNORECASE)
_STEP = 4
_DEEPEST = 40
"""Quotes within quotes deeper than this are left as they are."""


class BlockPreprocessor(Preprocessor):
    """Gives every block the indentation and the empty lines that Python-Markdown asks for."""

    def run(self, lines: list[str]) -> list[str]:
        """Give LINES so arranged."""
        return list(_arranged(lines, 0))


def _arranged(lines: list[str], depth: int) -> Iterator[str]:
    arranger = _Arranger()
    at = 0
    while at < len(lines):
        line = lines[at]
        if depth < _DEEPEST and ">" in line and _QUOTE.match(line) and arranger.quotes(line):
            rest = (_QUOTE.match(lines[number]) for number in range(at, len(lines)))
            inner = [one.string[one.end() :] for one in takewhile(bool, rest) if one]
            yield from (f"> {text}" if text else ">" for text in _arranged(inner, depth + 1))
            at += len(inner)
        else:
            yield from arranger.arranged(line, lines[at + 1] if at + 1 < len(lines) else "")
            at += 1


class _Arranger:
    """Reads line after line; COLUMNS are where the text of each open list item begins, outermost first."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self.numbered: list[bool] = []
        self.in_list = False
        self.holder = False
        self.before = ""
        self.verbatim = ""

    def quotes(self, line: str) -> bool:
        """Tell whether LINE begins a quote outside of every list."""
        if self.verbatim or (self.columns and len(line) - len(line.lstrip(" ")) >= self.columns[0]):
            return False
        self.columns, self.in_list, self.before = [], False, ">"
        return True

    def arranged(self, line: str, following: str) -> Iterator[str]:
        """Give what stands for LINE, which is before FOLLOWING."""
        if self.verbatim or _VERBATIM.match(line):
            yield self._verbatim(line)
        elif not line.strip():
            yield ""
        else:
            yield from self._placed(line, following)
        if not line.strip():
            self.in_list = False
        self.before = line

    def _verbatim(self, line: str) -> str:
        """Leave preformatted HTML as it is."""
        lower = line.lower()
        opened = _VERBATIM.match(lower)
        name = self.verbatim or (opened[1] if opened else "")
        self.verbatim = "" if f"</{name}" in lower else name
        return line

    def _placed(self, line: str, following: str) -> Iterator[str]:
        indent = len(line) - len(line.lstrip(" "))
        text = line[indent:]
        marker = None if _RULE.match(text) else _MARKER.match(text)
        if marker and self._is_item(marker, indent):
            yield from self._item(marker, indent, text)
        elif _HOLDER.match(text) and indent < _STEP and not (self.columns and indent >= self.columns[0]):
            self.columns, self.holder = [_STEP], True
            yield text
        elif LINE.match(line) and indent < (self.columns[0] if self.columns else _STEP):
            self.columns = []
            yield from self._attributes(text if text.startswith("{:") else f"{{: {text[1:]}", following)
        else:
            yield from self._text(line, indent, text, following)

    def _is_item(self, marker: re.Match[str], indent: int) -> bool:
        """Tell whether MARKER begins an item of a list, and not code, or a number at the head of a line of text."""
        column = next((column for column in reversed(self.columns) if indent >= column), 0)
        if indent - column >= _STEP:
            return False
        in_paragraph = self._after_paragraph() and not self.columns
        return not in_paragraph or (bool(marker[2]) and marker[1] in {"-", "*", "+", "1.", "1)"})

    def _item(self, marker: re.Match[str], indent: int, text: str) -> Iterator[str]:
        while self.columns and indent < self.columns[-1]:
            self.columns.pop()
        self.holder = self.holder and bool(self.columns)
        depth, numbered = len(self.columns), marker[1][-1] in ".)"
        other_kind = depth < len(self.numbered) and self.numbered[depth] is not numbered
        if self.before.strip() and (other_kind or not self.in_list):
            yield ""
        self.numbered[depth:] = [numbered]
        self.in_list = True
        gap = len(marker[2] or " ")
        self.columns.append(indent + len(marker[1]) + (gap if gap <= _STEP else 1))
        sign = marker[1].replace(")", ".")
        yield f"{' ' * (_STEP * depth)}{sign}{' ' * gap}{text[marker.end() :]}"

    def _text(self, line: str, indent: int, text: str, following: str) -> Iterator[str]:
        after_gap = not self.before.strip()
        beside = self.holder and len(self.columns) == 1  # the text of a note or box, which no item begins
        ends = after_gap or beside or text.startswith(("#", ">", "\x02")) or bool(_RULE.match(text))
        held = len(self.columns)
        while ends and self.columns and indent < self.columns[-1]:
            self.columns.pop()
        if held and not self.columns and not after_gap and not beside:
            yield ""
        if self._begins_table(text, following):
            yield ""
        if not self.columns:
            yield line
        else:
            rest = line[min(indent, self.columns[-1]) :] if ends else text
            yield " " * (_STEP * (len(self.columns) - (not ends))) + rest

    def _attributes(self, text: str, following: str) -> Iterator[str]:
        """Set the attribute list TEXT apart, for the block above it or else for the one below."""
        if self.before.strip():
            yield from ("", text, "")
        elif following.strip():
            yield from (text.replace("{:", FOR_THE_NEXT, 1), "")

    def _after_paragraph(self) -> bool:
        return bool(self.before.strip()) and not self.before.startswith(_NO_PARAGRAPH)

    def _begins_table(self, text: str, following: str) -> bool:
        is_head = "|" in text and "-" in following and "|" in following and bool(_DELIMITERS.match(following))
        return is_head and self._after_paragraph() and "|" not in self.before
