"""Footnotes as screen readers meet them."""

from dropcap.site.content.footnotes import named_footnotes
from support.documents import html

BODY = html("Rest.[^a] Again.[^a]\n\n[^a]: A note.")


def named(body: str) -> str:
    """Return BODY with names in English."""
    return named_footnotes(body, "Footnote {}".format, 'The "notes"')


def test_marks_notes_and_links_back_have_roles_and_names() -> None:
    """A number alone says nothing when it is read out."""
    shown = named(BODY)
    assert 2 == shown.count('href="#fn:a" role="doc-noteref" aria-label="Footnote 1">1</a>')
    assert '<div class="footnote" role="doc-endnotes" aria-label="The &quot;notes&quot;">' in shown
    assert 2 == shown.count('role="doc-backlink"')
    assert shown.count('title="') == shown.count('aria-label="') - 3


def test_a_text_without_footnotes_stays_as_it_is() -> None:
    """Also where it is about the class, and where an author's own element has it."""
    for body in ("<p>a</p>", html("<div class='footnote'>\n\nMine.\n\n</div>"), html('`class="footnote"`')):
        assert body == named(body)
