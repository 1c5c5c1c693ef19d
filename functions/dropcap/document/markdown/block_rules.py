"""Blocks of one line that CommonMark does not know: attribute lists, abbreviations, headings without a space.

Also the limits that our dialect sets to markdown-it's own rules for HTML, tables and depth.
"""

import re

from markdown_it.rules_block import StateBlock, html_block, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from dropcap.document.markdown.attributes import LINE
from dropcap.document.markdown.limits import MAXIMUM_DEPTH, too_deep
from dropcap.document.markdown.problems import CELLS, COMMENT
from dropcap.document.markdown.raw_html import is_element
from dropcap.document.markdown.states import block_context, line_of, push_inline, report_line

MAXIMUM_ORG_TABLES = 200
"""Most tables of one text whose line of hyphens may be written with plus signs; each costs a copy of the text."""

_ABBREVIATION = re.compile(r"\*\[([^\\\]\n]*)\][ ]?:[ ]*(.*)$")
_LOOSE_HEADING = re.compile(r"(#{2,6})(?=[^#\s])(.*?)#*[ ]*$")
_ALONE = re.compile(r"<(?:img|br)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"</?([A-Za-z][^\s/<>]*)")
_ORG_DELIMITERS = re.compile(r"\|[-:+ \t|]*\+[-:+ \t|]*$")


def refuse_depth(state: StateBlock, _start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Raise ContentError for blocks within too many others: markdown-it would leave them out silently."""
    if state.level >= 2 * MAXIMUM_DEPTH:
        raise too_deep()
    return False


def attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read kramdown's `{: .class}` on a line of its own; within a list item it is the item's and stays text."""
    if state.is_code_block(start) or (state.blkIndent and state.sCount[start] >= state.blkIndent):
        return False
    line = line_of(state, start)
    found = LINE.match(line) if line.startswith("{") else None
    if not found or silent:
        return bool(found)
    state.line = start + 1
    follows = start > 0 and not state.isEmpty(start - 1)
    if follows or (start + 1 < end and not state.isEmpty(start + 1)):
        token = state.push("attributes", "", 0)
        token.content, token.meta = found[1], {"for": "block above" if follows else "block below"}
    return True


def abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `*[REM]: rapid eye movement`."""
    line = line_of(state, start)
    found = _ABBREVIATION.match(line) if line.startswith("*[") and not state.is_code_block(start) else None
    if not found or not found[1].strip() or not found[2].strip():
        return False
    if not silent:
        block_context(state).abbreviations[found[1].strip()] = found[2].strip()
        state.line = start + 1
    return True


def loose_heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `##Title` as a heading, as files from before CommonMark write it; `#title` is text, a tag to many."""
    line = line_of(state, start)
    found = _LOOSE_HEADING.match(line) if line.startswith("##") and not state.is_code_block(start) else None
    if not found or silent:
        return bool(found)
    tag = f"h{len(found[1])}"
    state.push("heading_open", tag, 1)
    push_inline(state, found[2].strip(), start, start + 1)
    state.push("heading_close", tag, -1)
    state.line = start + 1
    return True


def html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a block of HTML as CommonMark does, except where a paragraph is meant.

    A picture or a break alone on its line is one, as kramdown has it, and so is an element that HTML does not know.
    """
    line = line_of(state, start)
    if not line.startswith("<") or _ALONE.match(line):
        return False
    name = _ELEMENT.match(line)
    if name and not is_element(name[1]):
        return False
    if not html_block(state, start, end, silent):
        return False
    if not silent and line.startswith("<!--") and "-->" not in state.tokens[-1].content:
        report_line(state, COMMENT, line[:30], start)
    return True


def gfm_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a table, also one whose line of hyphens is Org's `|---+---|`; report cells beyond its last column."""
    if start + 1 < end and not silent:
        _correct_delimiters(state, start + 1)
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
    if line.count("|") > columns - 1:
        cells = escapedSplit(line)
        inner = cells[not cells[0].strip() : len(cells) - (not cells[-1].strip())]
        if more := [cell.strip() for cell in inner[columns:] if cell.strip()]:
            report_line(state, CELLS, more[0][:60], number)
