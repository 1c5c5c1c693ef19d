"""Pictures with a caption, `![A tree](tree.jpg "Under the tree")`, and blocks with a name, `A thought. ^thought`."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown_it.token import Token

from dropcap.document.markdown.embedded_files import PLAYED
from dropcap.patterns import lazy_pattern

_NAME = lazy_pattern(r"(?:(?<!\s)\s+|\A)\^([A-Za-z][A-Za-z0-9-]{0,60}|[0-9][A-Za-z0-9-]{3,60})\s*\Z")
_SIZE = lazy_pattern(r"\|[ ]*(\d{1,5})(?:x(\d{1,5}))?[ ]*\Z")
_SHOWN = PLAYED | {"img"}
_NAMED = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dd"})


def without_size(alternative: str) -> tuple[str, dict[str, str]]:
    """Return ALTERNATIVE, the text of a picture, without the size behind its last bar, and this size as attributes.

    Obsidian writes `![A tree|300](tree.jpg)` or `![A tree|300x200](tree.jpg)`.
    """
    size = _SIZE.search(alternative)
    if not size:
        return alternative, {}
    attributes = zip(("width", "height"), size.groups(), strict=True)
    return alternative[: size.start()].rstrip(), {name: number for name, number in attributes if number}


def alternative_text(tokens: Sequence[Token]) -> str:
    """Return the plain text of TOKENS, the description of a picture."""
    parts = []
    for token in tokens:
        if token.type == "element":
            parts.append("".join(token.meta["element"].itertext()))
        elif token.type == "image":
            parts.append(alternative_text(token.children or []))
        elif token.type != "html_inline":
            parts.append("\n" if token.type in {"softbreak", "hardbreak"} else token.content)
    return "".join(parts)


class FigureTreeprocessor(Treeprocessor):
    """Turns into a figure a picture that is alone in its paragraph and has a title: the title is its caption."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for paragraph in root.iter("p"):
            outer = _only_child(paragraph)
            picture = _only_child(outer) if outer is not None and outer.tag == "a" else outer
            if picture is not None and picture.tag in _SHOWN and picture.get("title"):
                caption = Element("figcaption")
                caption.text = picture.attrib.pop("title")
                paragraph.tag = "figure"
                paragraph.append(caption)


class BlockNameTreeprocessor(Treeprocessor):
    """Sets `^name` at the end of a block as its id: `[[note#^name]]` leads to it, and `![[note#^name]]` shows it."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag in _NAMED and not child.get("id"):
                    _name(parent, child)


def register(md: Markdown) -> None:
    """Teach MD both."""
    md.treeprocessors.register(BlockNameTreeprocessor(md), "block name", 7)
    md.treeprocessors.register(FigureTreeprocessor(md), "figure", 6)


def _only_child(element: Element) -> Element | None:
    alone = len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
    return element[0] if alone else None


def _name(parent: Element, block: Element) -> None:
    """Set the name of BLOCK; one in a paragraph of its own names the block before it, as below a list or a table."""
    text = (block[-1].tail if len(block) else block.text) or ""
    match = _NAME.search(text) if "^" in text else None
    if not match or (len(block) and match[0].startswith("^")):  # directly behind an element it is text: *x*^n
        return
    rest = text[: match.start()]
    named = block
    if not rest and not len(block):
        before = list(parent).index(block) - 1
        if block.tag != "p" or before < 0:
            return
        named = parent[before]
        parent.remove(block)
    elif len(block):
        block[-1].tail = rest
    else:
        block.text = rest
    named.set("id", f"^{match[1].lower()}")
