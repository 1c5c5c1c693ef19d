"""Single values of `site.yaml` ▶ as they are kept, or None for what cannot be one."""

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,3}", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?(?::\d{1,5})?")
_SPACES = re.compile(r"[\s<>\"\\]")


def site_url(text: str) -> str | None:
    """Give the site's own address: http or https, a host, perhaps a folder."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc) and not parts.query + parts.fragment
    return text if good and not _SPACES.search(text) else None


def address(text: str) -> str | None:
    """Give a path on the site that begins with a slash, or a full address with http, https or mailto."""
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
    """Give a language tag (BCP 47)."""
    tag = text.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def zone(text: str) -> str | None:
    """Give the IANA name of a time zone."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError, a folder's name an OSError
        return None
    return text


def colour(text: str) -> str | None:
    """Give a colour such as `#0b5d54` or `#abc` with six digits in lower case; nothing else reaches a style sheet."""
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:].lower()
    return "#" + (digits if len(digits) > len("abc") else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours of six digits, from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)  # noqa: PLR2004  # sRGB's own constants
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
