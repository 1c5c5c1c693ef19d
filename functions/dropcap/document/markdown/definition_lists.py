"""Definition lists: terms on lines of their own, and below them a colon and what they mean."""

import re

from markdown_it.rules_block import StateBlock

from dropcap.document.markdown.containers import INDENT, blocks_indented, first_line_from
from dropcap.document.markdown.states import BlockState, line_of, push_inline
from dropcap.patterns import lazy_pattern

LEAST_INDENT = 2
"""How far the further blocks of a definition are indented at least."""

MAXIMUM_TERMS = 20
"""Most terms that share a definition; a longer paragraph above a colon is a paragraph."""

_MARKER = lazy_pattern(r":[ \t]{1,3}(?=\S)")


def definition_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read terms and definitions from the line START on."""
    terms = _terms(state, start, end) if isinstance(state, BlockState) and state.has_definitions else 0
    if not terms or silent:
        return bool(terms)
    opened = state.push("dl_open", "dl", 1)
    line = start
    while terms:
        for number in range(line, line + terms):
            state.push("dt_open", "dt", 1)
            push_inline(state, line_of(state, number).strip(), number, number + 1)
            state.push("dt_close", "dt", -1)
        line = _definitions(state, line + terms, end)
        following = _next_line(state, line, end)
        terms = _terms(state, following, end)
        line = following if terms else line
    opened.map = [start, line]
    state.push("dl_close", "dl", -1)
    state.line = line
    return True


def _terms(state: StateBlock, start: int, end: int) -> int:
    """Return how many lines from START on are terms: those above a definition, perhaps with an empty line between."""
    number = start
    while number < min(end, start + MAXIMUM_TERMS + 1) and _is_text(state, number) and not _marker(state, number):
        number += 1
    following = _next_line(state, number, end) if number < end and state.isEmpty(number) else number
    defined = number > start and following < end and _is_text(state, following) and _marker(state, following)
    blocks = (_begins_block(state, line, end) for line in range(start + 1, number)) if defined else ()
    return number - start if defined and not any(blocks) else 0


def _definitions(state: StateBlock, line: int, end: int) -> int:
    """Parse the definitions from LINE on; return the line behind them."""
    loose = state.isEmpty(line)
    line = _next_line(state, line, end)
    while line < end and _is_text(state, line) and (marker := _marker(state, line)):
        stop = _end_of_definition(state, line + 1, end)
        state.push("dd_open", "dd", 1)
        first = len(state.tokens)
        begin = state.bMarks[line] + state.tShift[line] + marker.end()
        indent = state.blkIndent + _indent(state, line, marker, stop)
        parent, last = state.lineMax, state.lineMax
        with first_line_from(state, line, begin), blocks_indented(state, indent):
            state.sCount[line], state.lineMax = indent, min(stop, last)
            state.md.block.tokenize(state, line, stop)
        state.lineMax = parent
        if not loose:
            _tighten(state, first)
        state.push("dd_close", "dd", -1)
        line = state.line
        while line > 0 and state.isEmpty(line - 1):
            line -= 1
        following = _next_line(state, line, end)
        if following < end and _is_text(state, following) and _marker(state, following):
            loose, line = following > line, following
    return line


def _end_of_definition(state: StateBlock, line: int, end: int) -> int:
    """Return the end of the text that continues from LINE: before the next definition and the terms above it."""
    while line < end and not state.isEmpty(line):
        if _is_text(state, line) and _marker(state, line):
            return line
        if line + 1 < end and _is_text(state, line) and _is_text(state, line + 1) and _marker(state, line + 1):
            return line if state.sCount[line] - state.blkIndent < LEAST_INDENT else line + 1
        line += 1
    return end


def _indent(state: StateBlock, line: int, marker: re.Match[str], stop: int) -> int:
    """Return how far the further blocks of the definition on LINE are indented: by four columns or by two."""
    following = _next_line(state, line + 1, stop)
    wide = following < stop and state.sCount[following] - state.blkIndent >= INDENT
    return INDENT if wide or marker.end() >= INDENT else LEAST_INDENT


def _tighten(state: StateBlock, first: int) -> None:
    """Show the text of a definition that has one paragraph, and no other, without paragraph marks."""
    level = state.level
    paragraphs = [token for token in state.tokens[first:] if token.level == level and token.type == "paragraph_open"]
    if len(paragraphs) == 1:
        at = state.tokens.index(paragraphs[0], first)
        state.tokens[at].hidden = state.tokens[at + 2].hidden = True


def _next_line(state: StateBlock, line: int, end: int) -> int:
    return min(state.skipEmptyLines(line), end) if line < end else end


def _is_text(state: StateBlock, number: int) -> bool:
    return not state.isEmpty(number) and 0 <= state.sCount[number] - state.blkIndent < INDENT


def _marker(state: StateBlock, number: int) -> re.Match[str] | None:
    begin = state.bMarks[number] + state.tShift[number]
    return _MARKER.match(line_of(state, number)) if state.src.startswith(":", begin) else None


def _begins_block(state: StateBlock, number: int, end: int) -> bool:
    (interrupts,) = state.md.block.ruler.getRules("paragraph")
    return interrupts(state, number, end, True)  # noqa: FBT003 -- markdown-it's form
