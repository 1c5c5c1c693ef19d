"""What a body holds that will not come out as its author may expect: one warning a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dropcap.document.body_text import BodyText
from dropcap.document.html.link_placeholders import MAXIMUM_LINKS, left_text
from dropcap.document.markdown.fences import code_fence
from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.errors import Finding

MAXIMUM_WARNINGS = 5
"""Most lines of one kind that are named; the rest is counted."""

_INLINE_CODE = re.compile(r"(`+)[^`\n]+\1")


@dataclass(frozen=True, slots=True)
class _Kind:
    sign: re.Pattern[str]
    message: str
    remedy: str


_SHORTCODES = _Kind(
    re.compile(SHORTCODE),
    "`{}` is a shortcode of another system; it is shown as it is.",
    "Write it as Markdown or HTML; if it is meant to be read, put it between backticks.",
)
_FRAMES = "iframe|form|input|button|select|textarea"
_ELEMENTS = "script|style|frame|object|embed|svg|math|link|meta"
_REMEDY = "Remove it, or link to what it shows; to show the HTML itself, put it between backticks."
_LEFT_OUT = "The HTML element {}> is not allowed in a post; it is left out."
_FORBIDDEN = _Kind(re.compile(rf"<(?:{_ELEMENTS}|{_FRAMES})\b", re.IGNORECASE), _LEFT_OUT, _REMEDY)
_NEVER_ALLOWED = _Kind(re.compile(rf"<(?:{_ELEMENTS})\b", re.IGNORECASE), _LEFT_OUT, _REMEDY)
_PICTURES = _Kind(
    re.compile(r"data:image/[a-z]+"),
    "A picture is written into the text (`{}…`); it is left out.",
    "Upload the picture as a file of its own, and name that file here.",
)
_UNREADABLE = "The formula `{}` cannot be read; it is shown as code."
_CHECK = "Check its braces and commands; if it is no formula, write `\\$` for a dollar, or `math: false` at the top."


def leftovers(body: str, text: BodyText, first: int, *, trusted: bool) -> tuple[Finding, ...]:
    """List the shortcodes, the forbidden HTML and the unreadable formulas in TEXT.

    It was made of BODY, whose first line is line FIRST of the file. A TRUSTED one may hold frames and forms.
    """
    elements = _NEVER_ALLOWED if trusted else _FORBIDDEN
    kinds = [kind for kind in (_SHORTCODES, elements, _PICTURES) if kind.sign.search(text.source)]
    lines = list(_prose(text.source, first)) if kinds else []
    written = body.split("\n") if kinds else []
    found = (finding for kind in kinds for finding in _findings(kind, lines, written, first))
    return (*found, *_unreadable(text.formulas.unreadable, body, first), *_left_text(text.html))


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


def _findings(kind: _Kind, lines: list[tuple[int, str]], written: list[str], first: int) -> Iterator[Finding]:
    found = [(number, sign) for number, line in lines if (sign := kind.sign.search(line))]
    for number, sign in found[:MAXIMUM_WARNINGS]:
        column = written[number - first].find(sign[0]) + 1
        yield Finding(kind.message.format(sign[0][:60]), kind.remedy, number, column or None)
    if more := found[MAXIMUM_WARNINGS:]:
        yield Finding(f"The same holds for {len(more)} more lines.", kind.remedy, more[0][0])


def _left_text(html: str) -> Iterator[Finding]:
    if number := left_text(html):
        message = f"This text links to more than {MAXIMUM_LINKS} others; the last {number} stay text."
        yield Finding(message, "Make two texts of it.")


def _unreadable(formulas: list[str], body: str, first: int) -> Iterator[Finding]:
    for tex in formulas[:MAXIMUM_WARNINGS]:
        at = body.find(tex.strip())
        line = first + body.count("\n", 0, at) if at >= 0 else None
        column = at - body.rfind("\n", 0, at) if at >= 0 else None
        yield Finding(_UNREADABLE.format(" ".join(tex.split())[:60]), _CHECK, line, column)
    if more := formulas[MAXIMUM_WARNINGS:]:
        yield Finding(f"The same holds for {len(more)} more formulas.", _CHECK)
