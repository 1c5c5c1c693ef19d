"""Lists of which each item is one line of text, with the lists within them: read line by line.

markdown-it parses each item as a document of its own and makes five tokens of it, which is nearly all of the time of a
long list. A list of any other kind is left to markdown-it as a whole, and both agree on every list of this kind.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown_it.rules_block import StateBlock

from dropcap.document.markdown.paragraphs import CODE_INDENT
from dropcap.document.markdown.states import first_line
from dropcap.patterns import lazy_pattern

MAXIMUM_LEVELS = 20
"""Most lists within one another that are read here."""

_ITEM = lazy_pattern(
    r"(?P<number>\d{1,9})?(?P<sign>(?(number)[.)]|[-*+]))[ ]{1,4}"
    r"(?=[^\W\d_]|\d(?!\d{0,8}[.)](?:[ \t]|$))|\*{1,3}[^\s*\[]|_{1,3}[^\s_]|`{1,2}[^`\s]|[(\"'@&%,./\\]"
    r"|\[(?!\^)(?:(?!\]:).)*$|[^\x00-\x7f])"
)
"""An item whose text begins no block: it has no sign of a list, fence, heading, definition or the like in front."""

_MARKER = lazy_pattern(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


class Item(NamedTuple):
    """An item in DEPTH lists, the first one of its list if that list's TAG is there; its TEXT is on LINE."""

    depth: int
    tag: str
    number: str
    text: str
    line: int


class _Level(NamedTuple):
    """A list whose items begin in the columns from LEFT on, and its last item, whose own blocks begin in CONTENT."""

    left: int
    content: int
    sign: str


def plain_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a list whose items are one line of text each."""
    if silent or end != state.lineMax:
        return False
    items: list[Item] = []
    levels: list[_Level] = []
    line = start
    while line < end and not state.isEmpty(line) and (line == start or state.sCount[line] >= state.blkIndent):
        item = _item(state, line, levels)
        if not item:
            return False
        items.append(item)
        line += 1
    if not _is_over(state, line, end, levels[0].content):
        return False
    token = state.push("plain_list", "", 0)
    if above := first_line(state):
        items = [item._replace(line=above + item.line) for item in items]
    token.map, token.meta = [start, line], {"items": items}
    state.line = line
    return True


def add_items(parent: Element, items: Sequence[Item], add_text: Callable[[Element, Item], None]) -> None:
    """Add ITEMS with their lists to PARENT; ADD_TEXT adds the text of each."""
    lists: list[Element] = []
    for item in items:
        if item.tag:
            del lists[item.depth - 1 :]
            host = lists[-1][-1] if lists else parent
            lists.append(SubElement(host, item.tag, {"start": item.number} if item.number not in {"", "1"} else {}))
        elif len(lists) > item.depth:
            del lists[item.depth :]
        add_text(SubElement(lists[-1], "li"), item)


def _item(state: StateBlock, line: int, levels: list[_Level]) -> Item | None:
    """Return the item on LINE and set LEVELS, the lists that it is in; None if markdown-it must read it."""
    begin = state.bMarks[line] + state.tShift[line]
    match = _ITEM.match(state.src, begin, state.eMarks[line])
    if not match:
        return None
    column, number = state.sCount[line], match["number"]
    if levels and column >= levels[-1].content:
        left, is_new = levels[-1].content, True
        if number and int(number) != 1:
            return None  # no other number may follow upon a text without an empty line
    else:
        while len(levels) > 1 and column < levels[-1].left:
            levels.pop()
        left = levels[-1].left if levels else state.blkIndent
        is_new = not levels or levels.pop().sign != match["sign"]
    if column - left >= CODE_INDENT or len(levels) == MAXIMUM_LEVELS:
        return None  # the text above goes on, or this is code
    levels.append(_Level(left, column + match.end() - begin, match["sign"]))
    tag = ("ol" if number else "ul") if is_new else ""
    first = str(int(number)) if is_new and number else ""
    return Item(len(levels), tag, first, state.src[match.end() : state.eMarks[line]].strip(), line)


def _is_over(state: StateBlock, line: int, end: int, content: int) -> bool:
    """Return whether a list, the text of whose last outer item begins in the column CONTENT, is over before LINE."""
    following = state.skipEmptyLines(line)
    if following >= end:
        return True
    begin, last = state.bMarks[following] + state.tShift[following], state.eMarks[following]
    column = state.sCount[following]
    if line == following:
        return column >= 0 and bool(_ITEM.match(state.src, begin, last))
    return column < state.blkIndent or (column < content and not _MARKER.match(state.src, begin, last))
