"""HTML that would keep a parser busy for minutes, or fill the memory ▶ a ContentError.

The sanitiser is native code, which no time limit's signal interrupts, and its time grows with the square of depth and
length of a tag. A short text may also expand to a large one: a link's long title is repeated at each reference to it.
"""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

MAXIMUM_DEPTH = 100
"""Most elements within one another."""

MAXIMUM_TAG = 100_000
"""Most characters of one tag."""

MAXIMUM_GROWTH = 8 * 1024 * 1024
"""Most characters that a text of one mebibyte may become."""

_TAG = lazy_pattern(r"<(/?)([a-z][a-z0-9-]*)")
_LONG_TAG = lazy_pattern(rf"<[a-z](?:[^<>]){{{MAXIMUM_TAG}}}")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_FLAT = _VOID | {"a", "dd", "dt", "li", "option", "p", "td", "th", "tr"}
"""Elements that hold nothing, and those that end where the next of their kind begins."""


def too_deep() -> ContentError:
    """Return the error for a text whose parts are nested too deeply."""
    message = f"This file nests quotes, lists or HTML elements more than {MAXIMUM_DEPTH} levels deep."
    return ContentError(Finding(message, "Close the HTML elements that you open, as in <div>…</div>."))


class GrowthTreeprocessor(Treeprocessor):
    """Raises ContentError for a tree that is far longer than its source."""

    def run(self, root: Element) -> None:
        """Check the tree under ROOT."""
        length = 0
        for element in root.iter():
            length += len(element.text or "") + len(element.tail or "")
            if element.attrib:
                length += sum(len(value) for value in element.attrib.values() if value)  # one may have no value
        if length > MAXIMUM_GROWTH:
            message = f"This text expands to {length:,} characters; the limit is {MAXIMUM_GROWTH:,}."
            raise ContentError(Finding(message, "Look for a long link title or abbreviation that is used many times."))


def refuse_nesting(html: str) -> None:
    """Raise ContentError if HTML, not yet sanitised, is nested too deeply or has a tag that is too long."""
    lower = html.lower()
    if len(html) > MAXIMUM_TAG and _LONG_TAG.search(lower):
        message = f"An HTML tag in this file has more than {MAXIMUM_TAG:,} characters."
        remedy = "If it contains a picture as a data: URI, upload the picture as a file of its own."
        raise ContentError(Finding(message, remedy))
    if _depth(lower) > MAXIMUM_DEPTH:
        raise too_deep()


def _depth(html: str) -> int:
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name in _FLAT:
            continue
        if not closing:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
    return deepest
