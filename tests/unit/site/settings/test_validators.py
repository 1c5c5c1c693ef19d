"""Single values of `site.yaml`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.site.settings.contrast import colour_of, contrast
from dropcap.site.settings.validators import address, colour, site_url


@pytest.mark.parametrize("text", ["/", "/about/", "/a.png?b=c#d", "https://example.org/a", "mailto:a@example.org"])
def test_an_address_is_a_path_or_leads_elsewhere(text: str) -> None:
    """URLs that may appear as a link."""
    assert text == address(text)


@pytest.mark.parametrize(
    "text",
    ["", "about", "//evil.example", "///evil.example", "/\\evil.example", "javascript:x()", "data:text/html,x",
     "https://", "https://a b", "https://a@b@c", '/a"b', "mailto:", "/" + "x" * 2000, "http://[", "https://user:pw@a"],
)  # fmt: skip
def test_what_leads_nowhere_or_to_a_stranger_is_none(text: str) -> None:
    """A browser reads slashes in a row as another host, and a backslash as a slash."""
    assert None is address(text)


@pytest.mark.parametrize("text", ["https://example.org", "http://localhost:8000", "https://example.org/blog"])
def test_a_site_has_an_address_of_its_own(text: str) -> None:
    """With a host, and perhaps a folder."""
    assert text == site_url(text)


@pytest.mark.parametrize(
    "text", ["example.org", "ftp://example.org", "https://a?b", "https://a#b", 'https://a/"x', "/"]
)
def test_other_texts_are_no_address_of_a_site(text: str) -> None:
    """It stands before every path in feeds and mails."""
    assert None is site_url(text)


@pytest.mark.parametrize(("text", "expected"), [("#FFF", "#ffffff"), ("#0B5d54", "#0b5d54")])
def test_a_colour_has_six_digits(text: str, expected: str) -> None:
    """Written short or in capitals."""
    assert expected == colour(text)


@given(st.text(st.sampled_from("#0aFg;}{:/* ")) | st.text())
def test_nothing_but_a_colour_reaches_a_style_sheet(text: str) -> None:
    """Not a comment, not a brace, not a word."""
    checked = colour(text)
    assert checked is None or (checked[0] == "#" and len(checked) == len("#123456") and checked[1:].isalnum())


def test_contrast_is_that_of_wcag() -> None:
    """From one to twenty-one, whichever is the darker."""
    black, grey, white = map(colour_of, ("#000000", "#777777", "#ffffff"))
    assert (21.0, 1.0) == (contrast(black, white), contrast(grey, grey))
    assert 4.48 == round(contrast(grey, white), 2) == round(contrast(white, grey), 2)
