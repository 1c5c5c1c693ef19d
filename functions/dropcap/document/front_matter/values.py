"""The values of front matter: texts, lists and tables, whatever the notation.

An author's values are text: `no`, `1:30` and `2024-05-01` get their meaning from the field they belong to.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import TypeAlias

from dropcap.document.source_text import CONTROLS
from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None
Table: TypeAlias = dict[str, Value]

MAXIMUM_VALUES = 5_000
"""Most values in one front matter, each alias counted with everything it repeats."""

MAXIMUM_DEPTH = 20
"""Most levels of nested lists and tables."""

_REFERENCE = lazy_pattern(
    r"(?<!`)(`+)(?!`)(?s:.*?)(?<!`)\1(?!`)|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE
)


def known_as(name: str) -> str:
    """Return NAME as fields are looked up: `publishDate`, `publish_date` and `Publish-Date` are the same."""
    return "".join(name.casefold().replace("-", " ").replace("_", " ").split())


def one_line(value: Value) -> str:
    """Return VALUE as one line without invisible characters; empty if it is no text."""
    return " ".join(CONTROLS.sub("", value).split()) if isinstance(value, str) else ""


def decoded(text: str) -> str:
    """Return TEXT with HTML's character references decoded once, except between backticks: exports have them.

    >>> decoded("Jo &amp;amp; Al &gt; `&lt;`")
    'Jo &amp; Al > `&lt;`'
    """
    return one_line(_REFERENCE.sub(lambda match: match[0] if match[1] else unescape(match[0]), text))


def refuse_excess(count: int, depth: int, line: int | None) -> None:
    """Raise ContentError if COUNT values or DEPTH levels of nesting exceed the limits."""
    if count > MAXIMUM_VALUES:
        message = f"There are more than {MAXIMUM_VALUES:,} values, repetitions by `*name` included."
        raise ContentError(Finding(message, "Keep only what is needed, such as a title, a date and some tags.", line))
    if depth > MAXIMUM_DEPTH:
        message = f"Lists are nested more than {MAXIMUM_DEPTH} levels deep."
        raise ContentError(Finding(message, "Remove the surplus brackets or indentation.", line))


class Texts:
    """Turns the numbers, dates and booleans of a notation back into text, within the limits."""

    def __init__(self, first: int) -> None:
        """Store the line of the file on which the values begin."""
        self._first = first
        self._count = 0

    def table(self, parsed: Mapping[str, object], depth: int = 0) -> Table:
        """Return the table PARSED, nested DEPTH levels deep, as texts."""
        return {name: self._value(value, depth + 1) for name, value in parsed.items()}

    def _value(self, parsed: object, depth: int) -> Value:
        self._count += 1
        refuse_excess(self._count, depth, self._first)
        if isinstance(parsed, dict):
            return self.table(parsed, depth)
        if isinstance(parsed, list):
            return [self._value(item, depth + 1) for item in parsed]
        if parsed is None:
            return None
        return str(parsed).lower() if isinstance(parsed, bool) else str(parsed)
