"""HTML that an author wrote among Markdown ▶ the same, with what is no HTML as text and old anchors as ids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from dropcap.document.markdown.elements import ELEMENTS
from dropcap.document.private_markup import typed

_OPENING = re.compile(r"<(?:!--|[!?]|(/?)([A-Za-z][^\s/<>]*))")
_REST = re.compile(r"((?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_VERBATIM = frozenset({"script", "style", "svg", "math", "textarea", "template", "select"})
"""Elements whose content is no part of the text; what is within them is not looked at."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in a piece of HTML, from BEGIN to END: its NAME, whether it closes an element, and its attributes."""

    name: str
    closes: bool
    attributes: dict[str, str]
    begin: int
    end: int


def is_element(name: str) -> bool:
    """Return whether HTML has an element NAME."""
    return name.lower() in ELEMENTS


def attributes_in(text: str) -> dict[str, str]:
    """Return the attributes that the TEXT of a tag holds; one without a value has an empty one."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), double or single or bare)
    return found


def tags(html: str) -> Iterator[Tag]:
    """Yield the tags of HTML, outside of comments, scripts and drawings. A declaration is called by its first sign."""
    at = 0
    while opening := _OPENING.search(html, at):
        name = (opening[2] or opening[0][1:2]).lower()
        if opening[0] == "<!--":
            end = html.find("-->", opening.end())
            at = end + 3 if end >= 0 else len(html)
            continue
        rest = _REST.match(html, opening.end())
        if not rest:
            at = opening.end()
            continue
        at = rest.end()
        yield Tag(name, bool(opening[1]), attributes_in(rest[1]) if opening[2] else {}, opening.start(), at)
        if name in _VERBATIM and not opening[1] and not rest[1].endswith("/"):
            end = html.lower().find(f"</{name}", at)
            at = end if end >= 0 else len(html)


def cleaned(html: str) -> tuple[str, list[tuple[str, int]]]:
    """Return HTML with tags of elements that do not exist as text, and those tags with their positions.

    `<a name="x">` becomes `<a name="x" id="x">`, since the sanitiser removes names.
    """
    parts, unknown, at = [], [], 0
    for tag in tags(html):
        source = html[tag.begin : tag.end]
        if not is_element(tag.name):
            unknown.append((source, tag.begin))
            parts += [html[at : tag.begin], typed(source)]
            at = tag.end
        elif tag.name == "a" and tag.attributes.get("name") and "id" not in tag.attributes:
            identifier = escape(tag.attributes["name"])
            parts += [html[at : tag.begin], f'<a id="{identifier}"{source[2:]}']
            at = tag.end
    return "".join([*parts, html[at:]]), unknown
