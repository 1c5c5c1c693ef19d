"""Bytes of an uploaded file ▶ its text, or a ContentError."""

import codecs

from dropcap.errors import ContentError, Finding
from dropcap.patterns import lazy_pattern

MAXIMUM_BYTES = 1024 * 1024
"""Most bytes of a source; a novel has about this many characters."""

CONTROLS = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters without meaning in a text and not allowed in a feed (XML 1.0, section 2.2)."""


def source_text(source: bytes) -> str:
    """Return the text of SOURCE, a whole file: UTF-8 with or without a byte order mark, any kind of line end."""
    if len(source) > MAXIMUM_BYTES:
        raise ContentError(_too_long(len(source)))
    text = _decoded(source.removeprefix(codecs.BOM_UTF8)).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise ContentError(_not_text(text))
    text = CONTROLS.sub("", text)
    if not text.strip():
        raise ContentError(Finding("The file is empty.", "Write a title and some text, and upload it again."))
    return text


def _decoded(source: bytes) -> str:
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        before = source[: error.start].decode().replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = f"0x{source[error.start]:02X}"
        message = f"The file is not UTF-8 text: line {line} has a byte ({byte}) that UTF-8 does not allow there."
        raise ContentError(
            Finding(message, "Save it again with the encoding UTF-8, as every text editor can.", line, column)
        ) from None


def _too_long(size: int) -> Finding:
    message = f"The file has {size:,} bytes; the limit is {MAXIMUM_BYTES:,}."
    return Finding(message, "Split it into several posts, and upload pictures as files of their own.")


def _not_text(text: str) -> Finding:
    line = text.count("\n", 0, text.index("\0")) + 1
    message = f"Line {line} has a NUL byte, which no text file has: this may be a picture or a damaged file."
    return Finding(
        message, "Upload the Markdown file itself; if it is the right file, save it again as plain text.", line
    )
