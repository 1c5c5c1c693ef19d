"""What a source key tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import source_kind, why_ignored
from dropcap.document.places import source_place
from support.documents import document, read_or_refused, refusal


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("a.md", "post"),
        ("posts/a.markdown", "post"),
        ("posts/A.MD", "post"),
        ("_posts/2024-05-01-a.md", "post"),
        ("deep/er/a.md", "post"),
        ("drafts.md", "post"),
        ("pages/about.md", "page"),
        ("_pages/about.md", "page"),
        ("posts/pages/a.md", "post"),
        ("drafts/a.md", "draft"),
        ("_drafts/a.md", "draft"),
        ("pages/drafts/a.md", "draft"),
        ("Drafts/a.md", "draft"),
        ("a.txt", "ignored"),
        ("site.yaml", "ignored"),
        ("a.md.swp", "ignored"),
        ("md", "ignored"),
        (".obsidian/a.md", "ignored"),
        ("posts/.hidden.md", "ignored"),
        ("_includes/a.md", "ignored"),
        ("posts/_index.md", "ignored"),
    ],
)
def test_the_key_decides_what_becomes_of_a_source(key: str, kind: str) -> None:
    """Folders have the meanings that Jekyll and Obsidian gave them."""
    assert kind == source_kind(key)


def test_whatever_is_ignored_has_a_reason() -> None:
    """The report gives it to the author."""
    assert None is why_ignored("a.md")
    assert "dot" in str(why_ignored(".a/b.md"))
    assert "underscore" in str(why_ignored("_a/b.md"))
    assert ".md" in str(why_ignored("a.docx"))


@pytest.mark.parametrize(
    "key", ["posts/../a.md", "./a.md", "posts//a.md", "/a.md", "a\n.md", "a\x00.md", "posts/" + "a" * 510 + ".md"]
)
def test_a_key_that_is_unsafe_is_refused_not_ignored(key: str) -> None:
    """Its author hears of it."""
    assert "ignored" != source_kind(key)
    assert "Upload" in refusal("Text.", key).remedy or "ame" in refusal("Text.", key).remedy


@pytest.mark.parametrize(
    ("key", "stem", "date"),
    [
        ("posts/first-light.md", "first-light", None),
        ("2024-05-01-first-light.md", "first-light", "2024-05-01"),
        ("2024-5-1-first-light.md", "first-light", "2024-5-1"),
        ("2024-05-01 First light.md", "First light", "2024-05-01"),
        ("daily/2024-05-01.md", "2024-05-01", "2024-05-01"),
        ("2024-05-01st.md", "2024-05-01st", None),
        ("2024/05/01/first-light.md", "first-light", "2024-05-01"),
        ("trips/norway/index.md", "norway", None),
        ("2024-05-01-norway/index.md", "norway", "2024-05-01"),
        ("posts/index.md", "", None),
        ("index.md", "", None),
        ("v1.2.notes.md", "v1.2.notes", None),
    ],
)
def test_name_and_folders_may_hold_a_date(key: str, stem: str, date: str | None) -> None:
    """A folder with an `index.md` in it is a post with its pictures."""
    place = source_place(key)
    assert (stem, date) == (place.stem, place.date)


def test_pages_are_pages_and_draft_pages_too() -> None:
    """Whether it is a page does not depend on whether it is hidden."""
    assert [False, True, True] == [
        document("Text.", key).is_page for key in ("posts/a.md", "pages/a.md", "pages/drafts/a.md")
    ]


@given(st.text(max_size=40))
def test_any_key_is_ignored_taken_apart_or_refused(key: str) -> None:
    """Nothing else is raised."""
    place = read_or_refused(lambda: source_place(key + ".md"))
    assert place is None or "/" not in place.stem
