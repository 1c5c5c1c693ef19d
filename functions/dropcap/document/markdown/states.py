"""markdown-it's parsing states, with what Dropcap's rules need."""

import re
from collections.abc import Callable
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from dropcap.document.markdown.context import RenderContext, context_of
from dropcap.document.markdown.problems import Kind
from dropcap.patterns import lazy_pattern

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

_CJK = lazy_pattern(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)


_DEFINITION = lazy_pattern(r"^[ \t>*+\-0-9.):]*:[ \t]", re.MULTILINE)


class BlockState(StateBlock):
    """A block state that knows whether the text may contain definitions, which may follow each of its paragraphs."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        """Begin with SRC, whose blocks go to TOKENS."""
        super().__init__(src, md, env, tokens)
        self.has_definitions = bool(_DEFINITION.search(src))


class InlineState(StateInline):
    """An inline state in which emphasis may begin and end beside Chinese, Japanese and Korean characters.

    CommonMark looks for white space or punctuation there, and these languages write without spaces: in
    `**「強調」**です` the stars would be text.

    It also counts the elements of code, such as `<code>`, that are open: the marks of our dialect are text in them. The
    `map` of each token that a rule pushes is its line, counted from 0 within the text.
    """

    open_code = 0
    lines = 0
    counted = 0
    last_note: int | None = None

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a token of TTYPE that begins at the position of the state, behind what is pending."""
        token = super().push(ttype, tag, nesting)
        line = self.line()
        token.map = [line, line + 1]
        return token

    def line(self) -> int:
        """Return the line of the position of the state, counted from 0 within the text."""
        if self.pos < self.counted:
            self.lines = self.counted = 0
        self.lines += self.src.count("\n", self.counted, self.pos)
        self.counted = self.pos
        return self.lines

    def may_have_note_behind(self) -> bool:
        """Return whether a label with a footnote behind it, as in `[label][^1]`, may follow in the text."""
        if self.last_note is None:
            self.last_note = self.src.rfind("][^")
        return self.pos < self.last_note

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 -- markdown-it's names
        """Return whether the run of markers at START can open and close, and its length."""
        can_open, can_close, length = super().scanDelims(start, canSplitWord)
        if canSplitWord and not (can_open and can_close):
            before, after = self.src[max(start - 1, 0) : start], self.src[start + length : start + length + 1]
            is_beside = bool(_CJK.match(before) or _CJK.match(after))
            can_open = can_open or (is_beside and bool(after.strip()))
            can_close = can_close or (is_beside and bool(before.strip()))
        return Scanned(can_open, can_close, length)


def is_in_code(state: StateInline) -> bool:
    """Return whether STATE is within an element of code that its author wrote as HTML."""
    return isinstance(state, InlineState) and state.open_code > 0


def inline_context(state: StateInline) -> RenderContext:
    """Return the context of the text that STATE is a part of."""
    return context_of(state.env)


def block_context(state: StateBlock) -> RenderContext:
    """Return the context of the text that STATE is a part of."""
    return context_of(state.env)


def report(state: StateInline, kind: Kind, sign: str) -> None:
    """Add a problem of KIND with its SIGN, at the position of STATE."""
    inline_context(state).problems.add(kind, sign, line_in(state))


def line_in(state: StateInline) -> int:
    """Return the line of the whole text at the position of STATE."""
    within = state.line() if isinstance(state, InlineState) else state.src.count("\n", 0, state.pos)
    return inline_context(state).line + within


def first_line(state: StateBlock) -> int:
    """Return the line of the whole text on which the text of STATE begins: not 0 within an HTML element."""
    return int(state.env.get("first_line", 0))


def report_line(state: StateBlock, kind: Kind, sign: str, number: int) -> None:
    """Add a problem of KIND with its SIGN, on the line NUMBER of STATE."""
    block_context(state).problems.add(kind, sign, number + first_line(state))


def line_of(state: StateBlock, number: int) -> str:
    """Return the line NUMBER without its indentation and without the marks of the lists and quotes it belongs to."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def push_inline(state: StateBlock, content: str, first: int, last: int) -> None:
    """Push the text CONTENT of the lines FIRST to LAST, excluding LAST, to be parsed for inline markup."""
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [first, last], []
