"""Addresses as authors write them ▶ URL paths of the site, in plain Unicode, not percent-encoded."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import unquote

from dropcap.patterns import lazy_pattern

MAXIMUM_PATH = 400
"""Most bytes of a path in UTF-8; percent-encoded it must still fit a header of S3 metadata."""

_OWN = lazy_pattern(
    r"/(?:index\.html|404(?:\.html)?|archive|(?:feed|sitemap)\.(?:xml|json)|robots\.txt|opensearch\.xml|rss\.xml|favicon\.ico|\.well-known/.*"
    r"|(?:tags|newsletter|api|assets|sitemap|search|preview)(?:/.*)?|(?:authors|series)/.+|[0-9]{4}(?:/[0-9]{2}){0,2})?/?",
    re.IGNORECASE,
)
_SITE = lazy_pattern(r"\A(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)
_FILE = lazy_pattern(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_START_PAGE = lazy_pattern(r"(?:\A|/)index\.(?:html?|php|aspx?)$", re.IGNORECASE)
_MARKS = frozenset("-._~!$&'()*+,;=:@")
_JOINERS = frozenset("\u200c\u200d")
"""Persian words and emoji have them."""


def is_own(path: str) -> bool:
    """Return whether PATH is reserved: the start page, a list, a feed, the newsletter's pages."""
    return bool(_OWN.fullmatch(path))


def is_absolute(text: str) -> bool:
    """Return whether TEXT names a host, which may be another site."""
    return bool(_SITE.match(text))


def written_path(text: str) -> str | None:
    """Return the URL path that an author means by TEXT; None if it cannot be one.

    It ends in `/`, unless it names a page as a file (`/old/post.html`), as older systems do. Upper and lower case stay,
    since links from other sites have them. Punctuation is that of RFC 3986, section 3.3; letters are of any script.
    """
    return _path(("-".join(segment.split()) for segment in _segments(text)), _is_allowed)


def former_path(text: str) -> str | None:
    """Return the URL path, on another system, that an author means by TEXT; None if no object can have it.

    As `written_path`, but blanks and signs of any script stay: a redirect is only found at the very address. Signs that
    S3 advises against, such as `%` and `|`, are not allowed.
    """
    return _path(_segments(text), _is_kept)


def _segments(text: str) -> Iterable[str]:
    plain = unicodedata.normalize("NFC", unquote(_SITE.sub("", text.strip(), count=1)))
    return filter(str.strip, _START_PAGE.sub("", plain).split("/"))


def _path(segments: Iterable[str], is_allowed: Callable[[str], bool]) -> str | None:
    path = "/".join(["", *segments])
    if "/." in path or not all(character == "/" or is_allowed(character) for character in path):
        return None
    path = path if _FILE.search(path) else path + "/"
    return path if len(path.encode()) <= MAXIMUM_PATH else None


def page_path(path: str) -> str:
    """Return the URL path of a page whose author wrote PATH: `/old/post.html` becomes `/old/post/`."""
    return _FILE.sub("/", path)


def _is_allowed(character: str) -> bool:
    return character in _MARKS or character.isalnum() or unicodedata.category(character)[0] == "M"


def _is_kept(character: str) -> bool:
    if character.isascii():
        return character == " " or _is_allowed(character)
    category = unicodedata.category(character)
    return _is_allowed(character) or character in _JOINERS or category == "Zs" or category[0] in "PS"


def tag_path(slug: str) -> str:
    """Return the path of the page of the tag with SLUG."""
    return f"/tags/{slug}/"


def author_path(slug: str) -> str:
    """Return the path of the page of the author whose name has SLUG."""
    return f"/authors/{slug}/"
