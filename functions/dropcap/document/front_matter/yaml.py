"""YAML ▶ plain values.

Built from the parser's events, since the composer is unsafe: nested brackets overflow its stack and end the process,
and aliases multiply. Types are not resolved, so `no` stays `no`; `<<` is a name like any other.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import yaml

from dropcap.document.front_matter.values import Table, Value, refuse_excess
from dropcap.errors import ContentError, Finding

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path: TypeAlias = tuple[str, ...]
"""Position of a value: the names of the fields that lead to it; in a list, its index from 0."""

_EMPTY = frozenset({"", "~", "null"})


def yaml_table(block: str, first: int) -> tuple[Table, Mapping[Path, int]]:
    """Read BLOCK, whose first line is line FIRST of the file; return its values, and the line of each."""
    tree = _Tree(yaml.parse(block, Loader=_LOADER), first)
    try:
        value = tree.document()
    except yaml.MarkedYAMLError as error:
        raise ContentError(_unreadable(error, first)) from None
    except yaml.YAMLError:
        message = "This contains a character that YAML does not allow."
        raise ContentError(Finding(message, "Type the fields again as plain text.", first)) from None
    if value is None:
        return {}, {}
    if not isinstance(value, dict):
        raise ContentError(_no_fields(first))
    return value, tree.lines


class _Tree:
    """Builds values from the parser's EVENTS, counts them, and remembers anchors."""

    def __init__(self, events: Iterator[yaml.Event], first: int) -> None:
        self._events = events
        self._first = first
        self._count = 0
        self._anchors: dict[str, tuple[Value, int]] = {}
        self.lines: dict[Path, int] = {}

    def document(self) -> Value:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                return self._value(event, ())
        return None

    def _value(self, event: yaml.Event, path: Path) -> Value:
        before = self._count
        self._count += 1
        refuse_excess(self._count, len(path), self._line(event))
        self.lines.setdefault(path, self._line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event)
        value = self._content(event, path)
        if anchor := getattr(event, "anchor", None):
            self._anchors[anchor] = (value, self._count - before)
        return value

    def _content(self, event: yaml.Event, path: Path) -> Value:
        if isinstance(event, yaml.ScalarEvent):
            return None if event.style in (None, "") and event.value.lower() in _EMPTY else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items = enumerate(self._until(yaml.SequenceEndEvent))
            return [self._value(item, (*path, str(number))) for number, item in items]
        return self._table(path)

    def _table(self, path: Path) -> Table:
        table: Table = {}
        for event in self._until(yaml.MappingEndEvent):
            name = self._value(event, (*path, ""))
            key = "" if name is None else str(name)
            self.lines[*path, key] = self._line(event)
            table[key] = self._value(next(self._events), (*path, key))
        return table

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _repeated(self, event: yaml.AliasEvent) -> Value:
        if event.anchor not in self._anchors:
            message = f"`*{event.anchor}` is an alias, but no anchor `&{event.anchor}` is above it."
            raise ContentError(
                Finding(message, f'If it is meant as text, put quotes around it: "*{event.anchor}".', self._line(event))
            )
        value, size = self._anchors[event.anchor]
        self._count += size
        refuse_excess(self._count, 0, self._line(event))
        return value

    def _line(self, event: yaml.Event) -> int:
        return self._first + (event.start_mark.line if event.start_mark else 0)


def _unreadable(error: yaml.MarkedYAMLError, first: int) -> Finding:
    mark = error.problem_mark
    message = f"This is not valid YAML: {error.problem or error.context}."
    remedy = (
        "Put a text in quotes if it contains `: ` or `#`, or begins with a quote or bracket, "
        'as in title: "Part 1: the start"; indent with spaces, not tabs.'
    )
    return Finding(message, remedy, first + (mark.line if mark else 0), mark.column + 1 if mark else None)


def _no_fields(first: int) -> Finding:
    message = "There is no field of the form `name: value`."
    return Finding(
        message, "Write for example `title: My post`; for a horizontal rule, write `***` instead of `---`.", first
    )
