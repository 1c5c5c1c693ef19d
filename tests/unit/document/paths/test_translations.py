"""Translations by file name and by key."""

import pytest
from babel import Locale, UnknownLocaleError

from dropcap.document import Conventions
from dropcap.document.paths.translations import ISO_639_1, possible_suffix, translations_of
from support.documents import document

SITE = Conventions("UTC", "en", languages=("de", "pt-BR"))


@pytest.mark.parametrize(
    ("key", "path", "language"),
    [
        ("posts/trip/index.de.md", "/de/trip/", "de"),
        ("posts/walk.de.md", "/de/walk/", "de"),
        ("posts/2024-05-01-walk.pt-br.md", "/pt-br/walk/", "pt-br"),
        ("posts/walk.md", "/walk/", None),
        ("posts/notes.it.md", "/notes-it/", None),
        ("pages/about.de.md", "/de/about/", "de"),
    ],
)
def test_a_suffix_that_the_site_names_is_a_language(key: str, path: str, language: str | None) -> None:
    """The address begins with the language; the rest is made of the name without it."""
    post = document("Text.", key, SITE)
    assert (path, language) == (post.path, post.language)


def test_translations_share_the_key_of_the_original() -> None:
    """The original itself does not know them."""
    assert "posts/walk" == document("Text.", "posts/walk.de.md", SITE).translation
    assert "" == document("Text.", "posts/walk.md", SITE).translation


def test_a_key_joins_translations_with_other_names() -> None:
    """In the site's own language the address has no prefix; without a language a key joins nothing."""
    german = document("---\nlang: de\ntranslationKey: walk\n---\nText.", "posts/spaziergang.md", SITE)
    english = document("---\nlang: en\ntranslationKey: walk\n---\nText.", "posts/walk.md", SITE)
    alone = document("---\nlang: de\n---\nText.", "posts/spaziergang.md", SITE)
    assert ("/de/spaziergang/", "/walk/", "/spaziergang/") == (german.path, english.path, alone.path)
    assert german.translation == english.translation != alone.translation == ""


def test_an_address_that_the_author_wrote_stays() -> None:
    """Only derived addresses get the language as a prefix."""
    assert "/hallo/" == document("---\npermalink: /hallo/\n---\nText.", "posts/walk.de.md", SITE).path


def test_a_translation_is_not_mailed_unless_its_author_asks() -> None:
    """Subscribers have the original."""
    assert document("Text.", "posts/walk.de.md", SITE).newsletter is False
    assert document("---\nnewsletter: true\n---\nText.", "posts/walk.de.md", SITE).newsletter is True
    assert document("Text.", "posts/walk.md", SITE).newsletter is None


def test_quotation_marks_are_those_of_the_language() -> None:
    """The file's name alone decides."""
    assert "„Wort“" in document('Ein "Wort".', "posts/walk.de.md", SITE).html


def test_a_code_needs_the_original_beside_it() -> None:
    """If the site does not name the language."""
    suffix = possible_suffix("posts/notes.it.md", ())
    assert suffix
    assert ("posts/notes.md", "it") == (suffix.base, suffix.tag)
    assert possible_suffix("posts/notes.it.md", ("it",)) is None
    assert possible_suffix("posts/node.js.md", ()) is None
    assert possible_suffix("posts/v1.2.md", ()) is None


def test_translations_of_a_file_are_found_by_name() -> None:
    """Other files that begin alike are none."""
    others = ["a/x.md", "a/x.de.md", "a/x.de.markdown", "a/x-y.de.md", "a/x.de.png", "a/x.notes.md"]
    assert ["a/x.de.md"] == translations_of("a/x.md", others)


def test_the_codes_are_languages() -> None:
    """Babel knows most of them."""
    unknown = set()
    for code in ISO_639_1:
        try:
            Locale.parse(code)
        except UnknownLocaleError:
            unknown.add(code)
    assert {"de", "zh", "sr"} <= ISO_639_1 - unknown
    assert len(ISO_639_1) == len([code for code in ISO_639_1 if code.isalpha() and code.islower()]) >= 180
