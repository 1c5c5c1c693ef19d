"""Addresses in the notation of other systems ▶ the same in Dropcap's.

Pelican (https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content) writes `{filename}`, once
`|filename|`, before a source, `{static}` or `{attach}` before a file, and `{tag}`, `{category}` or `{author}` before a
name.
Ghost's exports have `__GHOST_URL__` in place of the site's address.
"""

import re
from urllib.parse import quote, unquote

from dropcap.document.paths.slugs import slug
from dropcap.document.paths.url_paths import author_path, tag_path
from dropcap.patterns import lazy_pattern

GHOST = "__GHOST_URL__"
_PELICAN = lazy_pattern(r"(?:\{(\w+)\}|\|(\w+)\|)(.*)", re.DOTALL)
_FILES = frozenset({"filename", "static", "attach"})
_NAMES = {"tag": tag_path, "category": tag_path, "author": author_path}


def own_address(address: str) -> str:
    """Return ADDRESS without the notation of another system; any other address unchanged."""
    if address.startswith(GHOST):
        return address.removeprefix(GHOST) or "/"
    match = _PELICAN.fullmatch(unquote(address) if address.lower().startswith(("%7b", "%7c")) else address)
    if not match:
        return address
    kind, rest = (match[1] or match[2]).lower(), match[3]
    if kind in _FILES:
        return quote(rest, safe="/#?=&%~:")
    if kind in _NAMES and slug(unquote(rest)):
        return quote(_NAMES[kind](slug(unquote(rest))))
    return "/" if kind == "index" else address
