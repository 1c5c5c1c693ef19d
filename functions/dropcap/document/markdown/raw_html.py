"""HTML that an author wrote among Markdown ▶ the same, with what is no HTML as text and old anchors as ids."""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from dropcap.document.markdown.elements import ELEMENTS
from dropcap.document.private_markup import typed
from dropcap.patterns import lazy_pattern

_OPENING = lazy_pattern(r"<(?:!--|[!?]|/(?![A-Za-z])|(/?)([A-Za-z][^\s/<>]*))")
_VALUE = r"\s*=\s*(?:\"(?:[^\"<]*\"|[^\"]*\"(?=[\s/>]))|'(?:[^'<]*'|[^']*'(?=[\s/>]))|[^\s\"'<>][^\s<>]*|(?=>))"
_REST = lazy_pattern(rf"((?:[\s/]|[^\s/<>=]++(?:{_VALUE}|(?!\s*=)))*+)>")
"""The attributes of a tag as browsers read them. A tag is broken if it meets `<` or the end before its `>`."""

_DECLARATION = lazy_pattern(r"((?:\"[^\"]*\"|'[^']*'|[^\"'<>])*+)>|([^<>]*)>")
_LONGEST_DECLARATION = 1_000
_ATTRIBUTE = lazy_pattern(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?")
_VERBATIM = frozenset({"script", "style", "svg", "math", "textarea", "template", "select"})
"""Elements whose content is no part of the text; what is within them is not looked at."""

CODE = frozenset({"pre", "code", "kbd", "samp", "tt"})
"""Elements whose content is code."""

SWALLOWING = _VERBATIM | {"iframe", "noembed", "noframes", "noscript", "object", "plaintext", "title", "xmp"}
"""Elements that swallow the rest of the text if they are never closed."""

_SWALLOWS = lazy_pattern(rf"<({'|'.join(sorted(SWALLOWING))})\b", re.IGNORECASE)
_COMMENT = "!--"


class HtmlTag(NamedTuple):
    """A tag in a piece of HTML, from BEGIN to END: its NAME, whether it closes an element, and its attributes.

    Its LINE is counted from 0 within the piece. Of a tag that IS_BROKEN, since its `>` is missing, the rest is unknown.
    """

    name: str
    closes: bool
    attributes: dict[str, str]
    begin: int
    end: int
    line: int
    is_broken: bool = False


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

    A declaration is called by its first sign. A comment that is not closed is a broken tag.
    """
    at = line = counted = 0
    while opening := _OPENING.search(html, at):
        name, begin, at = (opening[2] or opening[0][1:]).lower(), opening.start(), opening.end()
        line, counted = line + html.count("\n", counted, begin), begin
        if name == _COMMENT and (end := html.find("-->", at - 2)) >= 0:
            at = end + 3
            continue
        if name == _COMMENT:
            rest = None
        elif opening[2]:
            rest = _REST.match(html, at)
        else:
            rest = _DECLARATION.match(html, at, at + _LONGEST_DECLARATION)
        at = len(html) if name == _COMMENT else rest.end() if rest else at
        attributes = attributes_in(rest[1]) if rest and opening[2] else {}
        yield HtmlTag(name, bool(opening[1]), attributes, begin, at, line, is_broken=not rest)
        if rest and name in _VERBATIM - unclosed and not opening[1] and not rest[1].endswith("/"):
            end_tag = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
            at = end_tag.start() if end_tag else len(html)


def never_closed(html: str) -> frozenset[str]:
    """Return the swallowing elements that HTML opens and does not close."""
    names = {match[1].lower(): match.end() for match in _SWALLOWS.finditer(html)}
    lower = html.lower() if names else ""
    return frozenset(name for name, end in names.items() if lower.find(f"</{name}", end) < 0)


def open_comment(html: str) -> int:
    """Return where the comment begins that HTML does not close; -1 if there is none."""
    return next((tag.begin for tag in tags(html) if tag.name == _COMMENT), -1) if "<!--" in html else -1


def cleaned(html: str, unclosed: frozenset[str] = frozenset()) -> tuple[str, list[HtmlTag]]:
    """Return HTML with tags that are no HTML or broken as text, and these; so are UNCLOSED elements.

    `<a name="x">` becomes `<a name="x" id="x">`, since the sanitiser removes names; one with another id gets an empty
    anchor before it. A broken tag that begins the block, and that no `>` follows, is the whole block for CommonMark:
    the HTML returned is then empty, and in no other case with a tag.
    """
    parts, as_text, at, first = [], [], 0, len(html) - len(html.lstrip())
    for tag in tags(html, unclosed):
        source = html[tag.begin : tag.end]
        if tag.name == _COMMENT:
            break
        if tag.is_broken and tag.begin == first and html.find(">", first) < 0:
            return "", [tag]
        if tag.is_broken or not is_element(tag.name) or (tag.name in unclosed and not source.endswith("/>")):
            as_text.append(tag)
            parts += [html[at : tag.begin], typed(source)]
            at = tag.end
        elif tag.name == "a" and tag.attributes.get("name", "") not in {"", tag.attributes.get("id")}:
            anchor = f'<a id="{escape(tag.attributes["name"])}"'
            parts += [html[at : tag.begin], f"{anchor}></a>{source}" if "id" in tag.attributes else anchor + source[2:]]
            at = tag.end
    return "".join([*parts, html[at:]]), as_text
