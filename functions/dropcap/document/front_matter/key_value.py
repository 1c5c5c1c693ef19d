"""Bare `Key: value` lines at the top of a file ▶ plain values, or none where they are the beginning of a text.

Pelican and Blot write them, up to the first empty line. A text may begin with `Note: this is long` just as well, so
lines are metadata only if all of them have the form, the first name is known, and one of them could be nothing else.
"""

import re
from datetime import UTC

from dropcap.document.front_matter import field_names as names
from dropcap.document.front_matter.dates import moment
from dropcap.document.front_matter.values import Table, Value, known_as

MOST_LINES = 100
"""So many lines are metadata at most."""

_LINE = re.compile(r"([^\W\d_][\w .-]{0,39}?)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"\s+-\s+(.*)")
_LIST = re.compile(r"\[(.*)\]")
_QUOTED = re.compile(r"(?:\"([^\"]*)\"|'([^']*)')")
_SWITCH = frozenset({"true", "false", "yes", "no", "on", "off"})
_STANDING = frozenset({"draft", "published", "hidden", "private", "scheduled", "pending"})
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")


def bare_values(lines: list[str]) -> Table | None:
    """Read LINES, those before the first empty one; None where they are no metadata."""
    if len(lines) > MOST_LINES or not _names_something(lines[0]):
        return None
    told: list[tuple[str, list[str]]] = []
    for line in lines:
        if told and line[0] in " \t":
            told[-1][1].append(line)
        elif found := _LINE.fullmatch(line.rstrip()):
            told.append((found[1], [found[2] or ""]))
        else:
            return None
    table: Table = {}
    for name, written in told:
        table[name] = _with(table.get(name), _value(written))
    known = [name for name in table if known_as(name) in names.KNOWN]
    return table if len(known) > 1 or any(_is_sure(name, table[name]) for name in known) else None


def _names_something(line: str) -> bool:
    found = _LINE.fullmatch(line.rstrip())
    return bool(found) and known_as(found[1] if found else "") in names.KNOWN


def _value(written: list[str]) -> Value:
    """Give a text that goes on in indented lines, or the list that it is."""
    items = [found[1] for line in written[1:] if (found := _ITEM.fullmatch(line))]
    if items and not written[0].strip():
        return [_unquoted(item) for item in items]
    text = " ".join(" ".join(written).split())
    listed = _LIST.fullmatch(text)
    return [_unquoted(item) for item in listed[1].split(",") if item.strip()] if listed else _unquoted(text)


def _with(before: Value, value: Value) -> Value:
    """Make a list of a name that is given twice, as Pelican does for authors."""
    if before is None:
        return value
    return [*(before if isinstance(before, list) else [before]), *(value if isinstance(value, list) else [value])]


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text.strip())
    return (found[1] or found[2] or "") if found else text.strip()


def _is_sure(name: str, value: Value) -> bool:
    """Tell whether `NAME: VALUE` is metadata even if it stands alone."""
    text = value if isinstance(value, str) else ""
    kind = {known_as(one): under for under in names.ALL for one in under}[known_as(name)]
    if kind in (names.TITLE, names.SLUG, names.TAGS, names.KEYWORDS, names.AUTHORS):
        return bool(value)
    if kind in (names.DATE, names.CREATED, names.UPDATED, names.EXPIRES) and moment(text, UTC):
        return True
    if kind in (names.ADDRESS, names.ALIASES):
        return text.startswith("/")
    if kind is names.LANGUAGE:
        return bool(_LANGUAGE.fullmatch(text))
    return text.casefold() in (_STANDING if kind is names.STATUS else _SWITCH)
