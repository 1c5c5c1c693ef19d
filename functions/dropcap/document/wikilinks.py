"""Wikilinks: `[[name]]`, `[[name|text]]`, `[[name#heading]]` ▶ placeholders ▶ links to what stands under that name.

A placeholder keeps the name that the author wrote, so that nothing that happens to another file changes this one.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from dropcap.document.slugs import link_name, slug

PLACEHOLDER = "dropcap-link"
MAXIMUM_LINKS = 100
"""Most different names that one document may mention."""

_WIKILINK = r"(?<!\\)!?\[\[([^\[\]|#\n]{0,300}?)(?:#([^\[\]|\n]{1,300}?))?(?:\\?\|([^\[\]\n]{1,1000}))?\]\](?![(\[])"
_ANY = re.compile(rf'<{PLACEHOLDER}((?:"[^"]*"|[^">])*)>|</{PLACEHOLDER}>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_PATH_MARKS = "/!$&'()*+,;=:@~"


class WikilinkProcessor(InlineProcessor):
    """Makes a placeholder of a wikilink. What Markdown knows stays what it is: `[[1]](url)`, `[[1]]` with `[1]: …`."""

    def __init__(self, md: Markdown) -> None:
        """Take the Markdown instance that asks."""
        super().__init__(_WIKILINK, md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802 -- Python-Markdown's name; its stubs promise less
        """Give the placeholder for the wikilink M."""
        target, heading, text = (part.strip() if part else "" for part in m.groups())
        if target.lower() in self.md.references or not (link_name(target) or heading):
            return None, None, None
        shown = text or " \N{RIGHTWARDS ARROW} ".join(filter(None, (target, heading)))
        return _placeholder(link_name(target), slug(heading), shown), m.start(0), m.end(0)


class NestedLinkTreeprocessor(Treeprocessor):
    """Makes text of a placeholder within a link, since HTML knows no link within a link."""

    def run(self, root: Element) -> None:
        """Change the tree under ROOT."""
        for link in root.iter("a"):
            for inner in link.iter(PLACEHOLDER):
                inner.tag = "span"
                inner.attrib.clear()


def linked_names(html: str) -> tuple[str, ...]:
    """List the names that HTML's placeholders mention, each once, in the order of the text."""
    attributes = (_attributes(found[1]) for found in _ANY.finditer(html) if found[1])
    return tuple(dict.fromkeys(found["name"] for found in attributes if found.get("name")))[:MAXIMUM_LINKS]


def resolve(html: str, targets: Mapping[str, str | None]) -> str:
    """Give HTML with every placeholder as a link to TARGETS' path for its name, or as text where there is none yet."""
    if PLACEHOLDER not in html:
        return html
    return "".join(_pieces(html, targets))


def _pieces(html: str, targets: Mapping[str, str | None]) -> Iterator[str]:
    ends: list[str] = []
    begin = 0
    for found in _ANY.finditer(html):
        yield html[begin : found.start()]
        begin = found.end()
        if found[1] is None:
            yield ends.pop() if ends else ""
        else:
            start, end = _link(_attributes(found[1]), targets)
            ends.append(end)
            yield start
    yield html[begin:]


def _link(attributes: Mapping[str, str], targets: Mapping[str, str | None]) -> tuple[str, str]:
    path = targets.get(attributes.get("name", ""))
    if not path:
        return '<span class="unresolved" title="Not published yet">', "</span>"
    fragment = attributes.get("fragment")
    address = quote(path, safe=_PATH_MARKS) + (f"#{quote(fragment)}" if fragment else "")
    return f'<a href="{escape(address)}">', "</a>"


def _placeholder(name: str, fragment: str, text: str) -> Element:
    element = Element(PLACEHOLDER, {"name": name}) if name else Element("a", {"href": f"#{fragment}"})
    if name and fragment:
        element.set("fragment", fragment)
    element.text = AtomicString(text)
    return element


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(text)}
