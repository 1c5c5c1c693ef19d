"""Kramdown's attribute lists: `{: .class #id}` after a span, and on a line of its own before or behind a block.

Also its `{:toc}`, which marks a list as the place for the table of contents.
"""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor

from dropcap.document.private_markup import CONTENTS
from dropcap.patterns import lazy_pattern

LINE = lazy_pattern(r"\{(?::(?![:/])|(?=[.#][\w-]+[ }]))[ ]*([^{}\n]{1,500})\}[ ]*$")
"""A line that is nothing but a list of attributes; Hugo writes it without a colon."""

ATTRIBUTES = "dropcap-attributes"
"""The element that such a line is in the tree until its attributes are assigned; its `for` names the block."""

_BASE = (
    r"\{(?:\:|(?=[ ]*(?:[.#]\w|[A-Za-z][\w-]*=)))[ ]*+"
    r"((?>=\"[^\"\n]{0,300}\"|='[^'\n]{0,300}'|[^}\n]){1,500}+)\}"
)
"""A list of attributes: it ends at its own brace, not at the last one of the line; a quoted value may hold one."""


class KramdownTreeprocessor(AttrListTreeprocessor):
    """Reads attributes as kramdown does: `{word}` is text, not an attribute."""

    needed = True
    """Whether the text has a brace at all."""

    HEADER_RE = lazy_pattern(rf"[ ]+{_BASE}[ ]*$")  # type: ignore[misc]  # its stubs call it final
    BLOCK_RE = lazy_pattern(rf"\n[ ]*{_BASE}[ ]*$")  # type: ignore[misc]  # as above
    INLINE_RE = lazy_pattern(rf"^{_BASE}")  # type: ignore[misc]  # as above

    def run(self, doc: Element) -> None:
        """Change the tree under DOC: first the lines of attributes."""
        if not self.needed:
            return
        parents = [element for element in doc.iter() if any(child.tag == ATTRIBUTES for child in element)]
        for parent in parents:
            self._assign_lines(parent)
        super().run(doc)

    def _assign_lines(self, parent: Element) -> None:
        before: Element | None = None
        waiting = ""
        elements = []
        for child in parent:
            if child.tag != ATTRIBUTES:
                if waiting:
                    self._assign(child, waiting)
                before, waiting = child, ""
                elements.append(child)
            elif child.get("for") == "block below":
                waiting = child.text or ""
            elif before is not None:
                self._assign(before, child.text or "")
        parent[:] = elements

    def _assign(self, element: Element, attributes: str) -> None:
        words = attributes.split()
        if "toc" in words and element.tag in {"ul", "ol"}:
            element[:] = []
            element.tag, element.text = CONTENTS, None
        else:
            self.assign_attrs(element, " ".join(word for word in words if word != "toc"))


def register(md: Markdown) -> KramdownTreeprocessor:
    """Teach MD attribute lists; `attr_list` must not be among its extensions."""
    processor = KramdownTreeprocessor(md)
    md.treeprocessors.register(processor, "attr_list", 8)
    return processor
