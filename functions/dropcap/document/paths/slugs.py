"""Any text ▶ its slug for a URL path, and the name by which wikilinks find it."""

import re
import unicodedata

from dropcap.patterns import lazy_pattern

MAXIMUM_SLUG = 200
"""Most characters of a slug; longer ones are cut at a word."""

MAXIMUM_BYTES = 390
"""Most bytes of a slug in UTF-8: percent-encoded it must fit a header of S3 metadata."""

MAXIMUM_NAME = 300
"""Most characters of a name that a wikilink may use."""

_PLUS = lazy_pattern(r"(?<=[\w+])\+")
_SHARP = lazy_pattern(r"(?<=\w)#")
_SUFFIX = lazy_pattern(r"\.(?:md|markdown)$", re.IGNORECASE)
_GAPS = lazy_pattern(r"[^\w]+")


def slug(text: str) -> str:
    """Return TEXT for a URL path: lower case, letters and digits of any script, and hyphens. May be empty.

    Names of programming languages stay distinct: `C`, `C++` and `C#` are `c`, `c-plus-plus` and `c-sharp`.
    """
    lower = text.lower() if text.isascii() else _normal(_normal(text).lower())
    words = _SHARP.sub(" sharp ", _PLUS.sub(" plus ", lower))
    if words.isascii():
        return _shortened(_GAPS.sub("-", words).strip("-"))
    return _shortened("-".join("".join(c if _is_kept(c) else " " for c in words).split()))


def link_name(text: str) -> str:
    """Return the one name for TEXT, a file's name or path or the target of a wikilink."""
    path = _SUFFIX.sub("", _normal(text.strip()).strip("/"))
    segments = (segment.strip() for segment in path.split("/") if segment.strip(" ."))
    return "/".join(slug(segment) or segment.casefold()[:MAXIMUM_SLUG] for segment in segments)[:MAXIMUM_NAME]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_kept(character: str) -> bool:
    return character == "_" or character.isalnum() or unicodedata.category(character)[0] == "M"


def _shortened(text: str) -> str:
    cut = text[:MAXIMUM_SLUG].encode()[:MAXIMUM_BYTES].decode(errors="ignore")
    if cut == text or text[len(cut)] == "-":
        return cut
    return cut.rpartition("-")[0] or cut
