"""The table of text directions agrees with CLDR."""

import pytest
from babel import Locale, localedata

from dropcap.site.text_direction import direction


def test_the_direction_is_that_of_cldr_for_every_locale() -> None:
    """Babel reads it from CLDR's data; Mongolian from top to bottom is no `dir` in HTML."""
    expected = {name for name in localedata.locale_identifiers() if Locale.parse(name).text_direction == "rtl"}
    assert expected == {name for name in localedata.locale_identifiers() if direction(name) == "rtl"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "ltr"),
        ("AR-eg", "rtl"),
        ("az-Arab", "rtl"),
        ("ks-Deva", "ltr"),
        ("pa_Arab_PK", "rtl"),
        ("ur-Latn", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_script_in_the_tag_decides(language: str, expected: str) -> None:
    """Upper case and underscores are understood."""
    assert expected == direction(language)
