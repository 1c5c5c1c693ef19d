"""Links to headings within a text, as other systems write them."""

import pytest

from support.documents import html


@pytest.mark.parametrize(
    ("link", "heading", "identifier"),
    [
        ("#Next%20steps", "Next steps", "next-steps"),
        ("#Next steps", "Next steps", "next-steps"),
        ("#1-rest--sleep", "1. Rest & sleep", "1-rest-sleep"),
        ("#diagnostics-aspirations-", "Diagnostics aspirations 🎉", "diagnostics-aspirations"),
        ("#Performance-Dashboard", "Performance Dashboard", "performance-dashboard"),
        ("#c-plus-plus", "C++", "c-plus-plus"),
        ("#%C3%9Cber-uns", "Über uns", "%C3%BCber-uns"),
    ],
)
def test_a_link_leads_to_the_heading_that_is_meant(link: str, heading: str, identifier: str) -> None:
    """It led to no place, so that the browser stayed where it was."""
    assert f'<p><a href="#{identifier}">x</a></p>' in html(f"[x]({link})\n\n## {heading}")
    assert f'<a href="#{identifier}">x</a>' in html(f'<div><a href="{link}">x</a></div>\n\n## {heading}')


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("[x](#A--B) <a id='A--B'></a>\n\n## A b", "#A--B"),
        ("[x](#A--B)\n\n## A b {#A--B}\n\n## A b", "#A--B"),
        ("[x](#nowhere)\n\n## A", "#nowhere"),
        ("[x](/y/#A--B)\n\n## A b", "/y/#A--B"),
        ("[x](#^a)\n\nA. ^a\n\n## a", "#^a"),
    ],
)
def test_other_links_stay_as_they_are(body: str, kept: str) -> None:
    """An id of the author's own comes first, and other pages have other ids."""
    assert f'<a href="{kept}">x</a>' in html(body)


@pytest.mark.parametrize(
    ("address", "fragment"),
    [
        ("other.md#Next%20steps", "next-steps"),
        ("/notes/other.md#A%20b#Next%20steps%20&%20more", "next-steps-more"),
        ("other.md#Own_Id--x", "Own_Id--x"),
    ],
)
def test_a_link_to_a_heading_of_another_text_may_have_its_words(address: str, fragment: str) -> None:
    """An id has no blanks, so that words with some are those of the heading."""
    assert f'fragment="{fragment}"' in html(f"[x]({address})")
