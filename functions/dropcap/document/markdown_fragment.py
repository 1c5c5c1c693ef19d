"""Markdown ▶ HTML, not yet sanitised.

One Markdown instance is built at first use and used again for every document: building it takes as long as a short
post. Nothing here reads a file or a URL that a document names.
"""

import re
from functools import cache
from html import escape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor

from dropcap.document.anchors import AnchorTreeprocessor
from dropcap.document.fences import FencePreprocessor
from dropcap.document.wikilinks import NestedLinkTreeprocessor, WikilinkProcessor

SHORTCODE = r"\{(?:\{[^\n]{0,500}?\}\}|%[^\n]{0,500}?%\})"
"""What Liquid and Hugo would replace; Dropcap shows it as it is."""

_STRUCK = r"(~~)(?![\s~])((?:[^~]|~(?!~))+)(?<!\s)~~"
_TASK = re.compile(r"<li>(\s*(?:<p>)?)\[([ xX])\]\s")
_EXTENSIONS = (
    "tables",
    "footnotes",
    "sane_lists",
    "attr_list",
    "def_list",
    "abbr",
    "admonition",
)


def markdown_fragment(body: str) -> str:
    """Render BODY. Whatever interrupts it, a time limit's signal too, leaves nothing behind for the next document."""
    markdown = _markdown()
    try:
        html = markdown.reset().convert(body)
    except BaseException:
        _markdown.cache_clear()
        raise
    return _TASK.sub(_task, html) if "[" in html else html


class _Dialect(Extension):
    """What Dropcap adds to Markdown: fences anywhere, anchors, wikilinks, struck text, and shortcodes left alone."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        md.preprocessors.register(FencePreprocessor(md), "fence", 25)
        md.treeprocessors.register(AnchorTreeprocessor(md), "anchor", -1)
        md.treeprocessors.register(NestedLinkTreeprocessor(md), "nested link", -2)
        md.inlinePatterns.register(ShortcodeProcessor(SHORTCODE, md), "shortcode", 187)
        md.inlinePatterns.register(WikilinkProcessor(md), "wikilink", 185)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 65)


class ShortcodeProcessor(InlineProcessor):
    """Keeps a shortcode from being read as HTML, emphasis or an attribute list."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 -- Python-Markdown's name; its stubs promise less
        """Set the shortcode M aside as text."""
        return self.md.htmlStash.store(escape(m[0])), m.start(0), m.end(0)


@cache
def _markdown() -> Markdown:
    settings = {"tables": {"use_align_attribute": True}}
    markdown = Markdown(extensions=[*_EXTENSIONS, _Dialect()], extension_configs=settings, output_format="html")
    inline = markdown.treeprocessors["inline"]
    # Every text asks for every pattern by its number, which a list answers quicker than the registry.
    inline.inlinePatterns = list(markdown.inlinePatterns)  # type: ignore[attr-defined]  # of its subclass
    return markdown


def _task(found: re.Match[str]) -> str:
    state, box = ("done", "☑") if found[2] in "xX" else ("open", "☐")
    return f'<li class="task {state}">{found[1]}<span class="task-box">{box}</span> '
