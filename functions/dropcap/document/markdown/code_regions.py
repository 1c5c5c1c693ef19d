"""Where a text is code, so that nothing else reads it there."""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

_OPENING = re.compile(r"[ ]*(?:>[ ]?)*(?:(?:[*+-]|\d{1,9}[.)])[ ]+)*(?P<fence>`{3,}|~{3,})[ ]*[^`]*$")
_TICKS = re.compile(r"`+")


def code_fence(line: str) -> str:
    """Return the fence that opens code in LINE; empty if none does."""
    opening = _OPENING.match(line) if "```" in line or "~~~" in line else None
    return opening["fence"] if opening else ""


class Regions:
    """The code in a text: blocks of it, and spans between backticks, as CommonMark finds them."""

    def __init__(self, text: str) -> None:
        tokens: list[Token] = []
        parser = _parser()
        parser.block.parse(text, parser, {}, tokens)
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        code = [token.map for token in tokens if token.map and token.type in {"fence", "code_block"}]
        self.begins = [starts[first] for first, _ in code]
        self.ends = [starts[min(last, len(starts) - 1)] for _, last in code]
        self.borders = sorted(
            {starts[line] for token in tokens if token.map and token.type == "inline" for line in token.map}
        )
        self.runs: dict[int, list[int]] = {}
        for run in _TICKS.finditer(text):
            self.runs.setdefault(len(run[0]), []).append(run.start())

    def code_at(self, position: int) -> int:
        """Return where the block of code ends that POSITION is in; 0 if it is in none."""
        at = bisect_right(self.begins, position) - 1
        return self.ends[at] if at >= 0 and self.ends[at] > position else 0

    def code_span_end(self, begin: int, end: int) -> int:
        """Return where the code ends that the backticks from BEGIN to END open; END if they open none."""
        runs = self.runs.get(end - begin, [])
        at = bisect_left(runs, end)
        border = bisect_right(self.borders, begin)
        last = self.borders[border] if border < len(self.borders) else None
        if at < len(runs) and (last is None or runs[at] < last):
            return runs[at] + end - begin
        return end


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 400}).enable("table")
