"""Headings of a text ▶ its table of contents."""

from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote

from dropcap.document.private_markup import CONTENTS, CONTENTS_MARK
from dropcap.html_tags import HEADING, ID, line_of
from dropcap.patterns import lazy_pattern

MAXIMUM_ITEMS = 200
"""Most headings of one table of contents."""

_LEFT_OUT = lazy_pattern(r'\sclass="(?:[^"]*\s)?no_toc[\s"]')


class TocItem(NamedTuple):
    """A heading in a table of contents: its id (FRAGMENT, for `#…`), its TEXT, and the ITEMS below it."""

    fragment: str
    text: str
    items: "tuple[TocItem, ...]" = ()


class _LevelledHeading(NamedTuple):
    level: int
    fragment: str
    text: str


def contents(html: str) -> tuple[TocItem, ...]:
    """Return the table of contents of sanitised HTML, nested by level; headings of class `no_toc` are left out."""
    return _nested(list(_headings(html))[:MAXIMUM_ITEMS])


def with_contents(html: str) -> str:
    """Return HTML with its table of contents in place of the author's `[TOC]`."""
    if f"<{CONTENTS}" not in html:
        return html
    listed = _list(contents(html))
    return CONTENTS_MARK.sub(lambda _: f'<div class="toc">{listed}</div>' if listed else "", html)


def _headings(html: str) -> Iterator[_LevelledHeading]:
    for heading in HEADING.finditer(html):
        fragment = ID.search(heading["attributes"])
        text = line_of(heading["inner"])
        if fragment and text and not _LEFT_OUT.search(heading["attributes"]):
            yield _LevelledHeading(int(heading["level"]), unescape(fragment[1]), text)


def _nested(headings: Sequence[_LevelledHeading]) -> tuple[TocItem, ...]:
    items = []
    begin = 0
    while begin < len(headings):
        first = headings[begin]
        end = begin + 1
        while end < len(headings) and headings[end].level > first.level:
            end += 1
        items.append(TocItem(first.fragment, first.text, _nested(headings[begin + 1 : end])))
        begin = end
    return tuple(items)


def _list(items: Sequence[TocItem]) -> str:
    return f"<ul>{''.join(map(_item, items))}</ul>" if items else ""


def _item(item: TocItem) -> str:
    address, text = escape(quote(item.fragment)), escape(item.text, quote=False)
    return f'<li><a href="#{address}">{text}</a>{_list(item.items)}</li>'
