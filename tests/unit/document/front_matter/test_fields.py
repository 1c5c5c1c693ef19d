"""Where front matter begins and ends, and what its notations say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.document.front_matter.fields import FrontMatter
from dropcap.document.front_matter.split import MAXIMUM_CHARACTERS, source_parts
from dropcap.document.front_matter.values import MAXIMUM_DEPTH
from support.documents import document, read_or_refused, refusal

BOMB = "\n".join(
    ["---", "a: &a [x, x, x, x, x, x, x, x, x]"]
    + [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcde", "bcdef", strict=True)]
    + ["---"]
)


def front(*lines: str, fence: str = "---") -> FrontMatter:
    """Read LINES between two FENCEs."""
    return source_parts("\n".join((fence, *lines, fence, ""))).front


def test_a_file_without_front_matter_is_all_body() -> None:
    """Most notes begin with their text."""
    parts = source_parts("# A day\n\nText.\n")
    assert ({}, "# A day\n\nText.\n", 1) == (parts.front.fields, parts.body, parts.line)


def test_the_body_knows_on_which_line_it_begins() -> None:
    """Warnings name lines of the file."""
    parts = source_parts("\n---\ntitle: A day\n---\n\nText.\n")
    assert ("\nText.\n", 5) == (parts.body, parts.line)


def test_yaml_may_end_with_dots() -> None:
    """YAML's own end of a document, which Jekyll takes too."""
    assert "Text." == source_parts("---\ntitle: A day\n...\nText.").body


def test_a_rule_in_the_body_ends_nothing() -> None:
    """Only the first closing line counts."""
    assert "One.\n\n---\n\nTwo." == source_parts("---\ntitle: A day\n---\nOne.\n\n---\n\nTwo.").body


def test_empty_front_matter_is_fine() -> None:
    """Jekyll asks for two fences, whatever stands between."""
    assert {} == front("# nothing yet").fields


@pytest.mark.parametrize(
    "name", ["publishDate", "PublishDate", "publish_date", "Publish-Date", "PUBLISHDATE", "publish date"]
)
def test_names_are_found_in_any_case(name: str) -> None:
    """Hugo writes one thing and people another."""
    assert "2024" == front(f"{name}: 2024").text("publish_date")


def test_hyphens_and_underscores_are_alike_in_names() -> None:
    """`redirect-from` is meant as `redirect_from`."""
    assert "/a/" == front("redirect-from: /a/").text("redirect_from")


def test_values_stay_text() -> None:
    """YAML's guesses at types are none of ours: the title `No` is not False, and 1:30 is not 90."""
    values = {
        field.name: field.value
        for field in front("a: no", "b: 1:30", "c: 2024-13-45", "d: 007", "e: 1e3").fields.values()
    }
    assert {"a": "no", "b": "1:30", "c": "2024-13-45", "d": "007", "e": "1e3"} == values


def test_a_yaml_tag_creates_no_object() -> None:
    """YAML can name Python objects; here it is text."""
    assert "echo" == front("title: !!python/object/apply:os.system echo").text("title")


def test_an_empty_field_counts_as_missing() -> None:
    """`image:` with nothing behind it is common in templates."""
    assert [] == list(front("a:", "b: ~", "c: ''", "d: []").filled("a", "b", "c", "d"))


def test_toml_values_become_text_too() -> None:
    """One kind of value for both notations."""
    given = front("a = true", "b = 3", "c = 2024-05-01", 'd = ["x", "y"]', fence="+++")
    assert {"a": "true", "b": "3", "c": "2024-05-01", "d": ["x", "y"]} == {
        field.name: field.value for field in given.fields.values()
    }


@pytest.mark.parametrize("table", ["extra", "taxonomies", "params"])
def test_fields_in_zola_and_hugo_tables_are_found(table: str) -> None:
    """They keep what is not their own there."""
    assert "Ada" == front(f"[{table}]", 'author = "Ada"', fence="+++").text("author")


def test_a_top_level_field_comes_before_a_nested_one() -> None:
    """The outer one is what the author sees first."""
    assert "outer" == front('lang = "outer"', "[extra]", 'lang = "inner"', fence="+++").text("lang")


def test_a_nested_address_is_not_the_post_s() -> None:
    """`extra.url` is what a link post links to."""
    assert "/first-light/" == document('+++\n[extra]\nurl = "/elsewhere/"\n+++\nText.').path


def test_a_yaml_alias_repeats_its_anchor() -> None:
    """YAML's references work as long as they are few."""
    assert "2024-05-01" == front("date: &day 2024-05-01", "lastmod: *day").text("lastmod")


def test_a_field_has_its_line() -> None:
    """A warning about it can say where it stands."""
    assert 4 == source_parts("---\ntitle: A day\n# a note\ndate: soon\n---\n").front.fields["date"].line


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("---\ntitle: A day\n\nText.\n", 1, None),
        ("+++\ntitle = 'A day'\n---\n", 1, None),
        ("---\ntitle: Part 1: the start\n---\n", 2, 14),
        ("---\ntitle: A day\nauthor: 'Ada\n---\n", 4, 1),
        ("---\ntitle: A day\ntags: *all\n---\n", 3, None),
        ("---\n- a\n- b\n---\n", 2, None),
        ("---\nJust a sentence.\n---\n", 2, None),
        ("+++\ntitle = A day\n+++\n", 2, 9),
        ("+++\nx = " + "9" * 5000 + "\n+++\n", 2, None),
        ("---\na: &a [*a]\n---\n", 2, None),
        (BOMB, 5, None),
        ("---\nx: " + "[" * (MAXIMUM_DEPTH + 1) + "\n---\n", 2, None),
        ("---\nx: \x80\n---\n", 2, None),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused_with_its_line(text: str, line: int, column: int | None) -> None:
    """Lines are lines of the file, so that an editor goes there."""
    finding = refusal(text)
    assert (line, column) == (finding.line, finding.column)


def test_a_hundred_thousand_brackets_do_not_end_the_process() -> None:
    """PyYAML's composer in C overflows its stack on them."""
    assert "nested" in refusal("---\nx: " + "[" * 60_000 + "\n---\n").message


def test_nested_toml_is_refused() -> None:
    """Python's TOML reader calls itself for each bracket."""
    assert "nested too deeply" in refusal("+++\nx = " + "[" * 5_000 + "\n+++\n").message


def test_front_matter_longer_than_the_limit_is_refused() -> None:
    """Somebody forgot the second fence, and a rule far below closed it."""
    assert 2 == refusal("---\nx: " + "y" * MAXIMUM_CHARACTERS + "\n---\n").line


@given(st.text(st.sampled_from("ab:- \n[]{}&*!|>'\"%@`#\t.0~"), max_size=60))
def test_any_yaml_is_read_or_refused(block: str) -> None:
    """No other exception comes out, and a refusal says what to do."""
    parts = read_or_refused(lambda: source_parts(f"---\n{block}\n---\n"))
    assert parts is None or parts.front.text("a").isprintable()


@given(st.text(st.sampled_from("ab=.\n[]{}'\"0x_-:T#\\u"), max_size=60))
def test_any_toml_is_read_or_refused(block: str) -> None:
    """No other exception comes out, and a refusal says what to do."""
    parts = read_or_refused(lambda: source_parts(f"+++\n{block}\n+++\n"))
    assert parts is None or parts.front.text("a").isprintable()
