"""Texts of the front matter that YAML takes for something else."""

import pytest

from support.documents import document, yaml


@pytest.mark.parametrize(
    ("line", "comment", "column"),
    [
        ("title: #1 reason to nap", "#1 reason to nap", 8),
        ("title: Part #2: the end", "#2: the end", 13),
        ("tags: #sleep #habits", "#sleep #habits", 7),
        ("Custom-Excerpt: Naps (see #3)", "#3)", 27),
        ("'description' : a #b", "#b", 19),
    ],
)
def test_a_comment_that_was_meant_as_text_is_named(line: str, comment: str, column: int) -> None:
    """YAML drops it without a word."""
    (warning,) = yaml("date: 2024-05-01", line).warnings
    assert f"`{comment}` is a comment in YAML, and no part of " in warning.message
    assert (3, column) == (warning.line, warning.column)


def test_comments_in_a_list_are_named_with_their_lines() -> None:
    """As hashtags in a list of tags."""
    post = yaml("tags:", "  - #sleep", "  - habits #2", '  - "#naps"')
    assert [3, 4] == [warning.line for warning in post.warnings[:2]]


@pytest.mark.parametrize(
    "lines",
    [
        ("title: C# in F#", "tags: [a]"),
        ('title: "Part #2" #x', "summary: 'a #b'"),
        ("title: Naps # for short", "# title: #a", "#title: a"),
        ("summary: |", "  a #b", "  - #c"),
        ("weight: 1 #a", "menu:", "  - #b"),
    ],
)
def test_other_number_signs_are_not_warned_of(lines: tuple[str, ...]) -> None:
    """Comments have a space behind their sign; other fields are not for people."""
    assert () == yaml(*lines).warnings


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: [Review]\n---\nText.",
        "---\nslug: {a: b}\n---\nText.",
        "+++\nsummary = ['a']\n+++\nText.",
        '{\n"id": ["a"]\n}\nText.',
        "---\nimage_alt: [a]\n---\nText.",
    ],
)
def test_a_list_in_the_place_of_a_text_is_named(source: str) -> None:
    """`title: [Review]` is a list; the title of that post was its file's name."""
    (warning,) = document(source).warnings
    assert "no text; it is ignored." in warning.message
    assert warning.line == 2


@pytest.mark.parametrize("lines", [("status: [draft]",), ("status:", "- Draft", "- idea"), ("visibility: [members]",)])
def test_a_status_in_a_list_hides_the_post(lines: tuple[str, ...]) -> None:
    """Obsidian writes properties as lists; the post was published."""
    assert yaml(*lines).draft
