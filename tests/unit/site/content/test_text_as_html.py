"""Plain text in elements of a feed that contain HTML."""

from html import unescape

import pytest

from dropcap.site.content.text_as_html import as_html, looks_like_html

TEXTS = ("Q&A", "AT&amp;T", "a < b", "The <b> element", 'Say "no"', "&#60; is a sign", "I <3 it", "R&D;")


@pytest.mark.parametrize("text", TEXTS)
def test_html_shows_the_text_as_it_was_written(text: str) -> None:
    """With all the signs of HTML that it has."""
    assert text == unescape(as_html(text))
    assert "<" not in as_html(text)


def test_only_a_text_with_a_tag_or_an_entity_is_taken_for_html() -> None:
    """Other ampersands and signs are shown as they are by every program."""
    assert ["AT&amp;T", "The <b> element", "&#60; is a sign", "R&D;"] == [
        text for text in TEXTS if looks_like_html(text)
    ]
