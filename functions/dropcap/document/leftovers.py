"""What a body holds that will not come out as its author may expect: one warning a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dropcap.document.fences import code_fence
from dropcap.document.markdown_fragment import SHORTCODE
from dropcap.errors import Finding

MAXIMUM_WARNINGS = 5
"""Most lines of one kind that are named; the rest is counted."""

_INLINE_CODE = re.compile(r"(`+)[^`\n]+\1")
_FORBIDDEN = "script|style|iframe|frame|form|input|button|select|textarea|object|embed|svg|math|link|meta"


@dataclass(frozen=True, slots=True)
class _Kind:
    sign: re.Pattern[str]
    message: str
    remedy: str


_KINDS = (
    _Kind(
        re.compile(SHORTCODE),
        "`{}` is a shortcode of another system; it is shown as it is.",
        "Write it as Markdown or HTML; if it is meant to be read, put it between backticks.",
    ),
    _Kind(
        re.compile(rf"<(?:{_FORBIDDEN})\b", re.IGNORECASE),
        "The HTML element {}> is not allowed in a post; it is left out.",
        "Remove it, or link to what it shows; to show the HTML itself, put it between backticks.",
    ),
    _Kind(
        re.compile(r"data:image/[a-z]+"),
        "A picture is written into the text (`{}…`); it is left out.",
        "Upload the picture as a file of its own, and name that file here.",
    ),
)


def leftovers(body: str, first: int) -> tuple[Finding, ...]:
    """List the shortcodes and the forbidden HTML in BODY, whose first line is line FIRST of the file."""
    kinds = [kind for kind in _KINDS if kind.sign.search(body)]
    lines = list(_prose(body, first)) if kinds else []
    return tuple(finding for kind in kinds for finding in _findings(kind, lines))


def _prose(body: str, first: int) -> Iterator[tuple[int, str]]:
    """Give the numbered lines that are not code."""
    fence = ""
    for number, line in enumerate(body.split("\n"), first):
        found = code_fence(line)
        if found and not fence:
            fence = found
        elif found.startswith(fence) and found:
            fence = ""
        elif not fence and not line.startswith(("    ", "\t")):
            yield number, _INLINE_CODE.sub("", line) if "`" in line else line


def _findings(kind: _Kind, lines: list[tuple[int, str]]) -> Iterator[Finding]:
    found = [(number, sign) for number, line in lines if (sign := kind.sign.search(line))]
    for number, sign in found[:MAXIMUM_WARNINGS]:
        yield Finding(kind.message.format(sign[0][:60]), kind.remedy, number)
    if more := found[MAXIMUM_WARNINGS:]:
        yield Finding(f"The same holds for {len(more)} more lines.", kind.remedy, more[0][0])
