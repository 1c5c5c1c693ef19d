"""Blocks of one line that CommonMark does not know: attribute lists, abbreviations, headings without a space.

Also what our dialect changes in markdown-it's own rules for HTML and tables.
"""

import re
from bisect import bisect_right

from markdown_it.rules_block import StateBlock, html_block, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from dropcap.document.markdown.attributes import LINE
from dropcap.document.markdown.problems import CELLS, COMMENT
from dropcap.document.markdown.raw_html import SWALLOWING, is_element, never_closed, open_comment
from dropcap.document.markdown.states import block_context, first_line, line_of, push_inline, report_line
from dropcap.patterns import lazy_pattern

MAXIMUM_ORG_TABLES = 200
"""Most tables of one text whose line of hyphens may be written with plus signs; each costs a copy of the text."""

_ABBREVIATION = lazy_pattern(r"\*\[([^\\\]\n]*)\][ ]?:[ ]*(.*)$")
_LOOSE_HEADING = lazy_pattern(r"(#{2,6})(?=[^#\s])(.*?)#*[ ]*$")
_ALONE = lazy_pattern(r"<(?:img|br)\b", re.IGNORECASE)
_ELEMENT = lazy_pattern(r"</?([A-Za-z][^\s/<>]*)")
_DELIMITERS = lazy_pattern(r"[|:-][|:+\s-]*$")
_ORG_DELIMITERS = lazy_pattern(r"\|(?=[-: \t|]*\+)[-:+ \t|]*$")


def attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read kramdown's `{: .class}` on a line of its own; within a list item it is the item's and stays text."""
    if state.is_code_block(start) or (state.blkIndent and state.sCount[start] >= state.blkIndent):
        return False
    line = line_of(state, start)
    match = LINE.match(line) if line.startswith("{") else None
    if not match or silent:
        return bool(match)
    state.line = start + 1
    follows = start > 0 and not state.isEmpty(start - 1)
    if follows or (start + 1 < end and not state.isEmpty(start + 1)):
        token = state.push("attributes", "", 0)
        token.content, token.meta = match[1], {"for": "block above" if follows else "block below"}
    return True


def abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `*[REM]: rapid eye movement`."""
    line = line_of(state, start)
    match = _ABBREVIATION.match(line) if line.startswith("*[") and not state.is_code_block(start) else None
    if not match or not match[1].strip() or not match[2].strip():
        return False
    if not silent:
        block_context(state).abbreviations[match[1].strip()] = match[2].strip()
        state.line = start + 1
    return True


def loose_heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `##Title` as a heading, as files from before CommonMark write it; `#title` is text, a tag to many."""
    line = line_of(state, start)
    match = _LOOSE_HEADING.match(line) if line.startswith("##") and not state.is_code_block(start) else None
    if not match or silent:
        return bool(match)
    tag = f"h{len(match[1])}"
    state.push("heading_open", tag, 1)
    push_inline(state, match[2].strip(), start, start + 1)
    state.push("heading_close", tag, -1)
    state.line = start + 1
    return True


def html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a block of HTML as CommonMark does, except where a paragraph is meant.

    A picture or a break alone on its line is one, as kramdown has it, and so is an element that HTML does not know. An
    element that is removed with its content, such as a drawing, may hold empty lines.
    """
    line = line_of(state, start)
    if not line.startswith("<") or _ALONE.match(line):
        return False
    name = _ELEMENT.match(line)
    if name and not is_element(name[1]):
        return False
    whole = _end_of_whole(state, name[1].lower(), start) if name and not silent else 0
    if start < whole <= end:
        token = state.push("html_block", "", 0)
        token.map, token.content = [start, whole], state.getLines(start, whole, state.blkIndent, True)  # noqa: FBT003 -- markdown-it's form
        state.line = whole
        return True
    if not html_block(state, start, end, silent):
        return False
    if not silent:
        _examine(state, start, end)
    return True


def _end_of_whole(state: StateBlock, name: str, start: int) -> int:
    """Return the line behind the element NAME that begins on START if it goes as a whole, empty lines too; else 0."""
    begin = state.bMarks[start] + state.tShift[start]
    if name not in SWALLOWING or not state.src.startswith("<" + name[0], begin) or _last_end_tag(state, name) < begin:
        return 0
    match = re.compile(f"</{name}", re.IGNORECASE).search(state.src, begin)
    return bisect_right(state.bMarks, match.start()) if match else 0


def _examine(state: StateBlock, start: int, end: int) -> None:
    """Report a comment that never ends, and mark elements that would take the rest of the text with them."""
    token = state.tokens[-1]
    if (comment := _open_comment(state, start, end)) >= 0:
        number = start + token.content.count("\n", 0, comment)
        report_line(state, COMMENT, token.content[comment:].split("\n")[0][:30], number)
    if token.content.lstrip().startswith("<!--"):
        return
    if unclosed := never_closed(token.content):
        end = state.eMarks[state.line - 1]
        token.meta = {"unclosed": frozenset(name for name in unclosed if _last_end_tag(state, name) < end)}


def _open_comment(state: StateBlock, start: int, end: int) -> int:
    """Return where the comment begins that the block on START never closes; -1 if it has none.

    A comment within the block may have empty lines, where CommonMark ends the block: for browsers it goes on, and would
    take all text below with it, since `-->` in a paragraph is text.
    """
    token = state.tokens[-1]
    while (comment := open_comment(token.content)) >= 0:
        last = None if state.env.get("comment_is_open") else _line_with_end(state, end)
        if last is None:
            state.env["comment_is_open"] = True
            return comment
        state.line = last + 1
        while state.line < end and not state.isEmpty(state.line) and state.sCount[state.line] >= state.blkIndent:
            state.line += 1
        token.map, token.content = [start, state.line], state.getLines(start, state.line, state.blkIndent, True)  # noqa: FBT003 -- markdown-it's form
    return -1


def _line_with_end(state: StateBlock, end: int) -> int | None:
    """Return the next line of the same list or quotation with the end of a comment."""
    for number in range(state.line, end):
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return None
        if "-->" in line_of(state, number):
            return number
    return None


def _last_end_tag(state: StateBlock, name: str) -> int:
    """Return where the last tag begins that closes the element NAME; -1 if there is none."""
    positions: dict[tuple[int, str], int] = state.env.setdefault("end_tags", {})
    key = first_line(state), name
    if key not in positions:
        positions[key] = state.src.lower().rfind(f"</{name}")
    return positions[key]


def gfm_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a table, also one whose line of hyphens is Org's `|---+---|`; report cells beyond its last column."""
    below = start + 1
    if below >= end or not _DELIMITERS.match(state.src, state.bMarks[below] + state.tShift[below], state.eMarks[below]):
        return False
    if not silent:
        _correct_delimiters(state, below)
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        columns = sum(token.type == "th_open" for token in _head(state, first))
        for number in range(start + 2, state.line):
            _report_cells(state, number, columns)
    return True


def _head(state: StateBlock, first: int) -> list[Token]:
    last = next(at for at in range(first, len(state.tokens)) if state.tokens[at].type == "thead_close")
    return state.tokens[first:last]


def _correct_delimiters(state: StateBlock, number: int) -> None:
    line = line_of(state, number)
    tables = state.env.get("org_tables", 0)
    if "+" in line and tables < MAXIMUM_ORG_TABLES and _ORG_DELIMITERS.match(line):
        state.env["org_tables"] = tables + 1
        begin = state.bMarks[number] + state.tShift[number]
        state.src = state.src[:begin] + line.replace("+", "|") + state.src[begin + len(line) :]


def _report_cells(state: StateBlock, number: int, columns: int) -> None:
    line = line_of(state, number).strip()
    outer = line.startswith("|") + line.endswith("|")
    if line.count("|") - outer >= columns:
        cells = escapedSplit(line)
        inner = cells[not cells[0].strip() : len(cells) - (not cells[-1].strip())]
        if more := [cell.strip() for cell in inner[columns:] if cell.strip()]:
            report_line(state, CELLS, more[0][:60], number)
