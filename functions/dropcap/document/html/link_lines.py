"""Placeholders of links ▶ the same with the line of the file on which the author wrote the link."""

from collections.abc import Mapping

from dropcap.document.html.link_placeholders import with_link_attribute
from dropcap.document.html.link_targets import source_names
from dropcap.document.private_markup import SEPARATOR

LINE = "line"
"""Attribute of a placeholder: the line of the source file, counted from 1."""


def with_link_lines(html: str, lines: Mapping[str, int], key: str) -> str:
    """Return HTML of the source KEY whose placeholders have their line; LINES are those of names and addresses."""
    by_names: dict[str, int] = {}
    for target, line in lines.items():
        source = source_names(key, target)
        names = SEPARATOR.join(source[0]) if source else target
        by_names[names] = min(line, by_names.get(names, line))

    def line_of(names: tuple[str, ...]) -> str:
        return str(by_names.get(SEPARATOR.join(names), ""))

    return with_link_attribute(html, LINE, line_of)
