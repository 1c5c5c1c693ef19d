"""Bare `Key: value` lines at the top of a file ▶ plain values, or None if they are the start of the text.

Pelican and Blot write them, up to the first empty line. A text may also begin with `Note: this is long`, so lines are
metadata only if all of them have the form, the first name is known, and one of them cannot be anything else.
"""

from datetime import UTC

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.dates import moment
from dropcap.document.front_matter.values import Table, Value, known_as
from dropcap.document.language_tags import SHORT_LANGUAGE
from dropcap.patterns import lazy_pattern

MOST_LINES = 100
"""Most lines of metadata."""

_LINE = lazy_pattern(r"([^\W\d_][\w .-]{0,39}?)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = lazy_pattern(r"\s+-\s+(.*)")
_LIST = lazy_pattern(r"\[(.*)\]")
_QUOTED = lazy_pattern(r"(?:\"([^\"]*)\"|'([^']*)')")
_SWITCH = frozenset({"true", "false", "yes", "no", "on", "off"})
_STATUSES = frozenset({"draft", "published", "hidden", "private", "scheduled", "pending"})


def bare_values(lines: list[str]) -> Table | None:
    """Return the values in LINES, which end before the first empty one; None if they are no metadata."""
    if len(lines) > MOST_LINES or not _names_something(lines[0]):
        return None
    pairs: list[tuple[str, list[str]]] = []
    for line in lines:
        if pairs and line[0] in " \t":
            pairs[-1][1].append(line)
        elif pair := _LINE.fullmatch(line.rstrip()):
            pairs.append((pair[1], [pair[2] or ""]))
        else:
            return None
    table: Table = {}
    for name, written in pairs:
        table[name] = _with(table.get(name), _value(written))
    return table if is_metadata(table) else None


def is_metadata(table: Table) -> bool:
    """Return whether TABLE, read from bare lines, is metadata: two known names, or one with an unmistakable value."""
    recognised = [name for name in table if known_as(name) in names.KNOWN]
    return len(recognised) > 1 or any(_is_sure(name, table[name]) for name in recognised)


def _names_something(line: str) -> bool:
    pair = _LINE.fullmatch(line.rstrip())
    return pair is not None and known_as(pair[1]) in names.KNOWN


def _value(written: list[str]) -> Value:
    """Return a value, which may continue on indented lines, as a text or a list."""
    items = [item[1] for line in written[1:] if (item := _ITEM.fullmatch(line))]
    if items and not written[0].strip():
        return [_unquoted(item) for item in items]
    text = " ".join(" ".join(written).split())
    listed = _LIST.fullmatch(text)
    return [_unquoted(item) for item in listed[1].split(",") if item.strip()] if listed else _unquoted(text)


def _with(before: Value, value: Value) -> Value:
    """Return the values of a repeated name as one list, as Pelican does for authors."""
    if before is None:
        return value
    return [*(before if isinstance(before, list) else [before]), *(value if isinstance(value, list) else [value])]


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text.strip())
    return (quoted[1] or quoted[2] or "") if quoted else text.strip()


def _is_sure(name: str, value: Value) -> bool:
    """Return whether `NAME: VALUE` alone is certainly metadata."""
    text = value if isinstance(value, str) else ""
    kind = {known_as(alternative): group for group in names.ALL for alternative in group}[known_as(name)]
    if kind in (names.TITLE, names.SLUG, names.TAGS, names.KEYWORDS, names.AUTHORS):
        return bool(value)
    if kind in (names.DATE, names.CREATED, names.UPDATED, names.EXPIRES) and moment(text, UTC):
        return True
    if kind in (names.ADDRESS, names.ALIASES):
        return text.startswith("/")
    if kind is names.LANGUAGE:
        return bool(SHORT_LANGUAGE.fullmatch(text))
    return text.casefold() in (_STATUSES if kind is names.STATUS else _SWITCH)
