"""Paragraphs, and headings that a line of `=` or `-` underlines."""

from markdown_it.rules_block import StateBlock

from dropcap.document.markdown.states import push_inline

CODE_INDENT = 4
"""From so many columns on, a line is code."""


def paragraph_or_heading(state: StateBlock, start: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a paragraph, or a heading if a line of `=` or `-` stands below it.

    markdown-it reads the lines once for either.
    """
    (interrupts,) = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    line, tag = start + 1, ""
    while line < state.lineMax and not state.isEmpty(line) and not tag:
        indent = state.sCount[line] - state.blkIndent
        if 0 <= indent < CODE_INDENT and line < end:
            tag = _underlined(state, line)
        if not tag and indent < CODE_INDENT and state.sCount[line] >= 0 and interrupts(state, line, end, True):  # noqa: FBT003 -- markdown-it's form
            break
        line += 1
    state.parentType = parent
    text = state.getLines(start, line - bool(tag), state.blkIndent, False).strip()  # noqa: FBT003 -- markdown-it's form
    state.line = line
    name = "heading" if tag else "paragraph"
    state.push(f"{name}_open", tag or "p", 1).map = [start, line]
    push_inline(state, text, start, line - bool(tag))
    state.push(f"{name}_close", tag or "p", -1)
    return True


def _underlined(state: StateBlock, line: int) -> str:
    """Return the heading that LINE makes of the text above it, `h1` or `h2`, if it does."""
    begin = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(("=", "-"), begin):
        return ""
    sign = state.src[begin]
    rest = state.src[begin : state.eMarks[line]].rstrip(" \t").strip(sign)
    return "" if rest else {"=": "h1", "-": "h2"}[sign]
