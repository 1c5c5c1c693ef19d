"""Tags, authors, language, picture."""

import pytest

from dropcap.document import Conventions
from support.documents import document, yaml


def labels(*lines: str) -> list[str]:
    """Return the labels of the tags in LINES of YAML."""
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
        ("tags: [{id: 7, slug: ghost, name: Ghost}]", ["Ghost"]),
        ("categories: [[a, b], c]", ["a", "b", "c"]),
        ("tags:", []),
    ],
)
def test_tags_are_read_from_lists_and_texts(line: str, expected: list[str]) -> None:
    """As people write them."""
    assert expected == labels(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tags: number 2", ["number 2"]),
        ("tags: number 2, sleep", ["number 2", "sleep"]),
        ("categories: deep work", ["deep work"]),
    ],
)
def test_a_text_without_commas_is_one_tag_where_the_site_says_so(line: str, expected: list[str]) -> None:
    """`tag_separator: comma` in `site.yaml`."""
    post = document(f"---\n{line}\n---\nText.", conventions=Conventions(has_tags_with_spaces=True))
    assert expected == [tag.label for tag in post.tags]


def test_zola_s_taxonomies_are_tags() -> None:
    """They stand in a table."""
    assert ["rust"] == [tag.slug for tag in document('+++\n[taxonomies]\ntags = ["Rust"]\n+++\nText.').tags]


def test_tags_and_categories_are_joined_and_the_first_spelling_stays() -> None:
    """Each slug once."""
    assert ["Deep Work", "sleep"] == labels("tags: [Deep Work, sleep]", "categories: [deep-work]")


def test_keywords_are_tags_only_if_there_are_no_tags() -> None:
    """They are often written for search engines."""
    assert ["sleep"] == labels("tags: [sleep]", "keywords: [buy, now]")


def test_programming_languages_are_different_tags() -> None:
    """C, C++ and C# are three tags."""
    assert ["c", "c-plus-plus", "c-sharp"] == [tag.slug for tag in yaml("tags: [C, C++, 'C#']").tags]


@pytest.mark.parametrize(
    ("line", "kept"),
    [("authors: [A, B, C, D, E, F, G]", "only the first 5"), (f"disclaimer: {'x ' * 1_001}", "only the first 2,000")],
)
def test_more_than_is_kept_is_a_warning(line: str, kept: str) -> None:
    """On the line of the field."""
    (finding,) = yaml("title: A day", line).warnings
    assert (3, True) == (finding.line, kept in finding.message)


def test_twenty_tags_are_kept() -> None:
    """A transaction has room for no more; the author is told."""
    post = yaml("title: A day", f"tags: [{', '.join(f't{n}' for n in range(25))}]")
    assert (20, [3]) == (len(post.tags), [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    ("line", "authors"), [("author: 🦊", ("🦊",)), ("authors: [Ada, '!!!']", ("Ada", "!!!")), ("series: 🦊", ())]
)
def test_a_name_without_a_letter_has_no_page_and_its_author_is_told(line: str, authors: tuple[str, ...]) -> None:
    """An address needs one; the byline keeps the name of an author."""
    post = yaml("title: A", line)
    assert (authors, "", [3]) == (post.authors, post.series, [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("author: Ada Lovelace", ("Ada Lovelace",)),
        ("author: Luther King, Jr.", ("Luther King, Jr.",)),
        ("authors: [Ada, Bob, Ada]", ("Ada", "Bob")),
        ("authors: Ada, Bob", ("Ada", "Bob")),
        ("author: {name: Ada, url: x}", ("Ada",)),
        ("authors: [{name: Ada}]", ("Ada",)),
        ("author: [[Ada]]", ("Ada",)),
        ("author: '[[Ada]]'", ("Ada",)),
        ("authors: [{id: 7, name: Ada}]", ("Ada",)),
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
    assert expected == yaml(line).language


@pytest.mark.parametrize(
    "line", ["lang: German", 'lang: en"><script>', "image: javascript:alert(1)", "image: data:image/png;base64,AAAA"]
)
def test_an_invalid_value_is_ignored_with_a_warning(line: str) -> None:
    """It would break the page's head, or worse."""
    post = yaml(line)
    assert (None, None, [2]) == (post.language, post.image, [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("image: /a/b.jpg", "/a/b.jpg"),
        ("image: b c.jpg", "b c.jpg"),
        ("image: https://example.com/b.jpg", "https://example.com/b.jpg"),
        ("image: {alt: B, path: /b.jpg}", "/b.jpg"),
        ("coverImage: b.jpg", "b.jpg"),
        ("feature_image: __GHOST_URL__/content/images/b.jpg", "/content/images/b.jpg"),
        ("images: [a.png, b.png]", "a.png"),
        ("cover: {hidden: true}", None),
        ("image:", None),
    ],
)
def test_a_picture_is_a_path_or_a_web_address(line: str, expected: str | None) -> None:
    """Or a table that begins with one."""
    assert expected == yaml(line).image


@pytest.mark.parametrize(
    "lines",
    [
        ("cover: {image: b.jpg, alt: A tree}",),
        ("feature_image: b.jpg", "feature_image_alt: A tree"),
        ("thumbnail: b.jpg", "thumbnail-alt: A  tree"),
        ("images: [{src: b.jpg, alt: A tree}]",),
    ],
)
def test_a_picture_has_alternative_text(lines: tuple[str, ...]) -> None:
    """For those who do not see it."""
    assert ("b.jpg", "A tree") == (yaml(*lines).image, yaml(*lines).image_alt)


def test_alternative_text_has_no_control_characters() -> None:
    """JSON can name half a character; neither the Catalog nor a page could hold it."""
    post = document('{"title": "A", "cover": {"image": "b.jpg", "alt": "A \\ud800\\u0001tree"}}\n\nText.')
    assert "A tree" == post.image_alt


@pytest.mark.parametrize(
    ("line", "expected"),
    [("x: y", True), ("search: true", True), ("search: false", False), ("searchHidden: true", False)],
)
def test_only_a_clear_switch_excludes_a_post_from_the_search(*, line: str, expected: bool) -> None:
    """Any other value means something else."""
    assert expected is yaml(line).searchable


@pytest.mark.parametrize(
    ("line", "expected"),
    [("x: y", None), ("disclaimer: no", False), ("disclaimer: true", True), ("disclaimer: Not advice.", "Not advice.")],
)
def test_a_disclaimer_is_the_site_s_or_one_s_own(line: str, expected: object) -> None:
    """Or none at all."""
    assert expected == yaml(line).disclaimer


@pytest.mark.parametrize(("written", "expected"), [("true", True), ("off", False), ("{deep: 3}", None)])
def test_the_table_of_contents_and_formulas_are_switches(written: str, expected: bool | None) -> None:  # noqa: FBT001  # pytest
    """Or their author says nothing of it, and the site decides."""
    post = yaml(f"toc: {written}", f"math: {written}")
    assert (expected, expected) == (post.toc, post.math)


def test_an_id_is_text() -> None:
    """By it a post is known again after it was renamed."""
    assert ("007", None) == (yaml("id: 007").identity, yaml("x: y").identity)


def test_unknown_fields_are_kept_without_a_warning() -> None:
    """Every system has its own."""
    assert () == yaml("layout: post", "weird: {deep: [1]}", "A whole sentence as a name: yes").warnings
