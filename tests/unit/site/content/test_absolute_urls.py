"""Addresses in the bodies of feeds and mails."""

import pytest

from dropcap.newsletter.mail_html import shown_in_mail
from dropcap.site.content.absolute_urls import absolute

BASE = "https://journal.example.org/a/"
INVALID = ["//[cdn]/oak", "//[x", "//a\N{ACCOUNT OF}b.org/", "http://[your-server]:8080/"]
"""Python refuses to take them apart; the sanitiser keeps those without a scheme."""


@pytest.mark.parametrize("address", INVALID)
def test_an_invalid_address_stays_as_it_is(address: str) -> None:
    """One such link stopped every feed that has its post, and its mail."""
    html = f'<p><a href="{address}">x</a> <a href="../b/">y</a> <img src="{address}" alt=""></p>'
    assert html.replace("../b/", "https://journal.example.org/b/") == absolute(html, BASE)


@pytest.mark.parametrize("address", INVALID)
def test_an_invalid_address_of_a_film_or_a_drawing_is_mailed(address: str) -> None:
    """As a film is that has none, and as a drawing's words."""
    assert "<p>a</p>" == shown_in_mail(f'<p>a</p><video src="{address}"></video>', BASE, "Watch")
    drawing = f'<img src="{address}x.svg" alt="An oak">'
    assert f'<a href="{address}x.svg">An oak</a>' == shown_in_mail(drawing, BASE, "Watch")
