"""A finding ▶ the same with the line of the file that it is about, as compilers show it.

Findings carry a line, and a column if it is known; only this module adds the text of the line.
"""

import codecs
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from dropcap.document.source_text import CONTROLS
from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

LONGEST = 100
"""Most characters shown of a line."""

_UNSEEN = lazy_pattern("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that break lines, reverse their direction or control a terminal; replaced one by one, to keep columns."""

_BEFORE = 60
"""Characters shown before the column of a longer line."""


@contextmanager
def lines_shown(source: bytes) -> Iterator[None]:
    """Add lines of SOURCE to the findings of a ContentError raised in this block."""
    try:
        yield
    except ContentError as error:
        raise ContentError(*with_lines(error.findings, source)) from error.__cause__


def with_lines(findings: Iterable[Finding], source: bytes) -> tuple[Finding, ...]:
    """Return FINDINGS with their lines of SOURCE; without a column, the caret is at the start of the text."""
    listed = tuple(findings)
    if all(finding.line is None or finding.source is not None for finding in listed):
        return listed
    text = source.removeprefix(codecs.BOM_UTF8).decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = CONTROLS.sub("", text).split("\n")
    return tuple(_shown(finding, lines) for finding in listed)


def _shown(finding: Finding, lines: list[str]) -> Finding:
    """Return FINDING with its line; a line beyond the end of the file becomes the last line."""
    if finding.line is None or finding.source is not None:
        return finding
    number = max(1, min(finding.line, len(lines)))
    line = _UNSEEN.sub("\ufffd", lines[number - 1])
    column = finding.column and min(finding.column, len(line) + 1)
    source, caret = _shortened(line, column or len(line) - len(line.lstrip()) + 1)
    return finding._replace(line=number, column=column, source=source, caret=caret)


def _shortened(line: str, column: int) -> tuple[str, int]:
    """Return the part of LINE that is shown, and the position of COLUMN in it."""
    start = max(0, column - 1 - _BEFORE) if len(line) > LONGEST else 0
    rest = line[start:]
    shown = rest if len(rest) <= LONGEST else rest[: LONGEST - 1] + "…"
    return ("…" + shown[1:] if start else shown), column - start
