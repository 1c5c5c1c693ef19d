"""File names with a language: `trip/index.de.md` is the German translation of `trip/index.md`.

A suffix is a language if the site names it under `languages`, or if it is a code of ISO 639-1 and a file of the same
name without it exists; otherwise it is part of the name: `notes.it.md` alone is a note called "notes.it".
"""

from collections.abc import Iterable
from typing import NamedTuple

from dropcap.document.language_tags import language_tag
from dropcap.patterns import lazy_pattern

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
ISO_639_1 = frozenset(_CODES.split())
"""The two-letter codes of languages (ISO 639-1)."""

_SUFFIXED = lazy_pattern(
    r"(?P<base>(?:.*/)?[^/]+)\.(?P<suffix>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2})\.(?P<type>md|markdown)"
)


class Suffix(NamedTuple):
    """The end of a source key that may be a language: the key BASE without it, and the TAG as in BCP 47."""

    base: str
    tag: str


def language_suffix(key: str) -> Suffix | None:
    """Return the part of the source KEY that may be a language; None if there is none."""
    match = _SUFFIXED.fullmatch(key)
    tag = language_tag(match["suffix"]) if match else None
    return Suffix(f"{match['base']}.{match['type']}", tag) if match and tag else None


def possible_suffix(key: str, languages: Iterable[str]) -> Suffix | None:
    """Return the suffix of source KEY that is a language if its base exists; None for one of the LANGUAGES anyway."""
    suffix = language_suffix(key)
    is_open = suffix and suffix.tag.casefold() in ISO_639_1 and not _is_in_use(suffix.tag, languages)
    return suffix if is_open else None


def translation_suffix(key: str, languages: Iterable[str]) -> Suffix | None:
    """Return the language in the name of source KEY if it is one of LANGUAGES; None if the name has none of them."""
    suffix = language_suffix(key)
    return suffix if suffix and _is_in_use(suffix.tag, languages) else None


def translations_of(key: str, others: Iterable[str]) -> list[str]:
    """Return those of the source keys OTHERS that would be translations of source KEY by their names."""
    suffixes = ((other, language_suffix(other)) for other in others)
    return [other for other, suffix in suffixes if suffix and suffix.base == key]


def _is_in_use(tag: str, languages: Iterable[str]) -> bool:
    return tag.casefold() in {language.casefold() for language in languages}
