"""Language tag ▶ the direction in which the language is written.

From CLDR 47: `orientation/characterOrder` of its locales, and for other languages the script in `likelySubtags`.
A table, since Babel would load the data of a whole locale for this one word; a test compares it with Babel.
"""

from typing import Literal

_RIGHT_TO_LEFT = frozenset({
    "apc", "ar", "arc", "arz", "ary", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks",
    "lki", "lrc", "mzn", "nqo", "ota", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi",
})  # fmt: skip
_RIGHT_TO_LEFT_SCRIPTS = frozenset({
    "adlm", "arab", "aran", "gara", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi",
})  # fmt: skip
_SCRIPT_LENGTH = 4


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction of LANGUAGE, a tag as in BCP 47; a script in the tag decides, else the language."""
    first, *rest = language.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == _SCRIPT_LENGTH and part.isalpha()), None)
    is_right_to_left = script in _RIGHT_TO_LEFT_SCRIPTS if script else first in _RIGHT_TO_LEFT
    return "rtl" if is_right_to_left else "ltr"
