"""CSV files as people have them: from an export, or saved by a spreadsheet with tabs, semicolons or UTF-16.

Lines end where a CSV file ends them. `str.splitlines` also ends them at a vertical tab or U+2028, which exports leave
within names: the fields after it would be lost, and with them whether somebody may be written to.
"""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dropcap_local.usage_error import UsageError

SEPARATORS = ",;\t"
ARCHIVE = b"PK\x03\x04"
"""How an archive begins, and a workbook of a spreadsheet, which is one."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The FIELDS of a row by the names of their columns; the row begins at LINE. FITS says that no field is left over.

    A comma in a name that is not quoted moves all fields after it: a row that does not fit cannot be believed.
    """

    line: int
    fields: Mapping[str, str]
    fits: bool


def csv_rows(path: Path) -> tuple[tuple[str, ...], list[CsvRow]]:
    """Read the CSV file at PATH; return the names of its columns as they are written, and its rows.

    Raise UsageError, with the line if there is one, if it cannot be read.
    """
    text = _text(path)
    first = next(filter(str.strip, StringIO(text)), "")
    rows = _rows(path, text, max(SEPARATORS, key=first.count))
    _, names = next(rows, (1, []))
    return tuple(names), [
        CsvRow(line, dict(zip(names, row + [""] * len(names), strict=False)), not any(row[len(names) :]))
        for line, row in rows
    ]


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}. Name a CSV file."
        raise UsageError(message) from error
    if content.startswith(ARCHIVE):
        message = f"{path} is an archive or a workbook. Name the CSV file in it, or save it as CSV in UTF-8."
        raise UsageError(message)
    try:
        return content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{path}:{line}: this line is not in UTF-8. Save the file as CSV in UTF-8."
        raise UsageError(message) from error


def _rows(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line at which each row begins, and its fields; empty rows are left out."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            message = (
                f"{path}:{line}: the row that begins here cannot be read ({error}). If a field contains a quotation "
                "mark, write it twice and put the field between quotation marks."
            )
            raise UsageError(message) from error
        if row is None:
            return
        if row:
            yield line, row
