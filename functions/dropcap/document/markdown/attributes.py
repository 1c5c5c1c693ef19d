"""Kramdown's attribute lists: `{: .class #id}` after a span, and on a line of its own before or behind a block.

Also its `{:toc}`, and the marks `[TOC]` and `[[toc]]` of others: a placeholder for the table of contents.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.treeprocessors import Treeprocessor

from dropcap.document.private_markup import CONTENTS

LINE = re.compile(r"[ ]{0,3}\{(?::(?![:/])|(?=[.#][\w-]+[ }]))[ ]*([^{}\n]{1,500})\}[ ]*$")
"""A line that is nothing but a list of attributes; Hugo writes it without a colon."""

FOR_THE_NEXT = "{:\N{DOWNWARDS ARROW} "
"""How such a line begins where it belongs to the block below it."""

_BASE = r"\{(?:\:|(?=[ ]*(?:[.#]\w|[A-Za-z][\w-]*=)))[ ]*([^\}\n ][^\n]*)\}"
_ALONE = re.compile(r"\{:(\N{DOWNWARDS ARROW}?)[ ]*([^{}\n]{1,500})\}\Z")
_MARKERS = frozenset({"[toc]", "[[toc]]", "[[_toc_]]", "[table of contents]"})


class KramdownTreeprocessor(AttrListTreeprocessor):
    """Reads attributes as kramdown does: `{word}` is text, not an attribute."""

    HEADER_RE = re.compile(rf"[ ]+{_BASE}[ ]*$")  # type: ignore[misc]  # its stubs call it final
    BLOCK_RE = re.compile(rf"\n[ ]*{_BASE}[ ]*$")  # type: ignore[misc]  # as above
    INLINE_RE = re.compile(rf"^{_BASE}")  # type: ignore[misc]  # as above

    def run(self, doc: Element) -> None:
        """Change the tree under DOC: first what has a line of its own."""
        for parent in list(doc.iter()):
            self._lines(parent)
        super().run(doc)

    def _lines(self, parent: Element) -> None:
        before: Element | None = None
        waiting = ""
        for child in list(parent):
            alone = _ALONE.match(child.text or "") if child.tag == "p" and not len(child) else None
            if alone:
                parent.remove(child)
                if alone[1]:
                    waiting = alone[2]
                elif before is not None:
                    self._belongs(before, alone[2])
            else:
                before, attributes, waiting = child, waiting, ""
                if attributes:
                    self._belongs(child, attributes)

    def _belongs(self, element: Element, attributes: str) -> None:
        words = attributes.split()
        if "toc" in words and element.tag in {"ul", "ol"}:
            element[:] = []
            element.tag, element.text = CONTENTS, None
        else:
            self.assign_attrs(element, " ".join(word for word in words if word != "toc"))


class ContentsTreeprocessor(Treeprocessor):
    """Makes a placeholder of a paragraph that asks for the table of contents."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for element in root.iter("p"):
            if element.text and not len(element) and element.text.strip().lower() in _MARKERS:
                element.tag, element.text = CONTENTS, None


def register(md: Markdown) -> None:
    """Teach MD both; `attr_list` must not be among its extensions."""
    md.treeprocessors.register(ContentsTreeprocessor(md), "contents", 45)
    md.treeprocessors.register(KramdownTreeprocessor(md), "attr_list", 8)
