"""Markdown ▶ HTML, not yet sanitised.

One Markdown instance is built at first use and used again for every document: building it takes as long as a short
post. Nothing here reads a file or a URL that a document names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor

from dropcap.document.markdown import attributes, callouts, figures, inline
from dropcap.document.markdown.anchors import AnchorTreeprocessor, HeadingProcessor
from dropcap.document.markdown.block_normaliser import BlockPreprocessor
from dropcap.document.markdown.fences import FencePreprocessor
from dropcap.document.markdown.limits import GrowthTreeprocessor
from dropcap.document.markdown.math import FormulaProcessor, Formulas
from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.document.markdown.wikilinks import PlaceholderTreeprocessor, WikilinkProcessor
from dropcap.document.private_markup import CONTENTS, FOOTNOTE, plain_as_html

_TASK = re.compile(r"<li>(\s*(?:<p>)?)\[([ xX])\]\s")
_TRIGGERS: dict[str, tuple[str, ...]] = {
    "formula": ("$",), "shortcode": ("{{", "{%"), "wikilink": ("[[",), "escape": ("\\",), "backtick": ("`",),
    "footnote": ("[^", "^["), "reference": ("[",), "link": ("[",), "image_link": ("![",), "image_reference": ("![",),
    "short_reference": ("[",), "short_image_ref": ("![",), "autolink": ("<",), "automail": ("<",), "html": ("<",),
    "entity": ("&",), "address": ("://", "www.", "@"), "marked": ("==",), "struck": ("~~",), "em_strong": ("*", "_"),
}  # fmt: skip
"""What a text must hold for a pattern to find anything in it: the others are not asked."""


@dataclass(slots=True)
class Reading:
    """One text being read: the KEY of its source, whether it may hold FORMULAS, and those it holds."""

    key: str = ""
    has_formulas: bool = True
    formulas: Formulas = field(default_factory=Formulas)


def markdown_fragment(body: str, reading: Reading | None = None) -> str:
    """Render BODY, whose shortcodes are understood as far as they are.

    Whatever interrupts it, a time limit's signal too, leaves nothing behind for the next document.
    """
    dialect = _dialect(within_html=" markdown=" in body)
    try:
        html = dialect.rendered(body, reading or Reading())
    except BaseException:
        _dialect.cache_clear()
        raise
    return plain_as_html(_TASK.sub(_task, html) if "[" in html else html)


class Dialect(Extension):
    """What Dropcap adds to Markdown, and the instance that knows it."""

    def __init__(self, *, within_html: bool = False) -> None:
        """Build the instance; one that reads Markdown WITHIN_HTML, as in `<div markdown="1">`, is slower."""
        super().__init__()
        self.reading = Reading()
        self.footnotes = FootnoteExtension(USE_DEFINITION_ORDER=False, BACKLINK_TITLE=f"{FOOTNOTE}{{}}")
        extensions: list[str | Extension] = ["tables", self.footnotes, "sane_lists", "def_list", "abbr", self]
        if within_html:
            extensions.append("md_in_html")
        settings = {"tables": {"use_align_attribute": True}}
        self.markdown = Markdown(extensions=extensions, extension_configs=settings, output_format="html")
        registry = self.markdown.inlinePatterns
        named = vars(registry)["_priority"] if len(registry) else []  # the registry tells its names to nobody
        self.patterns = [(item.name, registry[item.name]) for item in named]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Teach MD the dialect."""
        md.block_level_elements.append(CONTENTS)
        attributes.register(md)
        callouts.register(md)
        figures.register(md)
        inline.register(md, self.footnotes)
        md.preprocessors.register(FencePreprocessor(md, self._formulas), "fence", 25)
        md.preprocessors.register(BlockPreprocessor(md), "blocks", 24)
        md.parser.blockprocessors.register(HeadingProcessor(md.parser), "hashheader", 70)
        md.treeprocessors.register(AnchorTreeprocessor(md), "anchor", -1)
        md.treeprocessors.register(PlaceholderTreeprocessor(md), "placeholder", -2)
        md.treeprocessors.register(GrowthTreeprocessor(md), "growth", -3)
        md.inlinePatterns.register(FormulaProcessor(md, self._formulas), "formula", 189)
        md.inlinePatterns.register(ShortcodeProcessor(SHORTCODE, md), "shortcode", 187)
        md.inlinePatterns.register(WikilinkProcessor(md, lambda: self.reading.key), "wikilink", 185)

    def rendered(self, text: str, reading: Reading) -> str:
        """Render TEXT for READING, asking only the patterns that may find something."""
        self.reading = reading
        # Every text asks for every pattern by its number, which a list answers quicker than the registry.
        self.markdown.treeprocessors["inline"].inlinePatterns = list(self._asked(text))  # type: ignore[attr-defined]  # of its subclass
        return self.markdown.reset().convert(text)

    def _formulas(self) -> Formulas | None:
        return self.reading.formulas if self.reading.has_formulas else None

    def _asked(self, text: str) -> Iterator[object]:
        for name, pattern in self.patterns:
            signs = _TRIGGERS.get(name)
            if signs is None or any(sign in text for sign in signs):
                yield pattern


class ShortcodeProcessor(InlineProcessor):
    """Keeps a shortcode from being read as HTML, emphasis or an attribute list."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 -- Python-Markdown's name; its stubs promise less
        """Set the shortcode M aside as text."""
        return self.md.htmlStash.store(escape(m[0])), m.start(0), m.end(0)


@cache
def _dialect(*, within_html: bool) -> Dialect:
    return Dialect(within_html=within_html)


def _task(found: re.Match[str]) -> str:
    state, box = ("done", "☑") if found[2] in "xX" else ("open", "☐")
    return f'<li class="task {state}">{found[1]}<span class="task-box">{box}</span> '
