"""An address is no code, also for programs that remove characters from it before they read it."""

import sys
import unicodedata
from itertools import product

import pytest

from dropcap.document.html.sanitise import sanitised
from dropcap.document.paths.url_schemes import is_allowed
from support.active_html import active_parts
from support.documents import document

IGNORABLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
"""Characters that show nothing, though their category says otherwise (Default_Ignorable_Code_Point, and Braille's)."""
SIGNS = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
"""The first words of the names of characters that count as format characters, though readers see them."""
BLANKS = sorted({
    *IGNORABLE,
    *(chr(code) for code in range(1, sys.maxunicode + 1)  # a parser of HTML replaces NUL
      if (unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp", "Cf", "Cc"} or chr(code).isspace())
      and (chr(code) == "\u061c" or not unicodedata.name(chr(code), "").startswith(SIGNS))),
})  # fmt: skip
PLACES = ("{}javascript:x()", "java{}script:x()", "javascript{}:x()", "{}data:text/html,x", "vb{}script:x")


@pytest.mark.parametrize("place", PLACES)
def test_no_blank_of_unicode_hides_a_scheme(place: str) -> None:
    """Before, within or after its name, once or twice; neither in HTML nor in an address that Markdown has."""
    addresses = [place.format(blank * times) for blank in BLANKS for times in (1, 2)]
    assert len(addresses) > 500
    assert [] == [repr(address) for address in addresses if is_allowed(address)]
    links = "\n".join(f'<a href="{address}" title="x">a</a>' for address in addresses)
    assert {'<a title="x">a</a>'} == {line for line in sanitised(links).splitlines() if line}


@pytest.mark.parametrize("attribute", ["src", "cite", "poster", "action"])
def test_no_other_attribute_with_an_address_takes_code(attribute: str) -> None:
    """In a trusted folder too, where forms and frames stay."""
    elements = {"src": "iframe", "cite": "q", "poster": "video", "action": "form"}
    for place in PLACES:
        for blank in ("\u00a0", "\u200b", "\u2028", "\ufeff"):
            html = f'<{elements[attribute]} {attribute}="{place.format(blank)}"></{elements[attribute]}>'
            assert f"<{elements[attribute]}></{elements[attribute]}>" == sanitised(html, trusted=True)


FORMS = (
    "[a](<{}>)", "![a]({})", "[a][r{number}]\n\n[r{number}]: {}", "[[{}]]", "<a href='&#32;{}'>a</a>",
    '<img src="{}" srcset="{} 1x, {} 2x">', "a\n{{: href={} }}",
)  # fmt: skip
"""Places of an address in a text; what a blank ends there is no address any more."""


@pytest.mark.parametrize("form", FORMS)
def test_no_blank_hides_a_scheme_in_a_text(form: str) -> None:
    """Every blank before, within and after the name, in everything that becomes a link or a picture."""
    lines = [
        form.format(*[place.format(blank)] * 3, number=number)
        for number, (place, blank) in enumerate(product(PLACES[:2], BLANKS))
    ]
    parts = ["\n\n".join(lines[begin : begin + 150]) for begin in range(0, len(lines), 150)]
    assert [] == [acting for part in parts for acting in active_parts(document(part).html)]
    assert len(lines) > 900
