"""Prepare a body for its page: wide tables, code and formulas scroll by themselves and are keyboard-accessible.

Only pages get this; feeds and mails have the body without it. The HTML is the sanitiser's own output.
"""

import re
from collections.abc import Callable
from html import escape
from itertools import count, zip_longest
from typing import NamedTuple

from dropcap.html_tags import (
    ALIGNED,
    ALT,
    BESIDES_WORDS,
    CELL,
    CLASS,
    EMPTY_HEADER_CELL,
    FORMULA_PLACE,
    FORMULA_SIGN,
    HEADING_TAG,
    MEDIA_TAG,
    PREFORMATTED,
    ROW,
    SCOPE,
    TABLE_TAG,
    without_tags,
)
from dropcap.patterns import lazy_pattern
from dropcap.site.content.footnotes import named_footnotes
from dropcap.site.content.large_pictures import with_large_pictures

FITS, TAB = 24, 4
"""Most characters of code on a line of a narrow screen; a block without a longer line never scrolls."""
SIGN_EXTRA = 2
"""Most additional characters that a sign of a formula takes, with the space on both sides."""
COLUMN, CELL_EXTRA = 8, 1
"""Least width of a table column in characters, and that of the space beside it."""

_START = lazy_pattern(r"<\w+")


class Labels(NamedTuple):
    """The names of a TABLE, a block of CODE, a displayed FORMULA and a FOOTNOTE, by number on the page.

    FORMULA_IN_LINE names one within a line, FOOTNOTES their list, ENLARGE a link to a picture in full size.
    """

    table: Callable[[int], str]
    code: Callable[[int], str]
    formula: Callable[[int], str]
    footnote: Callable[[int], str]
    formula_in_line: str
    footnotes: str
    enlarge: str


def on_page(html: str, labels: Labels) -> str:
    """Return HTML with headings in order, tables in boxes that scroll, long blocks focusable, and no `align`.

    A picture that the author wrote as HTML without `alt` gets an empty one, so that no address is read aloud for it.
    """
    if "<img" in html:
        html = MEDIA_TAG.sub(_with_alt, html)
    if "<h" in html:
        html = _in_order(html)
    if "<table" in html:
        html = _boxed(EMPTY_HEADER_CELL.sub(_empty_cell, html), labels.table)
    if "<math" in html:
        html = _reachable_formulas(html, labels)
    if "<pre" in html:
        html = _reachable(html, labels.code)
    html = with_large_pictures(named_footnotes(html, labels.footnote, labels.footnotes), labels.enlarge)
    return ALIGNED.sub(_aligned, html) if " align=" in html else html


def _with_alt(match: re.Match[str]) -> str:
    return match[0] if match[1] != "img" or ALT.search(match[2]) else f'<img{match[2]} alt="">'


def _in_order(html: str) -> str:
    """Return HTML whose heading levels have no gap below the title of the page: screen readers jump by headings."""
    above: list[int] = []

    def numbered(match: re.Match[str]) -> str:
        if not match[1]:
            level = int(match[2])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        return f"<{match[1]}h{min(len(above) + 1, 6)}"

    return HEADING_TAG.sub(numbered, html)


def _empty_cell(match: re.Match[str]) -> str:
    """Return an empty header cell, such as the corner of a table, as an ordinary cell."""
    return f"<td{SCOPE.sub('', match[1])}></td>"


def _boxed(html: str, label: Callable[[int], str]) -> str:
    """Put each outermost table that may be too wide in a box of its own."""
    parts: list[str] = []
    numbers, depth, begin = count(1), 0, 0
    for tag in TABLE_TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth == (0 if tag[1] else 1):
            end = tag.end() if tag[1] else tag.start()
            part, begin = html[begin:end], end
            parts.append(_box(part, label(next(numbers))) if tag[1] else part)
    return "".join(parts) + html[begin:]


def _box(table: str, name: str) -> str:
    if _fits(table):
        return table
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(name)}">{table}</div>'


def _fits(table: str) -> bool:
    """Return whether TABLE never scrolls: words alone, the longest of each column side by side on a narrow screen."""
    if "<table" in table[1:] or BESIDES_WORDS.search(table):
        return False
    rows = [[_longest_word(cell) for cell in CELL.split(row)[1:]] for row in ROW.split(table)[1:]]
    columns = [max(longest, COLUMN) + CELL_EXTRA for longest in map(max, zip_longest(*rows, fillvalue=0))]
    return sum(columns) <= FITS


def _longest_word(cell: str) -> int:
    return max(map(len, without_tags(cell).split()), default=0)


def _reachable(html: str, label: Callable[[int], str]) -> str:
    numbers = count(1)

    def reach(match: re.Match[str]) -> str:
        number = next(numbers)
        lines = without_tags(match[2]).expandtabs(TAB).splitlines()
        if max(map(len, lines), default=0) <= FITS:
            return match[0]
        name = escape(label(number))
        return f'<pre{match[1]} role="group" tabindex="0" aria-label="{name}">{match[2]}</pre>'

    return PREFORMATTED.sub(reach, html)


def _reachable_formulas(html: str, labels: Labels) -> str:
    """Make long formulas focusable; only displayed ones have a number."""
    numbers = count(1)

    def reach(match: re.Match[str]) -> str:
        name = labels.formula_in_line if match["line"] else labels.formula(next(numbers))
        shown = without_tags(match[0]).strip()
        if len(shown) + SIGN_EXTRA * len(FORMULA_SIGN.findall(match[0])) <= FITS:
            return match[0]
        reached = f'role="group" tabindex="0" aria-label="{escape(name)}"'
        if match["line"]:
            return f'<span class="formula-line" {reached}>{match["line"]}</span>'
        return f'<div class="formula" {reached}>{match["block"]}</div>'

    return FORMULA_PLACE.sub(reach, html)


def _aligned(match: re.Match[str]) -> str:
    """Replace the obsolete attribute `align` by a class."""
    start, name = match[1], f"align-{match[2].lower()}"
    if CLASS.search(start):
        return CLASS.sub(lambda classes: f' class="{classes[1]} {name}"', start, count=1)
    return _START.sub(lambda tag: f'{tag[0]} class="{name}"', start, count=1)
