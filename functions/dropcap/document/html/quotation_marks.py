"""Quotation marks by language, and whether a space precedes signs such as `?`."""

from typing import NamedTuple


class Quotation(NamedTuple):
    """Marks around a quotation, and around one within it. SPACED languages put a space before signs such as `?`."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str
    spaced: bool = False


_THIN = "\N{NARROW NO-BREAK SPACE}"
_LOW, _HIGH, _TURNED = "„‚", "”’", "“‘"


def _curly(opening: str, closing: str) -> Quotation:
    return Quotation(opening[0], closing[0], opening[1], closing[1])


_ENGLISH = _curly(_TURNED, _HIGH)
_GERMAN = _curly(_LOW, _TURNED)
_SWEDISH = _curly(_HIGH, _HIGH)
_POLISH = _curly(_LOW, _HIGH)
_SPANISH = Quotation("«", "»", "“", "”")
_RUSSIAN = Quotation("«", "»", "„", "“")
_NORWEGIAN = Quotation("«", "»", "‘", "’")
_SWISS = Quotation("«", "»", "‹", "›")
_FRENCH = Quotation(f"«{_THIN}", f"{_THIN}»", "“", "”", spaced=True)
_HUNGARIAN = Quotation("„", "”", "»", "«")
_ROMANIAN = Quotation("„", "”", "«", "»")

_LANGUAGES = {
    "de": _GERMAN, "cs": _GERMAN, "sk": _GERMAN, "sl": _GERMAN, "bg": _GERMAN, "is": _GERMAN, "lt": _GERMAN,
    "et": _GERMAN, "lb": _GERMAN, "ka": _GERMAN, "sv": _SWEDISH, "fi": _SWEDISH, "he": _SWEDISH, "pl": _POLISH,
    "hr": _POLISH, "sr": _POLISH, "es": _SPANISH, "it": _SPANISH, "pt": _SPANISH, "ca": _SPANISH, "gl": _SPANISH,
    "el": _SPANISH, "eu": _SPANISH, "ru": _RUSSIAN, "uk": _RUSSIAN, "be": _RUSSIAN, "nb": _NORWEGIAN, "nn": _NORWEGIAN,
    "no": _NORWEGIAN, "da": Quotation("»", "«", "›", "‹"), "fr": _FRENCH, "hu": _HUNGARIAN, "ro": _ROMANIAN,
    "de-ch": _SWISS, "de-li": _SWISS, "fr-ch": _SWISS, "it-ch": _SWISS, "pt-br": _ENGLISH,
}  # fmt: skip


def quotation(language: str) -> Quotation:
    """Return the marks of LANGUAGE, a BCP 47 tag; those of English if it is not known."""
    tag = language.lower().replace("_", "-")
    parts = tag.split("-")
    return _LANGUAGES.get("-".join(parts[:2])) or _LANGUAGES.get(parts[0], _ENGLISH)
