"""Tags, authors, language, picture."""

import pytest

from support.documents import document, yaml


def labels(*lines: str) -> list[str]:
    """Give the labels of the tags in LINES of YAML."""
    return [tag.label for tag in yaml(*lines).tags]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tags: [Sleep, deep work]", ["Sleep", "deep work"]),
        ("tags: Sleep, deep work", ["Sleep", "deep work"]),
        ("tags: Sleep; deep work", ["Sleep", "deep work"]),
        ("tags: sleep work", ["sleep", "work"]),
        ("tag: deep work", ["deep work"]),
        ("categories: a b", ["a", "b"]),
        ("category: Deep Work", ["Deep Work"]),
        ("keywords: a, b", ["a", "b"]),
        ("tags: ['#sleep', ' ', '!']", ["sleep"]),
        ("tags: [{name: Ghost, slug: ghost}]", ["Ghost"]),
        ("tags: [no, 2024, 1:30]", ["no", "2024", "1:30"]),
        ("tags:", []),
    ],
)
def test_tags_are_read_from_lists_and_texts(line: str, expected: list[str]) -> None:
    """As people write them."""
    assert expected == labels(line)


def test_zola_s_taxonomies_are_tags() -> None:
    """They stand in a table."""
    assert ["rust"] == [tag.slug for tag in document('+++\n[taxonomies]\ntags = ["Rust"]\n+++\nText.').tags]


def test_tags_and_categories_are_one_and_the_first_spelling_stays() -> None:
    """Each slug once."""
    assert ["Deep Work", "sleep"] == labels("tags: [Deep Work, sleep]", "categories: [deep-work]")


def test_keywords_count_only_where_there_is_nothing_better() -> None:
    """They are often written for search engines."""
    assert ["sleep"] == labels("tags: [sleep]", "keywords: [buy, now]")


def test_languages_with_marks_stay_apart() -> None:
    """C, C++ and C# are three tags."""
    assert ["c", "c-plus-plus", "c-sharp"] == [tag.slug for tag in yaml("tags: [C, C++, 'C#']").tags]


def test_twenty_tags_are_kept() -> None:
    """A transaction has room for no more; the author is told."""
    post = yaml("title: A day", f"tags: [{', '.join(f't{n}' for n in range(25))}]")
    assert (20, [3]) == (len(post.tags), [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("author: Ada Lovelace", ("Ada Lovelace",)),
        ("author: Luther King, Jr.", ("Luther King, Jr.",)),
        ("authors: [Ada, Bob, Ada]", ("Ada", "Bob")),
        ("authors: Ada, Bob", ("Ada", "Bob")),
        ("author: {name: Ada, url: x}", ("Ada",)),
        ("authors: [{name: Ada}]", ("Ada",)),
        ("author:", ()),
    ],
)
def test_authors_are_names(line: str, expected: tuple[str, ...]) -> None:
    """One or several."""
    assert expected == yaml(line).authors


@pytest.mark.parametrize(
    ("line", "expected"), [("lang: de", "de"), ("language: pt-BR", "pt-BR"), ("locale: en_US", "en-US"), ("x: y", None)]
)
def test_a_language_is_a_tag(line: str, expected: str | None) -> None:
    """As BCP 47 has it."""
    assert expected == yaml(line).lang


@pytest.mark.parametrize(
    "line", ["lang: German", 'lang: en"><script>', "image: javascript:alert(1)", "image: data:image/png;base64,AAAA"]
)
def test_what_cannot_be_right_is_left_out_with_a_warning(line: str) -> None:
    """It would break the page's head, or worse."""
    post = yaml(line)
    assert (None, None, [2]) == (post.lang, post.image, [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("image: /a/b.jpg", "/a/b.jpg"),
        ("image: b c.jpg", "b c.jpg"),
        ("image: https://example.com/b.jpg", "https://example.com/b.jpg"),
        ("image: {path: /b.jpg, alt: B}", "/b.jpg"),
        ("image:", None),
    ],
)
def test_a_picture_is_a_path_or_a_web_address(line: str, expected: str | None) -> None:
    """Or a table that begins with one."""
    assert expected == yaml(line).image


def test_an_id_is_text() -> None:
    """By it a post is known again after it was renamed."""
    assert ("007", None) == (yaml("id: 007").id, yaml("x: y").id)


def test_unknown_entries_are_kept_silent() -> None:
    """Every system has its own."""
    assert () == yaml("layout: post", "weird: {deep: [1]}", "A whole sentence as a name: yes").warnings
