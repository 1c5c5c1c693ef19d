"""Markdown ▶ HTML, not yet sanitised.

One Markdown instance is built at first use and used again for every document: building it takes as long as a short
post. Nothing here reads a file or a URL that a document names.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.treeprocessors import UnescapeTreeprocessor as MarkdownUnescapeTreeprocessor

from dropcap.document.markdown import attributes, figures
from dropcap.document.markdown.anchors import AnchorTreeprocessor
from dropcap.document.markdown.commonmark import CommonMarkParser
from dropcap.document.markdown.context import RenderContext
from dropcap.document.markdown.limits import GrowthTreeprocessor
from dropcap.document.markdown.wikilinks import PlaceholderTreeprocessor
from dropcap.document.private_markup import CONTENTS, plain_as_html

LONG = 100_000
"""A text of more characters is rendered without Python's cycle collector: a fifth of its time."""


def markdown_fragment(body: str, context: RenderContext | None = None) -> str:
    """Return BODY, whose shortcodes are replaced already, as HTML; CONTEXT receives its formulas and problems.

    An interruption, such as the signal of a time limit, leaves no state for the next document.
    """
    dialect = _dialect()
    try:
        with _no_collection() if len(body) > LONG else nullcontext():
            html = dialect.rendered(body, context or RenderContext())
    except BaseException:
        _dialect.cache_clear()
        raise
    return plain_as_html(html)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python's cycle collector from running, which would look at each of a million new tokens many times."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class UnescapeTreeprocessor(MarkdownUnescapeTreeprocessor):
    """Python-Markdown's processor, only for texts with an escaped sign."""

    needed = True

    def run(self, root: Element) -> None:
        """Restore the escaped signs in the tree under ROOT."""
        if self.needed:
            super().run(root)


class Dialect(Extension):
    """Dropcap's Markdown, and the instance of Python-Markdown that knows it."""

    def __init__(self) -> None:
        super().__init__()
        self.markdown = Markdown(extensions=[self], output_format="html")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Teach MD the dialect."""
        # A film stands in a line, as a picture does. The set is looked up for each element.
        md.block_level_elements = {*md.block_level_elements, CONTENTS} - {"video"}  # type: ignore[assignment]
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.treeprocessors.deregister("inline")
        self.parser = md.parser = CommonMarkParser(md)
        self.abbreviations = AbbrTreeprocessor(md)
        md.treeprocessors.register(self.abbreviations, "abbr", 7.5)
        self.attributes = attributes.register(md)
        self.unescape = UnescapeTreeprocessor(md)
        md.treeprocessors.register(self.unescape, "unescape", 0)
        figures.register(md)
        md.treeprocessors.register(AnchorTreeprocessor(md), "anchor", -1)
        md.treeprocessors.register(PlaceholderTreeprocessor(md), "placeholder", -2)
        md.treeprocessors.register(GrowthTreeprocessor(md), "growth", -3)

    def rendered(self, text: str, context: RenderContext) -> str:
        """Render TEXT for CONTEXT."""
        self.parser.context = context
        self.abbreviations.abbrs = context.abbreviations
        self.attributes.needed = "{" in text
        self.unescape.needed = "\\" in text
        return self.markdown.reset().convert(text)


@cache
def _dialect() -> Dialect:
    return Dialect()
