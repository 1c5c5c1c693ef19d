"""How a text opens: a drop cap where it suits, and contents where they help."""

import pytest

from dropcap.document.html.summary import derived_summary
from dropcap.document.markdown.math import mathml
from dropcap.site.content.opening import Heading, opening, outline, standfirst

LONG = (
    "our back step faces east and when we first moved in we thought of it as a fault as it made the evenings cold; " * 2
)
IDEOGRAPHS = "的" * 60
THREE = (
    '<h2 id="a">A <em>b</em><sup id="fnref:1"><a href="#fn:1">1</a></sup></h2><h3 id="x">x</h3>'
    '<h2 id="c">C &amp; d</h2><h2 id="e">E</h2>'
)


@pytest.mark.parametrize("first", ["O", "<em>O</em>", "Ж", "Ω", "ש"])
def test_a_long_paragraph_that_begins_with_a_letter_opens_with_it(first: str) -> None:
    """Latin, Cyrillic, Greek and Hebrew letters stand apart, and can be set large."""
    assert "letter" == opening(f"<p>{first}{LONG}</p>\n<p>More.</p>")


def test_an_ideograph_opens_a_text_of_ideographs() -> None:
    """Such a text has hardly a space: what counts are its characters."""
    assert "ideograph" == opening(f"<p>{IDEOGRAPHS}</p>")


@pytest.mark.parametrize(
    "html",
    [
        f"<ul><li>{LONG}</li></ul>",
        f"<blockquote><p>{LONG}</p></blockquote>",
        f'<h2 id="x">{LONG}</h2><p>{LONG}</p>',
        f'<p><img src="/a.png" alt="">{LONG}</p>',
        f"<p>“{LONG}”</p>",
        f"<p>7 {LONG}</p>",
        f"<p>🌊 {LONG}</p>",
        f"<p>م {LONG}</p>",
        f"<p>न {LONG}</p>",
        "<p>Too short for three lines.</p>",
        "<p>的的的</p>",
        "",
    ],
)
def test_anything_else_opens_as_it_is(html: str) -> None:
    """No drop cap on a list, quote, heading, picture, figure, joined script, or where three lines are not to be had."""
    assert opening(html) is None


def test_a_summary_stands_above_the_text_only_where_it_says_something_else() -> None:
    """One that Dropcap took from the beginning is not read twice; it may have been cut, and the text has markup."""
    html = '<h2>On</h2><p>Twenty <em>minutes</em><sup id="fnref:a">1</sup> are enough for most people.</p>'
    assert "" == standfirst("Twenty minutes are enough…", "Naps", html)
    assert "" == standfirst("", "Naps", html)
    assert "Lie down." == standfirst("Lie down.", "Naps", html)


def test_a_long_text_has_its_highest_headings_as_contents() -> None:
    """By the words of each, without notes and markup."""
    expected = (Heading("a", "A b"), Heading("c", "C & d"), Heading("e", "E"))
    assert expected == outline(THREE, 4, wanted=None)


def test_its_author_may_want_contents_or_none() -> None:
    """A short text has none unless asked for, a long one none where its author says so."""
    assert () == outline(THREE, 3, wanted=None)
    assert 3 == len(outline(THREE, 1, wanted=True))
    assert () == outline(THREE, 9, wanted=False)
    assert () == outline("<p>No heading.</p>", 9, wanted=True)


def test_an_edited_copy_of_the_first_sentence_is_shown_once() -> None:
    """As in posts whose summary was pasted from the text, and changed a little."""
    text = "<p>Midas is a place that brings life to a kit for towns. It is a market of skills.</p>"
    pasted = "Midas is a place that brings life to a kit for towns. A market."
    own = "Midas is a place that brings people together."
    assert ("", own) == (standfirst(pasted, "Midas", text), standfirst(own, "Midas", text))


def test_a_summary_that_repeats_the_title_is_not_shown_below_it() -> None:
    """With or without its full stop."""
    assert ("", "Naps at work") == tuple(
        standfirst(words, "Naps", "<p>Lie down.</p>") for words in ("naps.", "Naps at work")
    )


def test_a_summary_that_was_taken_from_a_text_with_formulas_is_not_shown_above_it() -> None:
    """It has them as they were typed."""
    html = f"<p>Of {mathml('a<b', block=False)}, {mathml(r'm c^2', block=False)} and more.</p>"
    summary = derived_summary("", html)
    assert summary == r"Of a<b, m c^2 and more."
    assert standfirst(summary, "Energy", html) == ""


def test_a_line_break_ends_a_word() -> None:
    """In the contents of a text, and where a summary is looked for in it."""
    assert "" == standfirst("Roses are red violets are blue.", "A rhyme", "<p>Roses are red<br>violets are blue.</p>")
    assert (Heading("a", "One two"),) == outline('<h2 id="a">One<br>two</h2>', 9, wanted=True)
