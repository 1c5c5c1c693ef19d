"""Titles and summaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.html.summary import DERIVED
from dropcap.document.truncate import shortened
from support.documents import document, html, yaml


@pytest.mark.parametrize(
    ("text", "key", "title"),
    [
        ("---\ntitle: '  A\n\n  day '\n---\n# Other", "a.md", "A day"),
        ("---\nTitle: no\n---\n", "a.md", "no"),
        ("# The *first* `heading`[^1]\n\n[^1]: x", "a.md", "The first heading"),
        ("Text.\n\n# A heading", "notes/My idea.md", "My idea"),
        ("## A heading\n\nText.", "notes/My idea.md", "My idea"),
        ("---\ntitle: It&#8217;s &amp; Co\n---\n", "a.md", "It\u2019s & Co"),
        ("---\ntitle: What `&amp;` and &amp;lt; mean\n---\n", "a.md", "What &amp; and &lt; mean"),
        ('---\ntitle: Use `git "x"` -- "now"\n---\n', "a.md", 'Use git "x" \u2013 “now”'),
        ("---\ntitle: A ` b\n---\n", "a.md", "A ` b"),
        ("---\ntitle: A ``c`d`` e\n---\n", "a.md", "A c`d e"),
        ("Text.", "2024-05-01-first-light.md", "First light"),
        ("Text.", "trips/norway_by_train/index.md", "Norway by train"),
        ("---\ntitle: [a]\n---\nText.", "a.md", "A"),
    ],
)
def test_a_title_is_a_field_or_a_heading_or_the_file_s_name(text: str, key: str, title: str) -> None:
    """In that order."""
    assert title == document(text, key).title


def test_a_heading_that_repeats_the_title_is_not_shown_twice() -> None:
    """The page has a heading of its own."""
    assert "<p>Text.</p>" == document("# A *day*\n\nText.").html.strip()
    assert "<p>Text.</p>" == yaml("title: A day", body="# A day\n\nText.").html.strip()
    assert "<p>Text.</p>" == yaml("title: Use `x`", body="# Use `x`\n\nText.").html.strip()


def test_a_heading_that_differs_from_the_title_stays() -> None:
    """It says something else, or it is further down."""
    assert "<h1" in yaml("title: A night", body="# A day\n\nText.").html
    assert "<h1" in document("Text.\n\n# A day").html


def test_a_long_title_is_cut() -> None:
    """At a word."""
    assert "…" == document(f"---\ntitle: {'word ' * 100}\n---\n").title[-1]


@pytest.mark.parametrize("name", ["summary", "description", "excerpt", "custom_excerpt"])
def test_a_summary_is_a_field(name: str) -> None:
    """Under the names that other systems use."""
    assert "In short." == yaml(f"{name}: In short.", body="At length.").summary


def test_a_written_summary_is_plain_text() -> None:
    """Its Markdown and HTML are read, not shown."""
    assert "A b & c d." == yaml("""excerpt: "A *b* & <a href='/x'>c</a> [d](/y).\"""").summary


def test_text_before_the_more_mark_is_the_summary() -> None:
    """All of it, in any form."""
    assert "A b. C" == document("A *b*.\n\n## C\n\n<!-- more -->\n\nD.").summary


def test_the_more_mark_in_code_is_code() -> None:
    """A post about it is summed up as any other."""
    assert "Write <!--more--> here." == document("Write `<!--more-->` here.\n\nB.").summary


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ('# A\n\n![x](y.jpg)\n\nThe *first* & \n"best"[^1].\n\n[^1]: note', "The first & “best”."),
        ("{% include x %}\n\nThe {{ y }} text.", "The text."),
        ("- a\n- b\n\nC.", "C."),
        ("[[a|The link]] counts.", "The link counts."),
        ("```\ncode\n```", ""),
        ("> [!note]\n> A text.", "A text."),
        ("Roses are red<br>violets are blue.", "Roses are red violets are blue."),
        ("<table><tr><td>One</td><td>two</td></tr></table>\n\n<!--more-->\n\nB.", "One two"),
        ("!!! tip\n    A text.", "A text."),
    ],
)
def test_the_first_paragraph_with_text_is_the_summary(body: str, summary: str) -> None:
    """Without pictures, footnote marks, shortcodes and titles that nobody has written."""
    assert summary == document(body).summary


def test_a_derived_summary_has_about_three_hundred_characters() -> None:
    """And ends at a word."""
    summary = document("sleep, " * 200).summary
    assert ("sleep…", True) == (summary[-6:], DERIVED - 10 < len(summary) <= DERIVED + 1)


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_shortened_text_begins_as_the_text_does(text: str, most: int) -> None:
    """Nothing is added but the ellipsis, and it fits."""
    short = shortened(text, most)
    assert len(short) <= most + 1
    assert text.startswith(short.removesuffix("…")) or short == text


def test_the_summary_is_not_taken_out_of_the_text() -> None:
    """The page shows it where it stands."""
    assert "<p>A.</p>" in html("A.\n\n<!--more-->\n\nB.")
