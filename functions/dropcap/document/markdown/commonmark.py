"""markdown-it with the rules of our dialect, in the place of Python-Markdown's own parser.

Python-Markdown runs the conversion, the processors of the finished tree and the serialiser; markdown-it-py knows what
CommonMark and GitHub say a text means. Decision record 0020 says why.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import ETX, STX
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from dropcap.document.markdown import (
    addresses,
    block_rules,
    containers,
    definition_lists,
    html_rules,
    inline_rules,
    math_rules,
    notes,
    wikilinks,
)
from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.limits import MAXIMUM_DEPTH, too_deep
from dropcap.document.markdown.states import BlockRule, InlineParser, InlineRule
from dropcap.document.markdown.tree import TreeBuilder

MAXIMUM_BRACKETS = 30
"""Most links and brackets within one another in a text; what is deeper is text."""

_SET_ASIDE = re.compile(f"[{STX}{ETX}\0]")
_PARAGRAPH, _QUOTE = ["paragraph", "reference"], ["paragraph", "reference", "blockquote"]
_LIST = [*_QUOTE, "list"]


def _without(match: re.Match[str]) -> str:
    """Return what stands for a character that has another meaning within Python-Markdown, or none in HTML."""
    return "\N{REPLACEMENT CHARACTER}" if match[0] == "\0" else ""


class CommonMarkParser(BlockParser):
    """Python-Markdown's parser of blocks, as far as Python-Markdown asks for it."""

    def __init__(self, md: Markdown) -> None:
        """Parse for MD."""
        super().__init__(md)
        self.context = RenderContext()
        self.markdown_it = _markdown_it()

    def parseDocument(self, lines: Sequence[str]) -> ElementTree:  # type: ignore[override]  # noqa: N802 -- Python-Markdown's name; its stubs want a list
        """Return the tree of LINES."""
        root = Element(self.md.doc_tag)
        text = _SET_ASIDE.sub(_without, "\n".join(lines))
        environment = self.context.environment()
        self.markdown_it.options["maxNesting"] = 2 * MAXIMUM_DEPTH + 10
        tokens: list[Token] = []
        self.markdown_it.block.parse(text, self.markdown_it, environment, tokens)
        self.markdown_it.options["maxNesting"] = MAXIMUM_BRACKETS
        TreeBuilder(self.md, self.markdown_it, environment).build(root, tokens)
        return ElementTree(root)


class _MarkdownIt(MarkdownIt):
    """Leaves addresses as they are typed, but for spaces: whether one is allowed, the sanitiser decides."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 -- markdown-it's name
        """Return that URL may be linked to."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- markdown-it's name
        """Return URL with its spaces encoded, since HTML allows none in an address."""
        return url.replace(" ", "%20")

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 -- markdown-it's name
        """Return LINK."""
        return link


def _markdown_it() -> MarkdownIt:
    parser = _MarkdownIt("commonmark", {"html": True})
    parser.inline = InlineParser()
    parser.configure("commonmark")
    parser.enable(["table", "strikethrough"])
    _add_block_rules(parser)
    _add_inline_rules(parser)
    return parser


def _add_block_rules(parser: MarkdownIt) -> None:
    ruler = parser.block.ruler
    ruler.before("table", "dialect", _block_by_sign, {"alt": _LIST})
    ruler.at("table", block_rules.gfm_table, {"alt": _PARAGRAPH})
    ruler.at("html_block", block_rules.html, {"alt": _QUOTE})
    ruler.before("lheading", "definition_list", definition_lists.definition_list)


def _add_inline_rules(parser: MarkdownIt) -> None:
    ruler = parser.inline.ruler
    ruler.before("text", "dialect", _inline_by_sign)
    ruler.at("text", addresses.text)
    ruler.after("image", "spaced_address", inline_rules.spaced_address)
    ruler.after("spaced_address", "undefined_reference", inline_rules.undefined_reference)
    ruler.at("autolink", addresses.autolink)
    ruler.at("html_inline", html_rules.tag)
    parser.inline.ruler2.after("emphasis", "mark", inline_rules.close_marks)
    parser.inline.ruler2.after("fragments_join", "mail", addresses.mail_addresses)


_BLOCK_RULES: dict[str, BlockRule] = {
    "{": block_rules.attribute_line,
    "$": math_rules.on_lines,
    "!": containers.admonition,
    "?": containers.admonition,
    "=": containers.content_tab,
    "[": containers.footnote,
    "*": block_rules.abbreviation,
    "#": block_rules.loose_heading,
    "<": html_rules.markdown_in_html,
}
_INLINE_RULES: dict[str, tuple[InlineRule, ...]] = dict.fromkeys("hHwWfF", (addresses.bare_address,)) | {
    "$": (math_rules.in_text,),
    "{": (inline_rules.attribute_list,),
    "=": (inline_rules.mark,),
    "[": (wikilinks.wikilink, notes.reference),
    "!": (wikilinks.wikilink,),
    "^": (notes.note_in_text,),
}


def _block_by_sign(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Ask the rule of the dialect whose blocks begin with the first sign of the line START."""
    if state.level >= 2 * MAXIMUM_DEPTH:
        raise too_deep()  # markdown-it would leave it out silently
    begin = state.bMarks[start] + state.tShift[start]
    rule = _BLOCK_RULES.get(state.src[begin]) if begin < state.eMarks[start] else None
    return rule(state, start, end, silent) if rule else False


def _inline_by_sign(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule's form
    """Ask the rules of the dialect that may begin with the sign at the position of STATE."""
    rules = _INLINE_RULES.get(state.src[state.pos])
    return any(rule(state, silent) for rule in rules) if rules else False
