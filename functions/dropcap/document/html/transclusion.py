"""The body of a note ▶ the part that another page shows: all of it, one section, or one block."""

import re
from html import escape, unescape

from dropcap.html_tags import ID, TAG, VOID
from dropcap.patterns import lazy_pattern

_OWN_FRAGMENT = lazy_pattern(r'(?<=\shref=")#')
_HEADING = lazy_pattern(r"h([1-6])")
_START = lazy_pattern(r'\sstart="(\d{1,9})"')
_LISTS = frozenset({"ol", "ul"})
_CELLS = frozenset({"dd", "dt", "td", "th", "caption", "figcaption", "summary"})
"""Elements that stand only within another one, and whose content may stand alone."""
_ROWS = frozenset({"tr", "thead", "tbody", "tfoot"})


def section(body: str, fragment: str, address: str) -> str:
    """Return the part of sanitised BODY with the id FRAGMENT: a heading and the text below it, or one block.

    An empty FRAGMENT stands for all of BODY; the result is empty if there is no such part. Its ids are removed, and its
    links to its own parts lead to ADDRESS.
    """
    part = _part(body, fragment) if fragment else body
    leading = f"{escape(address)}#"
    return TAG.sub(lambda tag: _OWN_FRAGMENT.sub(lambda _: leading, _without_id(tag)), part).strip()


def _part(body: str, fragment: str) -> str:
    begin, depth, level = -1, 0, 0
    lists: list[tuple[str, int]] = []
    for tag in TAG.finditer(body):
        closing, element = tag["end"], tag["name"].lower()
        if begin < 0:
            _count(lists, tag)
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
            return _standing(element, body[begin : tag.end()], lists)
    return body[begin:] if begin >= 0 else ""


def _count(lists: list[tuple[str, int]], tag: re.Match[str]) -> None:
    """Keep in LISTS, behind TAG, the lists that are open, each with the number of its last item."""
    if tag["name"] in _LISTS and tag["end"]:
        del lists[-1:]
    elif tag["name"] in _LISTS:
        start = _START.search(tag["attributes"])
        lists.append((tag["name"], int(start[1]) - 1 if start else 0))
    elif tag["name"] == "li" and not tag["end"] and lists:
        lists[-1] = lists[-1][0], lists[-1][1] + 1


def _standing(element: str, block: str, lists: list[tuple[str, int]]) -> str:
    """Return BLOCK, an ELEMENT, as it may stand alone: an item in a list like the last of LISTS, with its number."""
    if element == "li":
        kind, number = lists[-1] if lists else ("ul", 1)
        start = f' start="{number}"' if kind == "ol" and number > 1 else ""
        return f"<{kind}{start}>\n{block}\n</{kind}>"
    if element in _CELLS:
        return f"<div>{block[block.index('>') + 1 : block.rindex('<')]}</div>"
    return f"<table>{block}</table>" if element in _ROWS else block


def _without_id(tag: re.Match[str]) -> str:
    return ID.sub("", tag[0]) if " id=" in tag[0] else tag[0]
