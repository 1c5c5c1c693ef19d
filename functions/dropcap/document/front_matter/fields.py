"""Fields of front matter, whatever its notation, and how they are looked up."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeAlias

from dropcap.document.front_matter.field_names import KNOWN, NESTS
from dropcap.document.front_matter.similar_names import misspelt
from dropcap.document.front_matter.values import Table, Value, decoded, known_as, one_line
from dropcap.document.source_text import CONTROLS
from dropcap.errors import Finding

Warn: TypeAlias = Callable[[Finding], None]
"""Receives a warning about a file that is published nevertheless."""

MAXIMUM_EXTRA = 16 * 1024
"""Most bytes of unknown fields with their names: they are stored in the Catalog, whose items have at most 400 KB."""

MAXIMUM_SLIPS = 5
"""Most misspelt fields in the warnings of one file."""

EMPTY: tuple[Value, ...] = (None, "", [], {})
_CALLED = ("name", "label", "title", "path", "url", "src")
_PLACES = frozenset({"url", "path", "permalink", "slug"})


class Field(NamedTuple):
    """One field of the front matter: its NAME as typed, its VALUE, and its LINE in the file."""

    name: str
    value: Value
    line: int | None

    @property
    def text(self) -> str:
        """Return the value as one line of text; empty if it is no text."""
        return one_line(self.value)

    @property
    def known_as(self) -> str:
        """Return the name by which the field is looked up, as `known_as` makes it."""
        return known_as(self.name)

    def items(self, splits: str) -> Iterator[str]:
        """Return the texts of a list, or of one text split at any character of SPLITS, without empty ones.

        A table counts as its name (`name: Ada`, `url: /ada.jpg`), else as its first text.
        """
        if text := decoded(self.text):
            yield from filter(None, map(one_line, re.split(f"[{splits}]", text) if splits else [text]))
        else:
            values = _flat(self.value) if isinstance(self.value, list) else [self.value]
            yield from filter(None, (decoded(_named(value)) for value in values))

    def first(self, *names: str) -> str:
        """Return the text; of a table the one under the first of NAMES that it has, of a list the first item."""
        value = self.value[0] if isinstance(self.value, list) and self.value else self.value
        if isinstance(value, dict):
            value = next((value[name] for name in names if value.get(name)), None)
        return one_line(value)

    def finding(self, message: str, remedy: str) -> Finding:
        """Return a finding on the line of this field."""
        return Finding(message, remedy, self.line)


class FrontMatter(NamedTuple):
    """Fields by name, compared without regard to case, `-`, `_` and spaces; OTHERS are the unknown ones.

    FINDINGS are about its notation.
    """

    fields: Mapping[str, Field]
    others: Mapping[str, Value]
    findings: tuple[Finding, ...] = ()

    def filled(self, *names: str) -> Iterator[Field]:
        """Return the fields under NAMES that are not empty, in that order."""
        for name in names:
            field = self.fields.get(known_as(name))
            if field and field.value not in EMPTY:
                yield field

    def text(self, *names: str) -> str:
        """Return the first text under NAMES; empty if there is none."""
        return next((field.text for field in self.filled(*names) if field.text), "")

    def warn_of_slips(self, warn: Warn) -> None:
        """Warn of unknown fields whose names are probably misspelt."""
        for name, meant in islice(misspelt(self.others), MAXIMUM_SLIPS):
            field = self.fields.get(known_as(name)) or Field(name, None, None)
            message = f"The field `{name[:60]}` is unknown and was ignored. Did you mean `{meant}`?"
            warn(
                field.finding(message, f"Write `{meant}:` instead; if `{name[:60]}` is for another program, leave it.")
            )

    def rest(self, warn: Warn) -> Mapping[str, Value]:
        """Return the unknown fields, for themes; none of them if they are too long."""
        left = [MAXIMUM_EXTRA - sum(map(_size, self.others))]
        bounded = {one_line(name): _bounded(value, left) for name, value in self.others.items() if one_line(name)}
        if left[0] >= 0:
            return bounded
        message = f"The fields that Dropcap does not know have more than {MAXIMUM_EXTRA:,} bytes in all."
        warn(Finding(message, "They are not passed to themes; move long texts below the front matter."))
        return {}


def front_matter(values: Table, lines: Mapping[str, int]) -> FrontMatter:
    """Return the fields of VALUES; LINES has the line of each in the file, by the name that `known_as` makes."""
    fields: dict[str, Field] = {}
    for table in (*_nested(values), values):
        for name, value in table.items():
            if value not in EMPTY or known_as(name) not in fields:
                fields[known_as(name)] = Field(name, value, lines.get(known_as(name)))
    return FrontMatter(fields | _dates_in_table(fields), dict(_others(values)))


def _dates_in_table(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Return the dates that Material for MkDocs writes as a table: `date: {created: …, updated: …}`."""
    field = fields.get("date")
    if field is None or not isinstance(field.value, dict):
        return {}
    dates = {known_as(name): value for name, value in field.value.items()}
    changed = Field("updated", dates.get("updated"), field.line)
    return {"date": Field(field.name, dates.get("created"), field.line)} | (
        {} if "updated" in fields or changed.value in EMPTY else {"updated": changed}
    )


def _nested(values: Table) -> Iterator[Table]:
    """Return the tables for custom fields of Hugo and Zola, without addresses, which mean something else there."""
    named = {known_as(name): value for name, value in values.items()}
    for nest in NESTS:
        table = named.get(nest)
        if isinstance(table, dict):
            yield {name: value for name, value in table.items() if known_as(name) not in _PLACES}


def _others(values: Table) -> Iterator[tuple[str, Value]]:
    """Return the unknown fields, with those in the tables of Hugo and Zola on the same level."""
    for name, value in values.items():
        if known_as(name) in NESTS and isinstance(value, dict):
            yield from ((inner, nested) for inner, nested in value.items() if known_as(inner) not in KNOWN - _PLACES)
        elif known_as(name) not in KNOWN:
            yield name, value


def _bounded(value: Value, left: list[int]) -> Value:
    """Return a copy of VALUE without invisible characters, as long as there is room LEFT."""
    left[0] -= 1 + (_size(value) if isinstance(value, str) else 0)
    left[0] -= sum(map(_size, value)) if isinstance(value, dict) else 0
    if left[0] < 0:
        return None
    if isinstance(value, dict):
        return {one_line(name): _bounded(inner, left) for name, inner in value.items() if one_line(name)}
    if isinstance(value, list):
        return [_bounded(inner, left) for inner in value]
    return CONTROLS.sub("", value) if value else value


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _flat(values: list[Value]) -> Iterator[Value]:
    """Return the items of VALUES and of lists within it: YAML reads `[[Ada]]` as a list in a list."""
    for value in values:
        yield from _flat(value) if isinstance(value, list) else [value]


def _named(value: Value) -> str:
    if not isinstance(value, dict):
        return one_line(value)
    texts = {known_as(name): one_line(inner) for name, inner in value.items()}
    return next(filter(None, (*map(texts.get, _CALLED), *texts.values())), "")
