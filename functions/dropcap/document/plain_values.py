"""The values of front matter: texts, lists and tables, whatever the notation.

What an author types is text: `no`, `1:30` and `2024-05-01` mean what the entry that they stand in makes of them.
"""

from typing import TypeAlias

from dropcap.errors import ContentError, Finding

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None
Table: TypeAlias = dict[str, Value]

MAXIMUM_VALUES = 5_000
"""Most values in one front matter, each alias counted as what it stands for."""

MAXIMUM_DEPTH = 20
"""Most lists and tables within one another."""


def refuse_excess(count: int, depth: int, line: int | None) -> None:
    """Raise ContentError if COUNT values, or DEPTH lists within one another, are more than anybody writes."""
    if count > MAXIMUM_VALUES:
        message = f"There are more than {MAXIMUM_VALUES:,} values, repetitions by `*name` included."
        raise ContentError(Finding(message, "Keep only what is needed, such as a title, a date and some tags.", line))
    if depth > MAXIMUM_DEPTH:
        message = f"There are more than {MAXIMUM_DEPTH} lists within one another."
        raise ContentError(Finding(message, "Remove the surplus brackets or indentation.", line))
