"""TOML front matter ▶ plain values."""

from dropcap.document.front_matter.values import Table, Texts
from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

_POSITION = lazy_pattern(r"(?<!\s)\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def toml_values(block: str, first: int) -> Table:
    """Read BLOCK, whose first line is line FIRST of the file."""
    import tomllib  # noqa: PLC0415  # most front matter is YAML

    try:
        return Texts(first).table(tomllib.loads(block))
    except ValueError as error:  # TOMLDecodeError, or a bare one for a number of thousands of digits
        raise ContentError(_unreadable(str(error), block, first)) from None


def _unreadable(problem: str, block: str, first: int) -> Finding:
    """Return a finding at the position of the error, which Python before 3.14 has only in its message."""
    position = _POSITION.search(problem)
    what = problem[: position.start()] if position else problem
    line, column = (int(position[1]), int(position[2])) if position and position[1] else (block.count("\n"), None)
    remedy = 'Put texts in quotes and use one line per field, as in title = "My post"; a date is written 2024-05-01.'
    return Finding(f"This is not valid TOML: {what}.", remedy, first + max(line - 1, 0), column)
