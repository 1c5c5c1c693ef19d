"""MathML ▶ HTML that every feed reader shows: letters in italics, indices above and below, fractions with a slash.

A formula without such a form, such as a matrix, is shown as it was typed.
"""

import unicodedata
from collections.abc import Callable, Iterator
from html import escape
from re import Match
from xml.etree.ElementTree import Element, fromstring

from dropcap.html_tags import FORMULA

_UNSPACED = frozenset("√∑∏∐∫∬∭∮∂∇∞¬∀∃∅|~/")
"""Mathematical symbols that are no operators between two terms."""
_OPENS = frozenset("([{⟨⌈⌊|")
_INVISIBLE = {"\u2061": "", "\u2062": "", "\u2063": "", "\u2064": ""}
_ACCENTS = {
    "^": "\u0302", "\u02c6": "\u0302", "¯": "\u0304", "‾": "\u0304", "―": "\u0304", "~": "\u0303", "\u02dc": "\u0303",
    "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c",
}  # fmt: skip
"""Signs above a letter, and Unicode's combining characters for them."""


class NoPlainFormError(Exception):
    """A formula that cannot be written in one line."""


def with_plain_formulas(html: str) -> str:
    """Return HTML, a resolved body, with every formula in a form that needs no MathML."""
    return FORMULA.sub(_plain, html) if "<math" in html else html


def _plain(formula: Match[str]) -> str:
    try:
        # The sanitiser lets no MathML through: this is what render made.
        return f'<span dir="ltr">{_row(fromstring(formula[0])).strip()}</span>'  # noqa: S314  # see the line above
    except NoPlainFormError:
        return f'<code dir="ltr">{formula[1]}</code>'


def _row(element: Element) -> str:
    return "".join(_terms(element))


def _terms(element: Element) -> Iterator[str]:
    """Yield the children of ELEMENT; a sign at the beginning or after another one belongs to the next term."""
    is_first = True
    for child in element:
        name, text = _name(child), (child.text or "").strip()
        if name in {"mo", "mi"} and _is_infix(text):
            yield escape(text) if is_first else f" {escape(text)} "
            is_first = True
        else:
            yield _written(child)
            is_first = name == "mo" and text in _OPENS


def _is_infix(text: str) -> bool:
    return text == "·" or (len(text) == 1 and unicodedata.category(text) == "Sm" and text not in _UNSPACED)


def _written(element: Element) -> str:
    name = _name(element)
    if name not in _FORMS:
        raise NoPlainFormError
    return _FORMS[name](element)


def _letter(element: Element) -> str:
    """Write a name as it is, and a letter in italics unless it is upright or has a style of its own."""
    text = (element.text or "").strip()
    if len(text) != 1:
        return f"{escape(text)} "
    is_plain = element.get("mathvariant") != "normal" and not unicodedata.decomposition(text).startswith("<font>")
    return f"<i>{escape(text)}</i>" if is_plain else escape(text)


def _operator(element: Element) -> str:
    text = (element.text or "").strip()
    if text in {",", ";"}:
        return f"{text} "
    shown = escape(_INVISIBLE.get(text, text))
    return f"{shown} " if shown.isalpha() and len(shown) > 1 else shown


def _fraction(element: Element) -> str:
    if element.get("linethickness") == "0":
        raise NoPlainFormError
    above, below = (_grouped(child) for child in element)
    return f"{above}/{below}"


def _root(element: Element) -> str:
    base, degree = element
    return f"<sup>{_written(degree).strip()}</sup>√{_grouped(base)}"


def _accent(element: Element) -> str:
    """Write a sign above a single letter as a combining character, and one above an operator as an index."""
    base, above = (_written(child).strip() for child in element)
    sign = _ACCENTS.get("".join(element[1].itertext()).strip())
    letter = "".join(element[0].itertext()).strip()
    if sign and len(letter) != 1:
        raise NoPlainFormError
    return base.replace(letter, f"{letter}{sign}") if sign else f"{base}<sup>{above}</sup>"


def _indexed(*tags: str) -> Callable[[Element], str]:
    def indexed(element: Element) -> str:
        base, *indices = (_written(child).strip() for child in element)
        gap = " " if len(base) > 1 and base.isalpha() else ""
        return base + "".join(f"<{tag}>{index}</{tag}>" for tag, index in zip(tags, indices, strict=True)) + gap

    return indexed


def _grouped(element: Element) -> str:
    """Return ELEMENT in brackets, unless it is one term."""
    row = element
    while _name(row) in {"mrow", "mstyle"} and len(row) == 1:
        row = row[0]
    written = _written(row).strip()
    return f"({written})" if _name(row) in {"mrow", "mstyle", "mfrac"} and len(row) > 1 else written


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


_FORMS: dict[str, Callable[[Element], str]] = {
    "math": _row, "mrow": _row, "mstyle": _row, "mpadded": _row,
    "mi": _letter, "mo": _operator, "mn": lambda element: escape(element.text or ""),
    "mtext": lambda element: escape(element.text or ""), "ms": lambda element: escape(element.text or ""),
    "mspace": lambda _: " ", "mphantom": lambda _: "",
    "msup": _indexed("sup"), "msub": _indexed("sub"), "msubsup": _indexed("sub", "sup"),
    "munder": _indexed("sub"), "munderover": _indexed("sub", "sup"), "mover": _accent,
    "mfrac": _fraction, "msqrt": lambda element: f"√{_grouped_row(element)}", "mroot": _root,
}  # fmt: skip


def _grouped_row(element: Element) -> str:
    return _grouped(element[0]) if len(element) == 1 else f"({_row(element).strip()})"
