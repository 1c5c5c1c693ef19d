"""The schemes that an address in a post may have: those that open a page or a program and can do no harm.

From the safelist of the HTML standard (8.8.1.3, custom scheme handlers), with those of the web itself, of Gemini and
Gopher, and of the programs that people take notes in.
"""

import re

from dropcap.patterns import lazy_pattern

SCHEMES = frozenset({
    "bitcoin", "ftp", "ftps", "gemini", "geo", "gopher", "http", "https", "im", "irc", "ircs", "magnet", "mailto",
    "matrix", "mms", "news", "nntp", "obsidian", "openpgp4fpr", "sftp", "sip", "sips", "sms", "smsto", "ssh", "tel",
    "urn", "webcal", "xmpp", "zotero",
})  # fmt: skip

_SCHEME = lazy_pattern(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-\t\n\r]*):")
_IGNORED = lazy_pattern(r"[\t\n\r]")

BLANK = (
    r"[\s\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]"
)
"""A character that shows nothing, which a feed reader or a mail program may remove before it reads an address."""

_BLANKS = lazy_pattern(f"{BLANK}+")
_CODE = lazy_pattern("(?:javascript|vbscript|data):", re.IGNORECASE)


def hides_code(address: str) -> bool:
    """Return whether ADDRESS begins as code does, for a program that ignores the blanks in it."""
    return _CODE.match(_BLANKS.sub("", address)) is not None


def is_allowed(address: str) -> bool:
    """Return whether ADDRESS is relative or has one of the `SCHEMES`, as a browser reads it (WHATWG URL, 4.4)."""
    if hides_code(address):
        return False
    match = _SCHEME.match(address)
    return not match or _IGNORED.sub("", match[1]).lower() in SCHEMES
