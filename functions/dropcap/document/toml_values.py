"""TOML front matter ▶ plain values."""

import re
import tomllib
from collections.abc import Iterable

from dropcap.document.plain_values import Table, Value, refuse_excess
from dropcap.errors import ContentError, Finding

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def toml_values(block: str, first: int) -> Table:
    """Read BLOCK, whose first line is line FIRST of the file."""
    try:
        return _Texts(first).table(tomllib.loads(block))
    except ValueError as error:  # TOMLDecodeError, or a bare one for a number of thousands of digits
        raise ContentError(_unreadable(str(error), block, first)) from None


class _Texts:
    """Turns what TOML knows as numbers, dates and truth values back into text, and counts."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._count = 0

    def table(self, given: dict[str, object], depth: int = 0) -> Table:
        return {name: self._value(value, depth + 1) for name, value in given.items()}

    def _value(self, given: object, depth: int) -> Value:
        self._count += 1
        refuse_excess(self._count, depth, self._first)
        if isinstance(given, dict):
            return self.table(given, depth)
        if isinstance(given, list):
            return self._list(given, depth)
        return str(given).lower() if isinstance(given, bool) else str(given)

    def _list(self, given: Iterable[object], depth: int) -> Value:
        return [self._value(item, depth + 1) for item in given]


def _unreadable(problem: str, block: str, first: int) -> Finding:
    """Say where TOML breaks off; Python tells the position in the message only, until 3.14."""
    position = _POSITION.search(problem)
    what = problem[: position.start()] if position else problem
    line, column = (int(position[1]), int(position[2])) if position and position[1] else (block.count("\n"), None)
    remedy = 'Put texts in quotes and use one line an entry, as in title = "My post"; a date is written 2024-05-01.'
    return Finding(f"This is not valid TOML: {what}.", remedy, first + max(line - 1, 0), column)
