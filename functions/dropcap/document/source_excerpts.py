"""A finding ▶ the same with the line of the file that it speaks of, as compilers show it.

One place for all of them: whoever finds something tells the line, and the column where it knows more than the line.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from dropcap.document.source_text import CONTROLS
from dropcap.errors import ContentError, Finding

LONGEST = 100
"""Most characters of a line that are shown."""

_UNSEEN = re.compile("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What breaks lines, turns them round, or commands a terminal; a sign stands for each, so that columns stay true."""

_BEFORE = 60
"""So many characters are shown before the column of a longer line."""


@contextmanager
def lines_shown(source: bytes) -> Iterator[None]:
    """Let a ContentError that comes out of this block show the lines of SOURCE that it speaks of."""
    try:
        yield
    except ContentError as error:
        raise ContentError(*with_lines(error.findings, source)) from error.__cause__


def with_lines(findings: Iterable[Finding], source: bytes) -> tuple[Finding, ...]:
    """Give FINDINGS with the lines of SOURCE that they speak of; without a column, the caret is where a text begins."""
    found = tuple(findings)
    if all(one.line is None or one.source is not None for one in found):
        return found
    text = source.removeprefix(codecs.BOM_UTF8).decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = CONTROLS.sub("", text).split("\n")
    return tuple(_shown(one, lines) for one in found)


def _shown(finding: Finding, lines: list[str]) -> Finding:
    """Give FINDING with its line; one beyond the end of the file is about the last line."""
    if finding.line is None or finding.source is not None:
        return finding
    number = max(1, min(finding.line, len(lines)))
    line = _UNSEEN.sub("\ufffd", lines[number - 1])
    column = finding.column and min(finding.column, len(line) + 1)
    source, caret = _shortened(line, column or len(line) - len(line.lstrip()) + 1)
    return replace(finding, line=number, column=column, source=source, caret=caret)


def _shortened(line: str, column: int) -> tuple[str, int]:
    """Give what is shown of LINE, and where in it COLUMN is."""
    start = max(0, column - 1 - _BEFORE) if len(line) > LONGEST else 0
    rest = line[start:]
    shown = rest if len(rest) <= LONGEST else rest[: LONGEST - 1] + "…"
    return ("…" + shown[1:] if start else shown), column - start
