"""Headings ▶ headings that a link can point at."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from dropcap.document.markdown.shortcodes import SHORTCODE
from dropcap.document.paths.slugs import slug
from dropcap.document.private_markup import as_typed

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SET_ASIDE = re.compile("\x02[^\x03]*\x03")
_SHORTCODE = re.compile(SHORTCODE)


class AnchorTreeprocessor(Treeprocessor):
    """Sets an id made of its text on every heading without one: `Next steps` gets `next-steps`.

    The same text again is `next-steps-2`. A wikilink's `#Next steps` is written the same way, so it leads there.
    """

    def run(self, root: Element) -> None:
        """Set the ids in the tree under ROOT."""
        taken = {identifier for element in root.iter() if (identifier := element.get("id"))}
        for element in root.iter():
            if element.tag in _HEADINGS and not element.get("id"):
                identifier = next(name for name in _names(element) if name not in taken)
                element.set("id", identifier)
                taken.add(identifier)


def _names(heading: Element) -> Iterator[str]:
    text = _SET_ASIDE.sub("", "".join(heading.itertext()).replace(AMP_SUBSTITUTE, "&"))
    name = slug(_SHORTCODE.sub("", as_typed(unescape(text)))) or "section"
    yield name
    yield from (f"{name}-{number}" for number in count(2))
