"""The body of a note ▶ what of it another page shows: all, a heading with what is below it, or one block."""

import re
from html import escape, unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\"[^\"]*\"|[^\">])*)>")
_ID = re.compile(r'\sid="([^"]*)"')
_OWN_FRAGMENT = re.compile(r'(?<=\shref=")#')
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_HEADING = re.compile(r"h([1-6])")


def section(body: str, fragment: str, address: str) -> str:
    """Give the part of sanitised BODY that FRAGMENT names, all of it for an empty one; empty if it has no such part.

    What is shown elsewhere has no ids of its own, and its links to its own parts lead to ADDRESS.
    """
    part = _part(body, fragment) if fragment else body
    leading = f"{escape(address)}#"
    return _OWN_FRAGMENT.sub(lambda _: leading, _TAG.sub(_without_id, part)).strip()


def _part(body: str, fragment: str) -> str:
    begin, depth, level = -1, 0, 0
    for tag in _TAG.finditer(body):
        closing, element = tag[1], tag[2].lower()
        if begin < 0:
            identifier = None if closing else _ID.search(tag[3])
            if identifier and unescape(identifier[1]) == fragment:
                heading = _HEADING.fullmatch(element)
                begin, level = tag.start(), int(heading[1]) if heading else 0
                depth = 0 if element in _VOID else 1
            continue
        if element in _VOID:
            continue
        other = _HEADING.fullmatch(element)
        if level and depth == 0 and not closing and other and int(other[1]) <= level:
            return body[begin : tag.start()]
        depth += -1 if closing else 1
        if depth < 0:
            return body[begin : tag.start()]
        if not level and depth == 0:
            return body[begin : tag.end()]
    return body[begin:] if begin >= 0 else ""


def _without_id(tag: re.Match[str]) -> str:
    return _ID.sub("", tag[0]) if " id=" in tag[0] else tag[0]
