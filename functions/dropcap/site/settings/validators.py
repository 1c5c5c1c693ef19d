"""Validate single values of `site.yaml`: each function returns the value as stored, or None if it is invalid."""

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dropcap.document.metadata.visibility import LENGTHS
from dropcap.patterns import lazy_pattern

_HEX = lazy_pattern(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LANGUAGE = lazy_pattern(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)
_HOST = lazy_pattern(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?(?::\d{1,5})?")
SENDER_LENGTH = 100
_SPACES = lazy_pattern(r"[\s<>\"\\]")


def site_url(text: str) -> str | None:
    """Return the site's own address: http or https, a host, perhaps a folder."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc) and not parts.query + parts.fragment
    return text if good and not _SPACES.search(text) else None


def address(text: str) -> str | None:
    """Return a path on the site that begins with a slash, or a full address with http, https or mailto."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if _SPACES.search(text) or len(text) > 1_000:  # noqa: PLR2004  # longer than any address that people follow
        return None
    if parts.scheme in {"http", "https"}:
        return text if _HOST.fullmatch(parts.netloc) else None
    local = text.startswith("/") and not parts.netloc and not text.startswith("//")
    return text if local or (parts.scheme == "mailto" and "@" in parts.path) else None


def language(text: str) -> str | None:
    """Return a language tag (BCP 47)."""
    tag = text.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def mail_address(text: str) -> str | None:
    """Return a mail address in ASCII that a header can contain."""
    return text if re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}", text, re.ASCII) else None


def newsletter_length(text: str) -> str | None:
    """Return how much of a post its mail contains: `full` or `excerpt`."""
    word = text.casefold()
    return word if word in LENGTHS else None


def sender_name(text: str) -> str | None:
    """Return a display name of at most 100 characters, as inboxes show few more than 30."""
    return text if len(text) <= SENDER_LENGTH else None


def zone(text: str) -> str | None:
    """Return the IANA name of a time zone."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError, a folder's name an OSError
        return None
    return text


def colour(text: str) -> str | None:
    """Return a colour such as `#0b5d54` or `#abc` with six digits in lower case; nothing else reaches a style sheet."""
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:].lower()
    return "#" + (digits if len(digits) > len("abc") else "".join(2 * digit for digit in digits))
