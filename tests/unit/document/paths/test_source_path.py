"""The meaning of a source key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document import Conventions, file_names, source_kind, why_ignored
from dropcap.document.html.link_targets import wikilink_names
from dropcap.document.paths.folders import folder_name
from dropcap.document.paths.source_path import source_place
from support.documents import document, read_or_refused, refusal, yaml


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
def test_the_key_decides_the_kind_of_a_source(key: str, kind: str) -> None:
    """Folders have the meanings that Jekyll and Obsidian gave them."""
    assert kind == source_kind(key)


def test_every_ignored_key_has_a_reason() -> None:
    """The report gives it to the author."""
    assert None is why_ignored("a.md")
    assert None is why_ignored("docs/README.md")
    for name in ("README.md", "content/readme.de.md", "README_zh-CN.md", "LICENSE.md", "CONTRIBUTING.markdown"):
        assert "repository" in str(why_ignored(name)), name
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
def test_a_name_and_folders_may_have_a_date(key: str, stem: str, date: str | None) -> None:
    """A folder with an `index.md` in it is a post with its pictures."""
    place = source_place(key)
    assert (stem, date) == (place.stem, place.date)


def test_pages_are_pages_and_draft_pages_too() -> None:
    """Whether it is a page does not depend on whether it is hidden."""
    assert [False, True, True] == [
        document("Text.", key).is_page for key in ("posts/a.md", "pages/a.md", "pages/drafts/a.md")
    ]


@given(st.text(max_size=40))
def test_any_key_is_ignored_split_or_refused(key: str) -> None:
    """Nothing else is raised."""
    place = read_or_refused(lambda: source_place(key + ".md"))
    assert place is None or "/" not in place.stem


SITE = (("diary", "posts"), ("imprint", "pages"), ("attic", "drafts"), ("templates", "ignored"), ("_recipes", "posts"),
        ("diary/private", "ignored"), (folder_name("Größe/"), "pages"))  # fmt: skip


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("diary/a.md", "post"),
        ("Diary/pages/a.md", "post"),
        ("diary/drafts/a.md", "draft"),
        ("diary/private/deep/a.md", "ignored"),
        ("imprint/deep/a.md", "page"),
        ("content/imprint/a.md", "page"),
        ("attic/a.md", "draft"),
        ("templates/a.md", "ignored"),
        ("_recipes/a.md", "post"),
        ("_recipes/_a.md", "ignored"),
        ("other/diary/a.md", "post"),
        ("gro\u0308ße/a.md", "page"),
    ],
)
def test_the_site_may_set_the_meaning_of_a_folder(key: str, kind: str) -> None:
    """Its word counts before a name's, the closer folder before the one around it, in any case and Unicode form."""
    assert kind == source_kind(key, SITE)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("content/posts/a.md", "post"),
        ("content/pages/a.md", "page"),
        ("content/drafts/a.md", "draft"),
        ("blog/a.md", "post"),
        ("notes/a.markdown", "post"),
        ("Zettel kasten/Über mich.md", "post"),
        ("content/blog/_index.md", "ignored"),
        (".trash/a.md", "ignored"),
    ],
)
def test_folders_of_other_systems_are_known(key: str, kind: str) -> None:
    """Hugo's and Pelican's `content/` means nothing of its own."""
    assert kind == source_kind(key)


@pytest.mark.parametrize(
    ("key", "stem", "date"),
    [
        ("2024_05_01_naps.md", "naps", "2024-05-01"),
        ("20240501-naps.md", "naps", "2024-05-01"),
        ("202405011230 naps.md", "naps", "2024-05-01"),
        ("2024-13-45-naps.md", "2024-13-45-naps", None),
        ("12345678-naps.md", "12345678-naps", None),
        ("content/posts/norway/index.de.md", "norway.de", None),
        ("content/posts/index.md", "", None),
        ("2024-05-01.1-naps.md", "2024-05-01.1-naps", None),
    ],
)
def test_a_date_in_a_name_is_a_day_of_the_calendar(key: str, stem: str, date: str | None) -> None:
    """Other numbers are part of the name."""
    place = source_place(key)
    assert (stem, date) == (place.stem, place.date)


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("layout: page", "about.md", True),
        ("type: page", "info/about.md", True),
        ("Page: yes", "about.md", True),
        ("layout: page", "_posts/2024-05-01-a.md", False),
        ("layout: post", "about.md", False),
        ("page: 2", "about.md", False),
        ("layout: post", "pages/about.md", True),
    ],
)
def test_a_file_may_be_a_page_by_its_front_matter_if_its_folder_is_neutral(
    *, line: str, key: str, expected: bool
) -> None:
    """Jekyll's, Hugo's and Blot's words; among posts it stays a post."""
    assert expected is yaml(line, key=key).is_page


@pytest.mark.parametrize("key", ["vault/b/ideas.md", "vault/b/ideas/index.md"])
def test_a_file_in_a_nested_folder_is_found_by_its_folder_and_name(key: str) -> None:
    """A link by path means this file before the one of the same name in another folder."""
    first = next(name for name in wikilink_names("vault/a/x.md", "b/ideas") if name in file_names(key))
    assert "b/ideas" == first
    assert first not in file_names("vault/a/ideas.md")


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("posts/trip/index.md", ("trip", "posts/trip/index", "posts/trip")),
        ("posts/trip/index.de.md", ("trip-de", "posts/trip/index-de", "posts/trip-de")),
        ("posts/trip/README.pt-BR.md", ("trip-pt-br", "posts/trip/readme-pt-br", "posts/trip-pt-br")),
        ("2024-05-01-trip/index.de.md", ("trip-de", "2024-05-01-trip/index-de", "2024-05-01-trip-de")),
        ("posts/trip.de.md", ("trip-de", "posts/trip-de")),
        ("index.de.md", ("index-de",)),
    ],
)
def test_a_translation_of_a_bundle_has_the_names_of_the_folder_with_its_language(
    key: str, names: tuple[str, ...]
) -> None:
    """The names without the language are those of the original."""
    assert names == file_names(key)


def test_a_pattern_with_folders_gives_files_of_one_name_addresses_of_their_own() -> None:
    """Otherwise both ask for `/ideas/`."""
    by_folder = Conventions(permalink="/:sections/:slug/")
    keys = ("a/ideas.md", "b/ideas.md", "ideas.md")
    assert ["/a/ideas/", "/b/ideas/", "/ideas/"] == [document("Text.", key, by_folder).path for key in keys]
    assert {"/ideas/"} == {document("Text.", key).path for key in keys}


def test_an_empty_first_part_of_a_pattern_takes_no_other_part_with_it() -> None:
    """Two slashes at the start would begin a host: the year was lost without a category."""
    text = "---\ndate: 2024-05-01\n---\nText."
    assert "/2024/05/01/a/" == document(text, "a.md", Conventions(permalink="pretty")).path
