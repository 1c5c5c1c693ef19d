"""markdown-it with the rules of our dialect, in the place of Python-Markdown's own parser.

Python-Markdown runs the conversion, the processors of the finished tree and the serialiser; markdown-it-py parses as
CommonMark and GitHub specify. Decision record 0020 says why.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser as MarkdownBlockParser
from markdown.util import ETX, STX
from markdown_it import MarkdownIt
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
    paragraphs,
    plain_lists,
    wikilinks,
)
from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.limits import MAXIMUM_DEPTH
from dropcap.document.markdown.rules_by_sign import BlockParser, InlineParser
from dropcap.document.markdown.states import BlockRule, InlineRule
from dropcap.document.markdown.tree import TreeBuilder
from dropcap.document.private_markup import straight
from dropcap.patterns import lazy_pattern

MAXIMUM_BRACKETS = 30
"""Most links and brackets within one another in a text; deeper ones are text."""

_SET_ASIDE = lazy_pattern(f"[{STX}{ETX}\0]")
_PARAGRAPH, _QUOTE = ["paragraph", "reference"], ["paragraph", "reference", "blockquote"]
_LIST = [*_QUOTE, "list"]


def _without(match: re.Match[str]) -> str:
    """Return the replacement of a character that has another meaning within Python-Markdown, or none in HTML."""
    return "\N{REPLACEMENT CHARACTER}" if match[0] == "\0" else ""


class CommonMarkParser(MarkdownBlockParser):
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
    """Leaves addresses as they are typed, except for spaces; the sanitiser decides whether one is allowed."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 -- markdown-it's name
        """Return that URL may be linked to."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- markdown-it's name
        """Return URL with its spaces encoded, since HTML allows none in an address."""
        return url.replace(" ", "%20")

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 -- markdown-it's name
        """Return LINK, an address that is shown, with its signs kept from being made typographic."""
        return straight(link)


def _markdown_it() -> MarkdownIt:
    parser = _MarkdownIt("commonmark", {"html": True})
    parser.block, parser.inline = BlockParser(), InlineParser()
    parser.configure("commonmark")
    parser.enable(["table", "strikethrough"])
    _add_block_rules(parser)
    _add_inline_rules(parser)
    return parser


def _add_block_rules(parser: MarkdownIt) -> None:
    ruler = parser.block.ruler
    for name, rule in _BLOCK_RULES.items():
        ruler.before("table", name, rule, {"alt": _LIST})
    ruler.at("table", block_rules.gfm_table, {"alt": _PARAGRAPH})
    ruler.at("html_block", block_rules.html, {"alt": _QUOTE})
    ruler.before("lheading", "definition_list", definition_lists.definition_list)
    ruler.before("list", "plain_list", plain_lists.plain_list)
    ruler.disable("lheading")
    ruler.at("paragraph", paragraphs.paragraph_or_heading)


def _add_inline_rules(parser: MarkdownIt) -> None:
    ruler = parser.inline.ruler
    for name, rule in _INLINE_RULES.items():
        ruler.before("text", name, rule)
    ruler.at("text", addresses.text)
    ruler.after("image", "spaced_address", inline_rules.spaced_address)
    ruler.after("spaced_address", "undefined_reference", inline_rules.undefined_reference)
    ruler.at("autolink", addresses.autolink)
    ruler.at("html_inline", html_rules.tag)
    parser.inline.ruler2.after("emphasis", "mark", inline_rules.close_marks)
    parser.inline.ruler2.after("fragments_join", "mail", addresses.mail_addresses)


_BLOCK_RULES: dict[str, BlockRule] = {
    "attribute_line": block_rules.attribute_line,
    "formula": math_rules.on_lines,
    "admonition": containers.admonition,
    "content_tab": containers.content_tab,
    "foreign_line": containers.foreign_line,
    "footnote": containers.footnote,
    "abbreviation": block_rules.abbreviation,
    "loose_heading": block_rules.loose_heading,
    "markdown_in_html": html_rules.markdown_in_html,
}
_INLINE_RULES: dict[str, InlineRule] = {
    "bare_address": addresses.bare_address,
    "formula": math_rules.in_text,
    "foreign_formula": math_rules.foreign,
    "attribute_list": inline_rules.attribute_list,
    "mark": inline_rules.mark,
    "wikilink": wikilinks.wikilink,
    "footnote": notes.reference,
    "note_in_text": notes.note_in_text,
    "reference_before_note": inline_rules.reference_before_note,
}
