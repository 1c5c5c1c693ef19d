"""JSON front matter ▶ plain values."""

import json

from dropcap.document.front_matter.values import Table, Texts
from dropcap.errors import ContentError, Finding

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def json_values(block: str, first: int) -> Table:
    """Read BLOCK, whose first line is line FIRST of the file; the braces around it may be missing."""
    text = block if block.lstrip().startswith("{") else f"{{{block}}}"
    values, end = json_object(text, first)
    if text[end:].strip():
        raise ContentError(_more(first + text.count("\n", 0, end)))
    return values


def json_object(text: str, first: int) -> tuple[Table, int]:
    """Read the object at the start of TEXT, on line FIRST of the file; return it and the position of its end."""
    begin = len(text) - len(text.lstrip())
    try:
        values, end = _DECODER.raw_decode(text, begin)
    except json.JSONDecodeError as error:
        raise ContentError(_unreadable(error, first)) from None
    return Texts(first).table(values), end


def _unreadable(error: json.JSONDecodeError, first: int) -> Finding:
    remedy = 'Put names and texts in double quotes, a comma between fields and none after the last: {"title": "A day"}.'
    return Finding(f"This is not valid JSON: {error.msg}.", remedy, first + error.lineno - 1, error.colno)


def _more(line: int) -> Finding:
    return Finding("The JSON object ends here, but the front matter does not.", "Remove what follows it.", line)
