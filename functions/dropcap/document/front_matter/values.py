"""The values of front matter: texts, lists and tables, whatever the notation.

What an author types is text: `no`, `1:30` and `2024-05-01` mean what the entry that they stand in makes of them.
"""

from collections.abc import Mapping
from typing import TypeAlias

from dropcap.document.source_text import CONTROLS
from dropcap.errors import ContentError, Finding

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None
Table: TypeAlias = dict[str, Value]

MAXIMUM_VALUES = 5_000
"""Most values in one front matter, each alias counted as what it stands for."""

MAXIMUM_DEPTH = 20
"""Most lists and tables within one another."""


def known_as(name: str) -> str:
    """Give the NAME of an entry as it is looked up: `publishDate`, `publish_date` and `Publish-Date` are one."""
    return "".join(name.casefold().replace("-", " ").replace("_", " ").split())


def one_line(value: Value) -> str:
    """Give VALUE as one line without characters that cannot be seen; empty where it is no text."""
    return " ".join(CONTROLS.sub("", value).split()) if isinstance(value, str) else ""


def refuse_excess(count: int, depth: int, line: int | None) -> None:
    """Raise ContentError if COUNT values, or DEPTH lists within one another, are more than anybody writes."""
    if count > MAXIMUM_VALUES:
        message = f"There are more than {MAXIMUM_VALUES:,} values, repetitions by `*name` included."
        raise ContentError(Finding(message, "Keep only what is needed, such as a title, a date and some tags.", line))
    if depth > MAXIMUM_DEPTH:
        message = f"There are more than {MAXIMUM_DEPTH} lists within one another."
        raise ContentError(Finding(message, "Remove the surplus brackets or indentation.", line))


class Texts:
    """Turns what a notation knows as numbers, dates and truth values back into text, and counts."""

    def __init__(self, first: int) -> None:
        """Take the line of the file on which the values begin."""
        self._first = first
        self._count = 0

    def table(self, given: Mapping[str, object], depth: int = 0) -> Table:
        """Give the table GIVEN, which is so DEPTH within others."""
        return {name: self._value(value, depth + 1) for name, value in given.items()}

    def _value(self, given: object, depth: int) -> Value:
        self._count += 1
        refuse_excess(self._count, depth, self._first)
        if isinstance(given, dict):
            return self.table(given, depth)
        if isinstance(given, list):
            return [self._value(item, depth + 1) for item in given]
        if given is None:
            return None
        return str(given).lower() if isinstance(given, bool) else str(given)
