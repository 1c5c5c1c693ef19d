"""HTML that an author wrote among Markdown ▶ the same, with what is no HTML as text and old anchors as ids."""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from dropcap.document.markdown.elements import ELEMENTS
from dropcap.document.private_markup import typed
from dropcap.patterns import lazy_pattern

_OPENING = lazy_pattern(r"<(?:!--|[!?]|(/?)([A-Za-z][^\s/<>]*))")
_REST = lazy_pattern(r"((?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)>")
_ATTRIBUTE = lazy_pattern(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_VERBATIM = frozenset({"script", "style", "svg", "math", "textarea", "template", "select"})
"""Elements whose content is no part of the text; what is within them is not looked at."""

CODE = frozenset({"pre", "code", "kbd", "samp", "tt"})
"""Elements whose content is code."""

SWALLOWING = _VERBATIM | {"iframe", "noembed", "noframes", "noscript", "object", "plaintext", "title", "xmp"}
"""Elements that swallow the rest of the text if they are never closed."""

_SWALLOWS = lazy_pattern(rf"<({'|'.join(sorted(SWALLOWING))})\b", re.IGNORECASE)


class HtmlTag(NamedTuple):
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
    attributes: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        attributes.setdefault(name.lower(), double or single or bare)
    return attributes


def tags(html: str, unclosed: frozenset[str] = frozenset()) -> Iterator[HtmlTag]:
    """Yield the tags of HTML, outside of comments, scripts and drawings, unless these are UNCLOSED.

    A declaration is called by its first sign.
    """
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
        yield HtmlTag(name, bool(opening[1]), attributes_in(rest[1]) if opening[2] else {}, opening.start(), at)
        if name in _VERBATIM - unclosed and not opening[1] and not rest[1].endswith("/"):
            end = html.lower().find(f"</{name}", at)
            at = end if end >= 0 else len(html)


def never_closed(html: str) -> frozenset[str]:
    """Return the swallowing elements that HTML opens and does not close."""
    names = {match[1].lower(): match.end() for match in _SWALLOWS.finditer(html)}
    lower = html.lower() if names else ""
    return frozenset(name for name, end in names.items() if lower.find(f"</{name}", end) < 0)


def cleaned(html: str, unclosed: frozenset[str] = frozenset()) -> tuple[str, list[tuple[str, int]]]:
    """Return HTML with tags that are no HTML as text, and these with their positions; so are UNCLOSED elements.

    `<a name="x">` becomes `<a name="x" id="x">`, since the sanitiser removes names; one with another id gets an empty
    anchor before it.
    """
    parts, unknown, at = [], [], 0
    for tag in tags(html, unclosed):
        source = html[tag.begin : tag.end]
        if not is_element(tag.name) or (tag.name in unclosed and not source.endswith("/>")):
            unknown.append((source, tag.begin))
            parts += [html[at : tag.begin], typed(source)]
            at = tag.end
        elif tag.name == "a" and tag.attributes.get("name", "") not in {"", tag.attributes.get("id")}:
            anchor = f'<a id="{escape(tag.attributes["name"])}"'
            parts += [html[at : tag.begin], f"{anchor}></a>{source}" if "id" in tag.attributes else anchor + source[2:]]
            at = tag.end
    return "".join([*parts, html[at:]]), unknown
