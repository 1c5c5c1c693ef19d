"""Deferred texts of a fragment are localised in the language of the site and of the text."""

import pytest

from dropcap.document import resolve
from dropcap.site.content.localise import localised
from dropcap.site.theme import Theme
from support.documents import html


@pytest.mark.parametrize(
    ("language", "footnote", "unresolved"),
    [
        ("en", "Jump back to footnote 2 in the text", "Not published yet"),
        ("de", "Zurück zur Fußnote 2 im Text", "Noch nicht erschienen"),
        ("fr", "Revenir à l\N{RIGHT SINGLE QUOTATION MARK}appel de la note 2 dans le texte", "Pas encore publié"),
        ("ar", "العودة إلى موضع الحاشية 2 في النص", "لم يُنشر بعد"),
    ],
)
def test_titles_are_said_in_the_language_of_the_site(
    theme: Theme, language: str, footnote: str, unresolved: str
) -> None:
    """Of the way back from a footnote, and of what is no link yet; nothing of the marks is left."""
    fragment = resolve(html("A[^a] b[^b] [[later]].\n\n[^a]: One.\n[^b]: Two."), {})
    shown = localised(fragment, theme.messages(language), theme.messages("en"))
    assert f'href="#fnref:b" title="{footnote}">' in shown
    assert f'<span class="unresolved" title="{unresolved}">later</span>' in shown
    assert "dropcap-" not in shown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> [!WARNING]\n> Hot.", '<p class="admonition-title">Warnung</p>'),
        ("> [!tip]-\n> Hot.", '<summary class="admonition-title">Tipp</summary>'),
        ("!!! danger\n    Hot.", '<p class="admonition-title">Gefahr</p>'),
        ("??? example wide\n    Hot.", '<summary class="admonition-title">Beispiel</summary>'),
        ('??? example ""\n    Hot.', '<summary class="admonition-title">Beispiel</summary>'),
        ("> [!note] Note\n> Hot.", '<p class="admonition-title">Note</p>'),
        ('!!! note "Note"\n    Hot.', '<p class="admonition-title">Note</p>'),
        ("> [!recipe]\n> Hot.", '<p class="admonition-title">Recipe</p>'),
    ],
)
def test_a_callout_without_a_title_is_called_by_its_kind(theme: Theme, source: str, expected: str) -> None:
    """In the language of its text; a title that is written stays, and so does a kind that no catalogue knows."""
    shown = localised(html(source), theme.messages("en"), theme.messages("de"))
    assert expected in shown
    assert "dropcap-" not in shown


def test_a_box_may_have_no_title(theme: Theme) -> None:
    """If its author wrote an empty one, and it does not fold."""
    shown = localised(html('!!! note ""\n    Hot.'), theme.messages("en"), theme.messages("en"))
    assert '<div class="admonition note">\n<p>Hot.</p>\n</div>' == shown


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<p title="dropcap-title:nothing">a</p>', '<p title="">a</p>'),
        ('<p><code>title="dropcap-title:unresolved"</code></p>', None),
        ("<dropcap-word class='note'><b>a</b></dropcap-word>", "<b>a</b>"),
        ("<dropcap-word title='>' class='x y'>a &amp; b</dropcap-word>", "a &amp; b"),
    ],
)
def test_marks_that_an_author_makes_do_no_harm(theme: Theme, written: str, expected: str | None) -> None:
    """They are words or nothing, and text stays as it is."""
    assert (expected or written) in localised(html(written), theme.messages("en"), theme.messages("en"))
