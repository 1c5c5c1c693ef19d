"""Addresses as authors write them ▶ URL paths of the site, in plain Unicode, not percent-encoded."""

import re
import unicodedata
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
    plain = unicodedata.normalize("NFC", unquote(_SITE.sub("", text.strip(), count=1)))
    segments = ["-".join(segment.split()) for segment in _START_PAGE.sub("", plain).split("/") if segment.strip()]
    if any(segment.startswith(".") or not all(map(_is_allowed, segment)) for segment in segments):
        return None
    path = "/".join(["", *segments])
    path = path if _FILE.search(path) else path + "/"
    return path if len(path.encode()) <= MAXIMUM_PATH else None


def page_path(path: str) -> str:
    """Return the URL path of a page whose author wrote PATH: `/old/post.html` becomes `/old/post/`."""
    return _FILE.sub("/", path)


def _is_allowed(character: str) -> bool:
    return character in _MARKS or character.isalnum() or unicodedata.category(character)[0] == "M"


def tag_path(slug: str) -> str:
    """Return the path of the page of the tag with SLUG."""
    return f"/tags/{slug}/"


def author_path(slug: str) -> str:
    """Return the path of the page of the author whose name has SLUG."""
    return f"/authors/{slug}/"
