"""Text of a source ▶ its front matter and its body.

The front matter stands at the head of the file, as YAML between two lines `---` or as TOML between two lines `+++`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dropcap.document.plain_values import Table, Value
from dropcap.document.source_text import CONTROLS
from dropcap.document.toml_values import toml_values
from dropcap.document.yaml_values import yaml_values
from dropcap.errors import ContentError, Finding

Warn: TypeAlias = Callable[[Finding], None]
"""Takes what the author should know of a file that is published all the same."""

MAXIMUM_CHARACTERS = 64 * 1024
"""Longest front matter that is read."""

_OPENING = re.compile(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*(?:\n|\Z)")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_READERS = {"---": yaml_values, "+++": toml_values}
_ENTRY = re.compile(r"^[ \t]*[\"']?([^\s:=#\"'][^:=\"'\n]*?)[\"']?[ \t]*[:=]", re.MULTILINE)
_NESTS = ("params", "taxonomies", "extra")
_PLACES = frozenset({"url", "path", "permalink", "slug"})


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the front matter: its NAME as typed, its VALUE, and the LINE of the file on which it stands."""

    name: str
    value: Value
    line: int | None

    @property
    def text(self) -> str:
        """Give the value as one line of text; empty where it is no text."""
        return _line(self.value)

    @property
    def known_as(self) -> str:
        """Give the name by which the entry is found: `publishDate`, `publish_date` and `Publish-Date` are one."""
        return _known_as(self.name)

    def items(self, splits: str) -> Iterator[str]:
        """Give the texts of a list, or of one text split at any character of SPLITS, without empty ones.

        What is known by a table (`name: Ada`, `url: /ada.jpg`) counts as the first text in it.
        """
        values = (
            self.value
            if isinstance(self.value, list)
            else re.split(f"[{splits}]", self.text)
            if self.text and splits
            else [self.value]
        )
        return filter(
            None, (_line(next(iter(value.values()), "") if isinstance(value, dict) else value) for value in values)
        )

    def finding(self, message: str, remedy: str) -> Finding:
        """Say MESSAGE and REMEDY of this entry."""
        return Finding(message, remedy, self.line)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The entries by their names, which are compared without regard to case, `-`, `_` and spaces."""

    fields: Mapping[str, Field]

    def given(self, *names: str) -> Iterator[Field]:
        """Give the entries under NAMES that are not left empty, in that order."""
        for name in names:
            field = self.fields.get(_known_as(name))
            if field and field.value not in (None, "", [], {}):
                yield field

    def text(self, *names: str) -> str:
        """Give the first text under NAMES; empty where there is none."""
        return next((field.text for field in self.given(*names) if field.text), "")


@dataclass(frozen=True, slots=True)
class SourceParts:
    """A source taken apart; LINE is the line of the file on which BODY begins."""

    front: FrontMatter
    body: str
    line: int


def source_parts(text: str) -> SourceParts:
    """Take TEXT apart; a file without front matter is all body."""
    opening = _OPENING.match(text)
    if not opening:
        return SourceParts(FrontMatter({}), text, 1)
    fence, begin = opening[1], opening.end()
    first = text.count("\n", 0, begin) + 1
    closing = _CLOSING[fence].search(text, begin)
    if not closing:
        raise ContentError(_unclosed(fence, first - 1))
    block = text[begin : closing.start()]
    if len(block) > MAXIMUM_CHARACTERS:
        raise ContentError(_too_long(len(block), first))
    body = text[closing.end() :]
    return SourceParts(
        _front_matter(_READERS[fence](block, first), block, first), body, text.count("\n", 0, closing.end()) + 1
    )


def _front_matter(values: Table, block: str, first: int) -> FrontMatter:
    lines = _lines(block, first)
    fields: dict[str, Field] = {}
    for table in (*_nested(values), values):
        for name, value in table.items():
            fields[_known_as(name)] = Field(name, value, lines.get(_known_as(name)))
    return FrontMatter(fields)


def _nested(values: Table) -> Iterator[Table]:
    """Give the tables in which Hugo and Zola keep what is not their own; an address means something else there."""
    named = {_known_as(name): value for name, value in values.items()}
    for nest in _NESTS:
        table = named.get(nest)
        if isinstance(table, dict):
            yield {name: value for name, value in table.items() if _known_as(name) not in _PLACES}


def _lines(block: str, first: int) -> dict[str, int]:
    """Give the line of the file for whatever looks like the name of an entry; neither reader tells it of all."""
    lines: dict[str, int] = {}
    for entry in _ENTRY.finditer(block):
        lines.setdefault(_known_as(entry[1]), first + block.count("\n", 0, entry.start(1)))
    return lines


def _line(value: Value) -> str:
    return " ".join(CONTROLS.sub("", value).split()) if isinstance(value, str) else ""


def _known_as(name: str) -> str:
    return "".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _unclosed(fence: str, line: int) -> Finding:
    message = (
        f"The file begins with a line `{fence}`, which opens the front matter, but no second line `{fence}` closes it."
    )
    return Finding(message, f"Write a line `{fence}` after the last entry; for a rule at the top, write `***`.", line)


def _too_long(length: int, line: int) -> Finding:
    message = f"The front matter has {length:,} characters; it may have {MAXIMUM_CHARACTERS:,}."
    return Finding(message, "Move the text below the second fence line: that is where the post itself goes.", line)
