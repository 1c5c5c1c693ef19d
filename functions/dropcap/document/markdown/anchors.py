"""Headings ▶ headings that a link can point at."""

from collections.abc import Iterator
from html import unescape
from itertools import count
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from dropcap.document.markdown.notes import is_mark
from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.document.paths.slugs import slug
from dropcap.document.private_markup import as_typed
from dropcap.patterns import lazy_pattern

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SET_ASIDE = lazy_pattern("\x02[^\x02\x03]*\x03")
_SHORTCODE = lazy_pattern(SHORTCODE)


class AnchorTreeprocessor(Treeprocessor):
    """Sets an id made of its text on every heading without one: `Next steps` gets `next-steps`.

    The same text again is `next-steps-2`. A wikilink's `#Next steps` is written the same way, so it leads there.
    """

    def run(self, root: Element) -> None:
        """Set the ids in the tree under ROOT."""
        taken = {identifier for element in root.iter() if (identifier := element.get("id"))}
        counted: dict[str, int] = {}
        for element in root.iter():
            if element.tag in _HEADINGS and not element.get("id"):
                name = _name(element)
                number = next(number for number in count(counted.get(name, 1)) if _numbered(name, number) not in taken)
                counted[name] = number + 1
                element.set("id", _numbered(name, number))
                taken.add(_numbered(name, number))


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _name(heading: Element) -> str:
    """Return the id made of the text of HEADING; `section` if it has no letter."""
    text = _SET_ASIDE.sub("", "".join(_words(heading)).replace(AMP_SUBSTITUTE, "&"))
    return slug(_SHORTCODE.sub("", as_typed(unescape(text)))) or "section"


def _words(element: Element) -> Iterator[str]:
    """Yield the text of ELEMENT without the numbers of footnotes, which change when one is inserted above."""
    yield element.text or ""
    for inner in element:
        if not is_mark(inner):
            yield from _words(inner)
        yield inner.tail or ""
