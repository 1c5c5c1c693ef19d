"""Formulas in a text, `$…$` and `$$…$$`, and on lines of their own."""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.math import LONGEST
from dropcap.document.markdown.problems import FOREIGN_FORMULA as FOREIGN
from dropcap.document.markdown.problems import FORMULA as UNREADABLE
from dropcap.document.markdown.states import (
    block_context,
    first_line,
    inline_context,
    is_in_code,
    line_in,
    line_of,
    report,
)
from dropcap.document.private_markup import as_typed
from dropcap.patterns import lazy_pattern

_IN_TEXT = lazy_pattern(
    r"(?<![\\$\w])(?:"
    rf"\$\$(?P<block>[^$`]{{1,{LONGEST}}})\$\$"
    r"|\$(?![\s$])(?P<inline>(?:\\[^\n]|[^$`\\\n]|\n(?![ \t]*\n)){1,1000}?)(?<![\s\\/])\$(?![\dA-Z_$])"
    ")"
)
_INSIDE = r"(?:[^\n]|\n(?![ \t]*\n)){1,300}?"
_FOREIGN = lazy_pattern(
    rf"\\{{1,2}}(?:\((?P<round>{_INSIDE})\\{{1,2}}\)|\[(?P<square>{_INSIDE})\\{{1,2}}\]"
    r"|begin\{(?:align|alignat|array|cases|eqnarray|equation|gather|[bpvBV]?matrix|multline|split)(?:ed)?\*?\})"
)
_IS_TEX = lazy_pattern(r"\\[A-Za-z]|[\^=]|_\{|\b[A-Za-z]_[A-Za-z0-9]\b")
_PRICE = lazy_pattern(r"[\d.,]++(?=.*[^\W\d_]{2})(?!.*[\\^_={}])", re.DOTALL)


def in_text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read a formula within a text. Prices are none: `$5 and $10`."""
    context = inline_context(state)
    if state.src[state.pos] != "$" or not context.has_formulas or is_in_code(state):
        return False
    match = _IN_TEXT.match(state.src, state.pos, state.posMax)
    tex = (match["block"] or match["inline"]) if match else ""
    if not match or not tex.strip() or (match["inline"] and _PRICE.match(tex)):
        return False
    if not silent:
        line = line_in(state)
        number = _stored(context, tex, line, block=bool(match["block"]))
        state.push("formula", "", 0).content = number
    state.pos = match.end()
    return True


def foreign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Report a formula in MathJax's notation, between brackets behind backslashes, or a bare environment.

    The backslashes are escapes in Markdown, so that it is text.
    """
    if silent or state.src[state.pos] != "\\" or not inline_context(state).has_formulas or is_in_code(state):
        return False
    match = _FOREIGN.match(state.src, state.pos, state.posMax)
    tex = (match["round"] or match["square"] or match[0]) if match else ""
    if match and _IS_TEX.search(tex):
        report(state, FOREIGN, match[0].split("\n")[0][:60])
    return False


def on_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Read `$$` at the head of a line up to `$$` at the end of one; an empty line between makes text of it."""
    context = block_context(state)
    line = line_of(state, start)
    if not line.startswith("$$") or not context.has_formulas or state.is_code_block(start):
        return False
    text, number = line[2:].rstrip(), start + 1
    while "$$" not in text:
        if number >= end or state.isEmpty(number) or len(text) > LONGEST or state.sCount[number] < state.blkIndent:
            return False
        text, number = f"{text}\n{line_of(state, number).rstrip()}", number + 1
    tex, _, rest = text.partition("$$")
    if rest.strip() or not tex.strip():
        return False
    if not silent:
        state.push("formula_block", "", 0).content = _stored(context, tex, start + first_line(state), block=True)
        state.line = number
    return True


def _stored(context: RenderContext, tex: str, line: int, *, block: bool) -> str:
    """Store the formula TEX on LINE; return its number."""
    unreadable = len(context.formulas.unreadable)
    number = context.formulas.keep(as_typed(tex), block=block)
    if len(context.formulas.unreadable) > unreadable:
        context.problems.add(UNREADABLE, " ".join(as_typed(tex).split())[:60], line)
    return number
