"""The schemes that an address in a post may have: those that open a page or a program and can do no harm.

From the safelist of the HTML standard (8.8.1.3, custom scheme handlers), with those of the web itself, of Gemini and
Gopher, and of the programs that people take notes in.
"""

import re

SCHEMES = frozenset({
    "bitcoin", "ftp", "ftps", "gemini", "geo", "gopher", "http", "https", "im", "irc", "ircs", "magnet", "mailto",
    "matrix", "mms", "news", "nntp", "obsidian", "openpgp4fpr", "sftp", "sip", "sips", "sms", "smsto", "ssh", "tel",
    "urn", "webcal", "xmpp", "zotero",
})  # fmt: skip

_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-\t\n\r]*):")
_IGNORED = re.compile(r"[\t\n\r]")


def is_allowed(address: str) -> bool:
    """Return whether ADDRESS is relative or has one of the `SCHEMES`, as a browser reads it (WHATWG URL, 4.4)."""
    match = _SCHEME.match(address)
    return not match or _IGNORED.sub("", match[1]).lower() in SCHEMES
