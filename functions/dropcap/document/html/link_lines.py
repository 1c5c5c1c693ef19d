"""Placeholders of links ▶ the same with the line of the file on which the author wrote the link."""

from collections.abc import Iterator

from dropcap.document.html.link_placeholders import with_link_attribute
from dropcap.document.html.link_targets import source_names, wikilink_names
from dropcap.patterns import lazy_pattern

LINE = "line"
"""Attribute of a placeholder: the line of the source file, counted from 1."""

_WIKILINK = lazy_pattern(r"\[\[([^\[\]|#\n]{1,300})")
_ADDRESS = lazy_pattern(r"(?:\]\(\s*|\]:\s+)(?:<([^<>\n]+)>|([^\s()<>]+))")


def with_link_lines(html: str, body: str, first: int, key: str) -> str:
    """Return HTML of the source KEY whose placeholders have their line; BODY begins on line FIRST of the file."""
    lines: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(body.split("\n"), first):
        for names in _names(line, key):
            lines.setdefault(names, number)
    return with_link_attribute(html, LINE, lambda names: str(lines[names]) if names in lines else "")


def _names(line: str, key: str) -> Iterator[tuple[str, ...]]:
    if "[[" in line:
        yield from (wikilink_names(key, match[1].strip()) for match in _WIKILINK.finditer(line))
    if "](" in line or "]:" in line:
        for match in _ADDRESS.finditer(line):
            target = source_names(key, match[1] or match[2])
            if target:
                yield target[0]
