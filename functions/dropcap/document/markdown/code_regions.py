"""The regions of a text that are code, which no other rule reads."""

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dropcap.document.markdown.rules_by_sign import BlockParser
from dropcap.patterns import lazy_pattern

_OPENING = lazy_pattern(r"[ ]*(?:>[ ]?)*(?:(?:[*+-]|\d{1,9}[.)])[ ]+)*(?P<fence>`{3,}|~{3,})[ ]*[^`]*$")
_MAY_BEGIN_CODE = lazy_pattern(r"^(?:[ >]|\t|[*+-][ \t]|\d{1,9}[.)][ \t])*(?:```|~~~|    |\t)", re.MULTILINE)
_TICKS = lazy_pattern(r"`+")


def code_fence(line: str) -> str:
    """Return the fence that opens code in LINE; empty if none does."""
    opening = _OPENING.match(line) if "```" in line or "~~~" in line else None
    return opening["fence"] if opening else ""


class Regions:
    """The code in a text: blocks of it, and spans between backticks, as CommonMark finds them.

    Parsing a text for its blocks takes as long as rendering it, so this is done only where the answer depends on it.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def code_at(self, position: int) -> int:
        """Return the end of the block of code at POSITION; 0 if there is none."""
        begins, ends = self._code
        at = bisect_right(begins, position) - 1
        return ends[at] if at >= 0 and ends[at] > position else 0

    def code_span_end(self, begin: int, end: int) -> int:
        """Return the end of the code that the backticks from BEGIN to END open; END if they open none."""
        runs = self._runs.get(end - begin, [])
        at = bisect_left(runs, end)
        if at == len(runs):
            return end
        border = bisect_right(self._borders, begin)
        last = self._borders[border] if border < len(self._borders) else None
        return runs[at] + end - begin if last is None or runs[at] < last else end

    @cached_property
    def _code(self) -> tuple[list[int], list[int]]:
        """Return where blocks of code begin and end."""
        if not _MAY_BEGIN_CODE.search(self.text):
            return [], []
        starts = self._line_starts
        code = [token.map for token in self._tokens if token.map and token.type in {"fence", "code_block"}]
        return [starts[first] for first, _ in code], [starts[min(last, len(starts) - 1)] for _, last in code]

    @cached_property
    def _borders(self) -> list[int]:
        """Return where the texts of blocks begin and end, which no span of code crosses."""
        lines = {line for token in self._tokens if token.map and token.type == "inline" for line in token.map}
        return sorted(self._line_starts[line] for line in lines)

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        """Return where runs of backticks begin, by their length."""
        runs: dict[int, list[int]] = {}
        for run in _TICKS.finditer(self.text):
            runs.setdefault(len(run[0]), []).append(run.start())
        return runs

    @cached_property
    def _tokens(self) -> list[Token]:
        tokens: list[Token] = []
        parser = _parser()
        parser.block.parse(self.text, parser, {}, tokens)
        return tokens

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 400})
    parser.block = BlockParser()
    return parser.configure("commonmark").enable("table")
