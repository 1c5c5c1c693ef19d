"""Text of a source ▶ its front matter and its body.

Front matter is at the top of the file: YAML between two lines `---`, TOML between two lines `+++`, JSON between two
lines `;;;` or as an object in braces; a word after the first fence names another notation (`---json`). Or it is bare
lines `Key: value` up to the first empty line, or up to a line `---`, or lines `.. key: value`, perhaps in a comment.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dropcap.document.front_matter.fields import FrontMatter, front_matter
from dropcap.document.front_matter.json_ import json_object, json_values
from dropcap.document.front_matter.key_value import bare_values, is_metadata
from dropcap.document.front_matter.lost_text import comments
from dropcap.document.front_matter.toml import toml_values
from dropcap.document.front_matter.values import Table, known_as
from dropcap.document.front_matter.yaml import yaml_table
from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

MAXIMUM_CHARACTERS = 64 * 1024
"""Longest front matter that is read."""

_OPENING = lazy_pattern(
    r"(?:[ \t]*\n)*(?P<indent>[ ]{1,3}(?=---[ \t]*\n[ ]*\w+:\s))?"
    r"(?P<fence>---|\+\+\+|;;;)[ \t]*(?P<notation>yaml|toml|json)?[ \t]*(?:\n|\Z)",
    re.IGNORECASE,
)
"""The first fence; before one that a field follows, spaces are a slip: `draft: true` below it must count."""
_CLOSING = {
    "---": lazy_pattern(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": lazy_pattern(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
    ";;;": lazy_pattern(r"^;;;[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_INDENTED_CLOSING = lazy_pattern(r"^[ ]{0,3}---[ \t]*(?:\n|\Z)", re.MULTILINE)
_USUAL = {"---": "yaml", "+++": "toml", ";;;": "json"}
_READERS: Mapping[str, Callable[[str, int], Table]] = {"toml": toml_values, "json": json_values}
_BRACE = lazy_pattern(r"\s*\{\s*[\"}]")
_BARE = lazy_pattern(r"(?:[ \t]*\n)*((?:(?!---[ \t]*$)[ \t]*\S.*(?:\n|\Z))+)(?:---)?[ \t]*(?:\n|\Z)", re.MULTILINE)
_UNOPENED_JSON = lazy_pattern(r"\s*(\"[\w -]{1,40}\"[ \t]*:(?s:.*?))^;;;[ \t]*(?:\n|\Z)", re.MULTILINE)
"""JSON that only a closing line `;;;` ends, as old Hexo writes it."""
_DOTTED = lazy_pattern(
    r"\s*+<!--\s*((?:\.\.(?:[ \t]+[\w-]+:(?!:)(?:(?!-->).)*)?\s*)+)-->[ \t]*\n?"
    r"|\s*+((?:[ \t]*\.\.[ \t]+[\w-]+:(?!:).*(?:\n|\Z)|(?<=\n)[ \t]*\n(?=[ \t]*\.\. ))+)(?:[ \t]*\n|\Z)"
)
"""Nikola's head: lines `.. key: value`, in an HTML comment or up to an empty line."""
_DOTTED_LINE = lazy_pattern(r"[ \t]*\.\.[ \t]+([\w-]+):[ \t]*(.*)")
_BEGINS_BARE = lazy_pattern(r"(?:[ \t]*\n)*[^\W\d_][\w .-]{0,39}?[ \t]*:(?:\s|\Z)")
_FIELD = lazy_pattern(r"^[ \t]*+[\"']?([^\s:=#\"'{][^:=\"'\n]*+)[\"']?[ \t]*+[:=]", re.MULTILINE)


class SourceParts(NamedTuple):
    """A source in two parts; LINE is the line of the file on which BODY begins."""

    front: FrontMatter
    body: str
    line: int


def source_parts(text: str) -> SourceParts:
    """Split TEXT; a file without front matter is all body."""
    if opening := _OPENING.match(text):
        return _fenced(text, opening)
    if _BRACE.match(text):
        return _braced(text)
    if dotted := _DOTTED.match(text):
        return _dotted(text, dotted)
    if head := _UNOPENED_JSON.match(text):
        return _unopened_json(text, head)
    return _bare(text) or SourceParts(FrontMatter({}, {}), text, 1)


def _fenced(text: str, opening: re.Match[str]) -> SourceParts:
    fence, begin = opening["fence"], opening.end()
    first = _line_at(text, begin)
    closing = (_INDENTED_CLOSING if opening["indent"] else _CLOSING[fence]).search(text, begin)
    if not closing:
        raise ContentError(_unclosed(fence, first - 1))
    block = text[begin : closing.start()]
    _refuse_length(block, first)
    notation = (opening["notation"] or _USUAL[fence]).lower()
    if notation == "yaml":
        values, positions = yaml_table(block, first)
        lines = {known_as(path[0]): line for path, line in positions.items() if len(path) == 1}
        front = front_matter(values, _lines(block, first) | lines)._replace(findings=comments(block, first))
    else:
        front = front_matter(_READERS[notation](block, first), _lines(block, first))
    return _parts(front, text, closing.end())


def _braced(text: str) -> SourceParts:
    values, end = json_object(text, 1)
    block = text[:end]
    _refuse_length(block.lstrip(), _line_at(text, len(block) - len(block.lstrip())))
    rest = text[end:]
    return _parts(front_matter(values, _lines(block, 1)), text, end + len(rest) - len(rest.lstrip(" \t;")))


def _unopened_json(text: str, head: re.Match[str]) -> SourceParts:
    first = _line_at(text, head.start(1))
    block = head[1].rstrip().removesuffix(",")
    _refuse_length(block, first)
    return _parts(front_matter(json_values(block, first), _lines(block, first)), text, head.end())


def _bare(text: str) -> SourceParts | None:
    top = _BARE.match(text) if _BEGINS_BARE.match(text) else None
    if not top or len(top[1]) > MAXIMUM_CHARACTERS:
        return None
    first = _line_at(text, top.start(1))
    values = _unopened_yaml(top, first) or bare_values(top[1].rstrip("\n").split("\n"))
    return _parts(front_matter(values, _lines(top[1], first)), text, top.end()) if values else None


def _unopened_yaml(top: re.Match[str], first: int) -> Table | None:
    """Return the values of YAML that only a closing line `---` ends, as old Hexo writes it; None for another block."""
    if not top[0][len(top[1]) :].lstrip("\n").startswith("---"):
        return None
    try:
        values, _ = yaml_table(top[1], first)
    except ContentError:
        return None
    return values if is_metadata(values) else None


def _dotted(text: str, head: re.Match[str]) -> SourceParts:
    block = head[head.lastindex or 0]
    first = _line_at(text, head.start(head.lastindex or 0))
    values: Table = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(block.split("\n"), first):
        if field := _DOTTED_LINE.fullmatch(line):
            values[field[1]] = field[2].strip() or None
            lines[known_as(field[1])] = number
    _refuse_length(block, first)
    return _parts(front_matter(values, lines), text, head.end())


def _parts(front: FrontMatter, text: str, end: int) -> SourceParts:
    return SourceParts(front, text[end:], _line_at(text, end))


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _lines(block: str, first: int) -> dict[str, int]:
    """Return the line of everything that looks like a field's name; only the YAML reader knows lines itself."""
    lines: dict[str, int] = {}
    for field in _FIELD.finditer(block):
        lines.setdefault(known_as(field[1]), first + block.count("\n", 0, field.start(1)))
    return lines


def _refuse_length(block: str, line: int) -> None:
    if len(block) > MAXIMUM_CHARACTERS:
        raise ContentError(_too_long(len(block), line))


def _unclosed(fence: str, line: int) -> Finding:
    message = (
        f"The file begins with a line `{fence}`, which opens the front matter, but no second line `{fence}` closes it."
    )
    return Finding(
        message, f"Write a line `{fence}` after the last field; for a horizontal rule at the top, write `***`.", line
    )


def _too_long(length: int, line: int) -> Finding:
    message = f"The front matter has {length:,} characters; the limit is {MAXIMUM_CHARACTERS:,}."
    return Finding(message, "Move the text below the second fence line: that is where the post itself belongs.", line)
