"""markdown-it's parsers, which call only the rules that can begin with the current sign.

markdown-it calls a dozen rules for each line and each position, and most look at one character and decline. That takes
half the time of a long list.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from dropcap.document.markdown.limits import MAXIMUM_DEPTH, too_deep
from dropcap.document.markdown.states import BlockRule, BlockState, InlineRule, InlineState

AnyRule = TypeVar("AnyRule", BlockRule, InlineRule)

BLOCK_SIGNS: Final = {
    "attribute_line": "{", "formula": "$", "admonition": "!?", "content_tab": "=", "foreign_line": ":-;",
    "footnote": "[", "abbreviation": "*", "loose_heading": "#", "markdown_in_html": "<", "fence": "`~",
    "blockquote": ">", "hr": "*-_", "plain_list": "*+-0123456789", "list": "*+-0123456789",
    "reference": "[", "html_block": "<", "heading": "#",
}  # fmt: skip
"""The signs with which a line begins that a rule can read; a rule that is not listed is called for every line."""

INLINE_SIGNS: Final = {
    "bare_address": "hHwWfF", "formula": "$", "foreign_formula": "\\",
    "attribute_list": "{", "mark": "=", "wikilink": "[!", "footnote": "[",
    "note_in_text": "^", "reference_before_note": "[",
    "newline": "\n", "escape": "\\", "backticks": "`", "strikethrough": "~", "emphasis": "*_",
    "link": "[", "image": "!", "spaced_address": "[!", "undefined_reference": "[", "autolink": "<", "html_inline": "<",
    "entity": "&",
}  # fmt: skip
"""The same for the rules within a text."""


class BlockParser(ParserBlock):
    """markdown-it's parser of blocks, which calls few rules."""

    def __init__(self) -> None:
        """Take over markdown-it's own rules."""
        super().__init__()
        rules, self.ruler = self.ruler.__rules__, _BlockRuler()
        self.ruler.__rules__ = rules

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token]:  # noqa: N803 -- markdown-it's name
        """Parse SRC into blocks, and add these to OUTTOKENS."""
        if src:
            state = BlockState(src, md, env, outTokens)
            self.tokenize(state, state.line, state.lineMax)
        return outTokens


class InlineParser(ParserInline):
    """markdown-it's parser of text, which calls few rules and uses `InlineState`."""

    def __init__(self) -> None:
        """Take over markdown-it's own rules."""
        super().__init__()
        rules, self.ruler = self.ruler.__rules__, _InlineRuler()
        self.ruler.__rules__ = rules

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse SRC, the text of one block, into TOKENS."""
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _BlockRuler(Ruler[BlockRule]):
    def __compile__(self) -> None:
        super().__compile__()
        self.__cache__ = _dispatched(self, BLOCK_SIGNS, _block_rule)


class _InlineRuler(Ruler[InlineRule]):
    def __compile__(self) -> None:
        super().__compile__()
        self.__cache__ = _dispatched(self, INLINE_SIGNS, _inline_rule)


Dispatch = Callable[[Mapping[str, Sequence[AnyRule]], Sequence[AnyRule]], AnyRule]


def _dispatched(
    ruler: Ruler[AnyRule], signs: Mapping[str, str], dispatch: Dispatch[AnyRule]
) -> dict[str, list[AnyRule]]:
    """Return for each chain of RULER one rule that calls those whose SIGNS fit."""
    of_rule = {rule.fn: signs.get(rule.name) for rule in ruler.__rules__}
    chains: dict[str, list[AnyRule]] = {}
    for chain, rules in (ruler.__cache__ or {}).items():
        by_sign = {
            sign: tuple(rule for rule in rules if (own := of_rule[rule]) is None or sign in own)
            for sign in sorted(set("".join(signs.values())))
        }
        chains[chain] = [dispatch(by_sign, tuple(rule for rule in rules if of_rule[rule] is None))]
    return chains


def _block_rule(by_sign: Mapping[str, Sequence[BlockRule]], others: Sequence[BlockRule]) -> BlockRule:
    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
        if state.level >= 2 * MAXIMUM_DEPTH:
            raise too_deep()  # markdown-it would leave it out silently
        begin = state.bMarks[start] + state.tShift[start]
        sign = state.src[begin : begin + 1]
        for rule in by_sign.get(sign, others):  # noqa: SIM110 -- a generator for each line takes longer than the rules
            if rule(state, start, end, silent):
                return True
        return False

    return ask


def _inline_rule(by_sign: Mapping[str, Sequence[InlineRule]], others: Sequence[InlineRule]) -> InlineRule:
    def ask(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
        for rule in by_sign.get(state.src[state.pos], others):  # noqa: SIM110 -- as above
            if rule(state, silent):
                return True
        return False

    return ask
