"""The headings of a text ▶ its table of contents."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote

from dropcap.document.private_markup import CONTENTS

MAXIMUM_ENTRIES = 200
"""Most headings of one table of contents."""

_HEADING = re.compile(
    r'<h(?P<level>[1-6])(?P<attributes>(?:\s+[a-z-]+="[^"]*")*)>(?P<text>.*?)</h(?P=level)>', re.DOTALL
)
_ID = re.compile(r'\sid="([^"]*)"')
_LEFT_OUT = re.compile(r'\sclass="(?:[^"]*\s)?no_toc[\s"]')
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')
_MARKER = re.compile(rf"<{CONTENTS}[^>]*></{CONTENTS}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading: where it is (FRAGMENT, for `#…`), its TEXT, and the ENTRIES below it."""

    fragment: str
    text: str
    entries: "tuple[Entry, ...]" = ()


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    fragment: str
    text: str


def contents(html: str) -> tuple[Entry, ...]:
    """Give the table of contents of sanitised HTML, nested as its headings are, without those of class `no_toc`."""
    return _nested(list(_headings(html))[:MAXIMUM_ENTRIES])


def with_contents(html: str) -> str:
    """Give HTML with its table of contents where its author wants it."""
    if f"<{CONTENTS}" not in html:
        return html
    listed = _listed(contents(html))
    return _MARKER.sub(lambda _: f'<div class="toc">{listed}</div>' if listed else "", html)


def _headings(html: str) -> Iterator[_Heading]:
    for found in _HEADING.finditer(html):
        fragment = _ID.search(found["attributes"])
        text = " ".join(unescape(_TAG.sub("", _FOOTNOTE.sub("", found["text"]))).split())
        if fragment and text and not _LEFT_OUT.search(found["attributes"]):
            yield _Heading(int(found["level"]), unescape(fragment[1]), text)


def _nested(headings: Sequence[_Heading]) -> tuple[Entry, ...]:
    entries = []
    begin = 0
    while begin < len(headings):
        first = headings[begin]
        end = begin + 1
        while end < len(headings) and headings[end].level > first.level:
            end += 1
        entries.append(Entry(first.fragment, first.text, _nested(headings[begin + 1 : end])))
        begin = end
    return tuple(entries)


def _listed(entries: Sequence[Entry]) -> str:
    return f"<ul>{''.join(map(_item, entries))}</ul>" if entries else ""


def _item(entry: Entry) -> str:
    address, text = escape(quote(entry.fragment)), escape(entry.text, quote=False)
    return f'<li><a href="#{address}">{text}</a>{_listed(entry.entries)}</li>'
