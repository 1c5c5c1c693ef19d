"""Letters of formulas in bold, script and other styles, each as a character of its own.

MathML Core has no `mathvariant` but `normal`: browsers show a letter with another one as if it had none. It draws an
`<mi>` of one letter in italics (MathML Core, 4.2). TeX has upright capital Greek letters.
"""

import unicodedata
from functools import cache
from xml.etree.ElementTree import Element

from dropcap.patterns import lazy_pattern

NORMAL = "normal"
_STYLE = lazy_pattern(r"(?:MATHEMATICAL )?(.+?) (?:CAPITAL|SMALL|DIGIT|NABLA|PARTIAL|EPSILON|THETA|KAPPA|PHI|RHO|PI)\b")
_NAMES = {"black-letter": "fraktur", "sans-serif-bold": "bold-sans-serif"}
"""Styles that MathML calls by another name than Unicode."""
_PLACES = (range(0x2100, 0x2150), range(0x1D400, 0x1D800))
"""Letterlike symbols, which Unicode had before, and mathematical alphanumeric symbols."""
_UPRIGHT = lazy_pattern("[\u0391-\u03a9]")


def set_style(element: Element, *, upright: bool) -> None:
    """Replace the style of ELEMENT, a token of letters, by characters that have it; one is UPRIGHT within TeX's mathrm.

    A text keeps its style, which the style sheet shows: its words stay words.
    """
    if element.tag not in {"mi", "mn", "mo"}:
        return
    style = element.attrib.pop("mathvariant", "")
    text = element.text or ""
    if style == NORMAL or (element.tag == "mi" and not style and (upright or _UPRIGHT.fullmatch(text))):
        element.set("mathvariant", NORMAL)
    elif style and (element.tag, style) != ("mi", "italic"):  # a browser draws that in italics by itself
        if style == "bold-italic" and _UPRIGHT.fullmatch(text):
            style = "bold"
        element.text = "".join(_letters().get((style, letter), letter) for letter in text) or None


@cache
def _letters() -> dict[tuple[str, str], str]:
    """Return the character for each style, as MathML calls it, and plain letter or digit."""
    letters = {}
    for letter in (chr(code) for place in _PLACES for code in place):
        kind, _, plain = unicodedata.decomposition(letter).partition(" ")
        style = _STYLE.match(unicodedata.name(letter, ""))
        if kind == "<font>" and style:
            name = style[1].lower().replace(" ", "-")
            letters[_NAMES.get(name, name), chr(int(plain, 16))] = letter
    return letters
