"""The body of a note ▶ the part that another page shows: all of it, one section, or one block."""

import re
from html import escape, unescape

from dropcap.html_tags import ID, TAG, VOID
from dropcap.patterns import lazy_pattern

_OWN_FRAGMENT = lazy_pattern(r'(?<=\shref=")#')
_HEADING = lazy_pattern(r"h([1-6])")


def section(body: str, fragment: str, address: str) -> str:
    """Return the part of sanitised BODY with the id FRAGMENT: a heading and the text below it, or one block.

    An empty FRAGMENT stands for all of BODY; the result is empty if there is no such part. Its ids are removed, and its
    links to its own parts lead to ADDRESS.
    """
    part = _part(body, fragment) if fragment else body
    leading = f"{escape(address)}#"
    return _OWN_FRAGMENT.sub(lambda _: leading, TAG.sub(_without_id, part)).strip()


def _part(body: str, fragment: str) -> str:
    begin, depth, level = -1, 0, 0
    for tag in TAG.finditer(body):
        closing, element = tag["end"], tag["name"].lower()
        if begin < 0:
            identifier = None if closing else ID.search(tag["attributes"])
            if identifier and unescape(identifier[1]) == fragment:
                heading = _HEADING.fullmatch(element)
                begin, level = tag.start(), int(heading[1]) if heading else 0
                depth = 0 if element in VOID else 1
            continue
        if element in VOID:
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
    return ID.sub("", tag[0]) if " id=" in tag[0] else tag[0]
