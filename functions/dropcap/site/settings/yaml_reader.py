"""Read the settings of `site.yaml` one by one, and collect errors with their lines and unknown settings."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from dropcap.document.front_matter.booleans import yes_or_no
from dropcap.document.front_matter.values import Table, Value, known_as
from dropcap.document.front_matter.yaml import Path
from dropcap.document.source_text import CONTROLS
from dropcap.errors import Finding

LINE: Final = 300
"""Most characters of a setting that is one line."""
TEXT: Final = 5_000
"""Most characters of a setting that is a text."""

Check = Callable[[str], str | None]
"""Returns a value as it is stored, or None if it is invalid."""


class SettingsTable:
    """One table of the file. Each method reads the first setting present under one of NAMES, in any case and spelling.

    WRONG collects errors; after one, the method returns the value of a missing setting.
    """

    def __init__(
        self, table: Table, lines: Mapping[Path, int], wrong: Callable[[Finding], None], path: Path = ()
    ) -> None:
        """Read TABLE, which is at PATH of the file; LINES has the line of each value."""
        self._fields = {known_as(name): (name, value) for name, value in table.items()}
        self._lines = lines
        self._wrong = wrong
        self._path = path
        self.names_read: dict[str, str] = {}
        """Every name that a reader looked up, in the form of `known_as`."""

    def value(self, *names: str) -> Value:
        """Return the value under NAMES; None if there is none."""
        return self._field(*names)[1]

    def line(self, *names: str) -> str:
        """Return one line of text."""
        return " ".join(self._text(names, LINE).split())

    def text(self, *names: str) -> str:
        """Return a text; empty lines separate its paragraphs."""
        return "\n".join(line.rstrip() for line in self._text(names, TEXT).splitlines()).strip()

    def checked(self, name: str, check: Check, remedy: str, *, otherwise: str = "") -> str:
        """Return what CHECK makes of the line under NAME; if it is invalid, REMEDY says what to write."""
        text = self.line(name)
        if not text:
            return otherwise
        checked = check(text)
        if checked is None:
            self.refuse(f"`{self._as_written(name)}: {text[:60]}` is not understood.", remedy, name)
        return otherwise if checked is None else checked

    def flag(self, name: str, *, otherwise: bool) -> bool:
        """Return the yes or no under NAME."""
        text = self.line(name)
        answer = yes_or_no(text) if text else otherwise
        if answer is None:
            self.refuse(
                f"`{self._as_written(name)}: {text[:60]}` is neither yes nor no.", "Write `true` or `false`.", name
            )
        return otherwise if answer is None else answer

    def is_empty(self, name: str) -> bool:
        """Return whether NAME is present without a value."""
        return known_as(name) in self._fields and self.value(name) is None

    def number(self, name: str, most: int) -> int | None:
        """Return a whole number from 0 to MOST."""
        text = self.line(name)
        if not text:
            return None
        if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most:
            return int(text)
        written = self._as_written(name)
        message = f"`{written}: {text[:60]}` is not a whole number from 0 to {most:,}."
        self.refuse(message, f"Write digits only: `{written}: 10`.", name)
        return None

    def table(self, name: str, otherwise: str) -> "SettingsTable":
        """Return the table under NAME; an empty one if there is none. OTHERWISE is the remedy for another value."""
        value = self.value(name)
        if value is not None and not isinstance(value, dict):
            self.refuse(f"`{self._as_written(name)}` has no entries below it.", otherwise, name)
        table = value if isinstance(value, dict) else {}
        return SettingsTable(table, self._lines, self._wrong, (*self._path, self._as_written(name)))

    def only(self, name: str) -> "SettingsTable":
        """Return a table with the setting NAME only."""
        written, value = self._as_written(name), self.value(name)
        return SettingsTable({} if value is None else {written: value}, self._lines, self._wrong, self._path)

    def pairs(self, name: str, remedy: str) -> Iterator[tuple[str, Value, Path]]:
        """Return the names and values of a table, or of a list of tables, and their paths in the file."""
        value, path = self.value(name), (*self._path, self._as_written(name))
        if value is None:
            return
        listed = [(item, (*path, str(number))) for number, item in enumerate(value)] if isinstance(value, list) else []
        for item, place in listed or [(value, path)]:
            if isinstance(item, dict):
                yield from ((label, to, (*place, label)) for label, to in item.items())
            else:
                self.refuse(f"`{self._as_written(name)}` is not a list of names with values.", remedy, place=place)

    def refuse(self, message: str, remedy: str, *names: str, place: Path | None = None) -> None:
        """Report an error of the setting under the first of NAMES that is present, or at PLACE."""
        self._wrong(self.finding(message, remedy, *names, place=place))

    def finding(self, message: str, remedy: str, *names: str, place: Path | None = None) -> Finding:
        """Return the finding about the setting under the first of NAMES that is present, or at PLACE, with its line."""
        present = [name for name in names if known_as(name) in self._fields] or list(names)
        path = place or (*self._path, *(self._as_written(name) for name in present[:1]))
        return Finding(message, remedy, self._line_of(path))

    def unknown(self) -> Iterator[Finding]:
        """Yield a warning for each setting that no reader looks up: a slip, or one of another program."""
        for name, (written, _) in self._fields.items():
            if name in self.names_read:
                continue
            meant = get_close_matches(name, self.names_read, 1, 0.7)
            within = f" below `{self._path[-1]}`" if self._path else ""
            message = f"The setting `{written[:60]}`{within} is unknown and was ignored."
            remedy = (
                f"Did you mean `{self.names_read[meant[0]]}`?" if meant else "Remove it if no other program reads it."
            )
            yield Finding(message, remedy, self._line_of((*self._path, written)))

    def _text(self, names: tuple[str, ...], most: int) -> str:
        name, value = self._field(*names)
        if isinstance(value, dict | list):
            self.refuse(f"`{name}` is not a text.", f"Write one line: `{name}: …`.", name)
            return ""
        text = CONTROLS.sub("", value or "").strip()
        if len(text) > most:
            self.refuse(f"`{name}` has {len(text):,} characters; the limit is {most:,}.", "Shorten it.", name)
            return ""
        return text

    def _field(self, *names: str) -> tuple[str, Value]:
        for name in names:
            self.names_read.setdefault(known_as(name), name)
        fields = (self._fields[known_as(name)] for name in names if known_as(name) in self._fields)
        return next(((name, value) for name, value in fields if value not in (None, "")), (names[0], None))

    def _as_written(self, name: str) -> str:
        return self._fields.get(known_as(name), (name, None))[0]

    def _line_of(self, path: Path) -> int | None:
        """Return the line of PATH, or of the table around it."""
        return next((self._lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._lines), None)
