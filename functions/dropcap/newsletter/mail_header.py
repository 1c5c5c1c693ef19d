"""Header fields of a mail, as RFC 5322 and RFC 2047 write them, for titles and names of any text.

`email.policy` folds a long display name and loses its quotes: `Jo: letters` becomes a group, and `a "b" <x@y>, "c`
another person's address. So a name is a quoted string if it fits the line, and encoded words if it does not.
"""

import re
from base64 import b64encode
from collections.abc import Iterator

from dropcap.patterns import lazy_pattern

LINE_LENGTH = 76
"""Octets of a line that holds an encoded word (RFC 2047, 2)."""
WORD_BYTES = 39
"""Bytes of text in an encoded word: 52 characters of base64, and 12 for `=?utf-8?b?…?=`."""

_UNFIT = lazy_pattern(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_PLAIN = lazy_pattern(r"(?!.*=\?)[ -~]*", re.ASCII)
"""Text that a header holds as it is: printable ASCII that no reader takes for an encoded word."""


def in_header(text: str) -> str:
    """Return TEXT in a form that a header can contain: one line, no NUL, no control characters, no lone surrogates."""
    return _UNFIT.sub(" ", text).strip()


def address_header(name: str, display_name: str, address: str) -> bytes:
    """Return the header NAME with one mailbox: DISPLAY_NAME, of any text and length, and ADDRESS, which is ASCII."""
    shown = in_header(display_name)
    quoted = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"' if shown else ""
    line = f"{name}: {quoted} <{address}>" if quoted else f"{name}: {address}"
    if not shown or (_PLAIN.fullmatch(line) and len(line) <= LINE_LENGTH):  # an encoded word may not be empty
        return f"{line}\r\n".encode("ascii")
    return f"{name}: {_encoded(shown)}\r\n <{address}>\r\n".encode("ascii")


def text_header(name: str, text: str) -> bytes:
    """Return the header NAME with TEXT, of any length, for people to read."""
    shown = in_header(text)
    line = f"{name}: {shown}"
    if _PLAIN.fullmatch(line) and len(line) <= LINE_LENGTH:
        return f"{line}\r\n".encode("ascii")
    return f"{name}: {_encoded(shown)}\r\n".encode("ascii")


def _encoded(text: str) -> str:
    """Return TEXT as encoded words, one a line; readers join them without a space."""
    words = (f"=?utf-8?b?{b64encode(part).decode('ascii')}?=" for part in _parts(text))
    return "\r\n ".join(words)


def _parts(text: str) -> Iterator[bytes]:
    """Yield TEXT in UTF-8, cut between characters (RFC 2047, 5) into at most WORD_BYTES."""
    part = b""
    for character in text:
        encoded = character.encode()
        if len(part) + len(encoded) > WORD_BYTES:
            yield part
            part = b""
        part += encoded
    yield part
