"""Texts as they stand in addresses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import link_name, slug
from dropcap.document.paths.slugs import MAXIMUM_SLUG


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First light", "first-light"),
        ("  What's new?  ", "what-s-new"),
        ("Rust 1.88.0", "rust-1-88-0"),
        ("snake_case", "snake_case"),
        ("Über Größe", "über-größe"),
        ("日本語 タイトル", "日本語-タイトル"),
        ("हिन्दी", "हिन्दी"),
        ("ﬁne ½", "fine-1-2"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("a + b # c", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("🎉", ""),
        ("", ""),
    ],
)
def test_a_slug_keeps_letters_and_digits_of_any_script(text: str, expected: str) -> None:
    """Everything else is a hyphen between words."""
    assert expected == slug(text)


def test_a_long_slug_ends_at_a_word() -> None:
    """A cut word would read like a typing error."""
    assert "-".join(["word"] * 40) == slug("word " * 50)
    assert MAXIMUM_SLUG == len(slug("x" * 500))
    assert 390 == len(slug("日" * 500).encode())


@given(st.text(max_size=150))
def test_a_slug_is_safe_and_stable(text: str) -> None:
    """Written again it is the same, it fits, and no character of it means anything in a path."""
    made_slug = slug(text)
    assert made_slug == slug(made_slug)
    assert len(made_slug) <= MAXIMUM_SLUG
    assert all(c in "-_" or unicodedata.category(c)[0] in "LMN" for c in made_slug)


@pytest.mark.parametrize(
    "called",
    ["My Great Post", "my-great-post", "my great post.md", " MY_GREAT_POST".replace("_", " "), "/my-great-post/"],
)
def test_a_link_s_name_equals_the_file_s(called: str) -> None:
    """All spellings give one name."""
    assert link_name("my-great-post") == link_name(called)


def test_a_link_s_name_may_have_folders() -> None:
    """The longer name tells files of the same name apart."""
    assert "trips/norway" == link_name("../Trips/Norway.md")


def test_a_name_without_letters_is_still_a_name() -> None:
    """A file may be called by an emoji."""
    assert "🎉" == link_name("🎉")


@given(st.text(max_size=150))
def test_a_link_s_name_is_stable(text: str) -> None:
    """A name that is read from a placeholder is not changed by reading it again."""
    assert link_name(text) == link_name(link_name(text))
