"""The entries of front matter, whatever its notation, and how they are looked up."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dropcap.document.front_matter.field_names import KNOWN, NESTS
from dropcap.document.front_matter.values import Table, Value, known_as, one_line
from dropcap.document.source_text import CONTROLS
from dropcap.errors import Finding

Warn: TypeAlias = Callable[[Finding], None]
"""Takes what the author should know of a file that is published all the same."""

MAXIMUM_EXTRA = 16 * 1024
"""Most characters of entries that nothing here reads; they are kept in the Catalog, whose items have 400 KB."""

EMPTY: tuple[Value, ...] = (None, "", [], {})
_CALLED = ("name", "label", "title", "path", "url", "src")
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
        return one_line(self.value)

    @property
    def known_as(self) -> str:
        """Give the name by which the entry is found: `publishDate`, `publish_date` and `Publish-Date` are one."""
        return known_as(self.name)

    def items(self, splits: str) -> Iterator[str]:
        """Give the texts of a list, or of one text split at any character of SPLITS, without empty ones.

        What is known by a table (`name: Ada`, `url: /ada.jpg`) counts as its name, else as the first text in it.
        """
        if self.text:
            yield from filter(None, map(one_line, re.split(f"[{splits}]", self.text) if splits else [self.text]))
        elif isinstance(self.value, list):
            yield from filter(None, map(_named, _flat(self.value)))
        else:
            yield from filter(None, [_named(self.value)])

    def first(self, *names: str) -> str:
        """Give the text; of a table the one under the first of NAMES, of a list the first one."""
        value = self.value[0] if isinstance(self.value, list) and self.value else self.value
        if isinstance(value, dict):
            value = next((value[name] for name in names if value.get(name)), None)
        return one_line(value)

    def finding(self, message: str, remedy: str) -> Finding:
        """Say MESSAGE and REMEDY of this entry."""
        return Finding(message, remedy, self.line)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The entries by their names, which are compared without regard to case, `-`, `_` and spaces."""

    fields: Mapping[str, Field]
    others: Mapping[str, Value]

    def given(self, *names: str) -> Iterator[Field]:
        """Give the entries under NAMES that are not left empty, in that order."""
        for name in names:
            field = self.fields.get(known_as(name))
            if field and field.value not in EMPTY:
                yield field

    def text(self, *names: str) -> str:
        """Give the first text under NAMES; empty where there is none."""
        return next((field.text for field in self.given(*names) if field.text), "")

    def rest(self, warn: Warn) -> Mapping[str, Value]:
        """Give the entries that nothing here reads, for themes to show; none of them if they are too long."""
        left = [MAXIMUM_EXTRA]
        kept = {one_line(name): _kept(value, left) for name, value in self.others.items() if one_line(name)}
        if left[0] >= 0:
            return kept
        message = f"The entries that Dropcap does not read have more than {MAXIMUM_EXTRA:,} characters in all."
        warn(Finding(message, "They are left out for templates; move long texts below the front matter."))
        return {}


def front_matter(values: Table, lines: Mapping[str, int]) -> FrontMatter:
    """Give the entries of VALUES; LINES knows on which line of the file an entry stands, by the name it is known as."""
    fields: dict[str, Field] = {}
    for table in (*_nested(values), values):
        for name, value in table.items():
            if value not in EMPTY or known_as(name) not in fields:
                fields[known_as(name)] = Field(name, value, lines.get(known_as(name)))
    return FrontMatter(fields, dict(_others(values)))


def _nested(values: Table) -> Iterator[Table]:
    """Give the tables in which Hugo and Zola keep what is not their own; an address means something else there."""
    named = {known_as(name): value for name, value in values.items()}
    for nest in NESTS:
        table = named.get(nest)
        if isinstance(table, dict):
            yield {name: value for name, value in table.items() if known_as(name) not in _PLACES}


def _others(values: Table) -> Iterator[tuple[str, Value]]:
    """Give what nothing here reads, with what stands in the tables of Hugo and Zola on the same level."""
    for name, value in values.items():
        if known_as(name) in NESTS and isinstance(value, dict):
            yield from ((inner, told) for inner, told in value.items() if known_as(inner) not in KNOWN - _PLACES)
        elif known_as(name) not in KNOWN:
            yield name, value


def _kept(value: Value, left: list[int]) -> Value:
    """Copy VALUE without characters that cannot be seen, as long as there is room LEFT."""
    left[0] -= 1 + (len(value) if isinstance(value, str) else 0)
    if left[0] < 0:
        return None
    if isinstance(value, dict):
        return {one_line(name): _kept(inner, left) for name, inner in value.items() if one_line(name)}
    if isinstance(value, list):
        return [_kept(inner, left) for inner in value]
    return CONTROLS.sub("", value) if value else value


def _flat(values: list[Value]) -> Iterator[Value]:
    """Give what is in lists within a list, as YAML makes of `[[Ada]]`, one by one."""
    for value in values:
        yield from _flat(value) if isinstance(value, list) else [value]


def _named(value: Value) -> str:
    if not isinstance(value, dict):
        return one_line(value)
    told = {known_as(name): one_line(inner) for name, inner in value.items()}
    return next(filter(None, (*map(told.get, _CALLED), *told.values())), "")
