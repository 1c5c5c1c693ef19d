"""Headings ▶ headings that a link can point at."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from xml.etree.ElementTree import Element

from markdown.blockprocessors import HashHeaderProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from dropcap.document.paths.slugs import slug

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SET_ASIDE = re.compile("\x02[^\x03]*\x03")


class HeadingProcessor(HashHeaderProcessor):
    """Reads `# A` as a heading and `#a` as text, which is a tag to many; `##A` is a heading in older files."""

    RE = re.compile(r"(?:^|\n)(?P<level>#(?=[ \n]|\Z)|#{2,6}(?!#))(?P<header>(?:\\.|[^\\])*?)#*(?:\n|\Z)")


class AnchorTreeprocessor(Treeprocessor):
    """Gives every heading that has no id one that says what the heading says: `Next steps`, `next-steps`.

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
    name = slug(unescape(text)) or "section"
    yield name
    yield from (f"{name}-{number}" for number in count(2))
