"""When a document appears, and whether it does."""

from datetime import UTC, datetime

import pytest

from support.documents import FIRST_SEEN, KEY, document, refusal, yaml

DAY = "2024-05-01T00:00:00+02:00"


@pytest.mark.parametrize(
    "name", ["date", "Date", "publishDate", "publish_date", "pubdate", "published", "published_at"]
)
def test_a_date_is_found_under_many_names(name: str) -> None:
    """Ghost, Hugo and Jekyll each have their own."""
    assert (DAY, True) == (yaml(f"{name}: 2024-05-01").date.isoformat(), yaml(f"{name}: 2024-05-01").dated)


def test_toml_dates_count_with_their_offset() -> None:
    """TOML knows dates; they are read as the others are."""
    assert DAY == document("+++\ndate = 2024-05-01\n+++\nText.").date.isoformat()
    assert "2024-05-01T11:00:00+02:00" == document("+++\ndate = 2024-05-01T09:00:00Z\n+++\nText.").date.isoformat()


@pytest.mark.parametrize("key", ["2024-05-01-a.md", "2024-5-1-a.md", "2024/05/01/a.md"])
def test_the_file_s_name_dates_a_post(key: str) -> None:
    """As in Jekyll."""
    assert (DAY, True) == (document("Text.", key).date.isoformat(), document("Text.", key).dated)


def test_a_date_field_comes_before_the_file_s_name() -> None:
    """It may have a time."""
    assert "2024-06-01T10:00:00+02:00" == yaml("date: 2024-06-01 10:00", key="2024-05-01-a.md").date.isoformat()


def test_zola_s_path_dates_a_post_without_another_date() -> None:
    """The Rust blog has its dates nowhere else."""
    post = document('+++\npath = "inside/2024/05/01/a"\n+++\nText.')
    assert (DAY, True, "/inside/2024/05/01/a/") == (post.date.isoformat(), post.dated, post.path)


def test_an_undated_document_has_the_day_on_which_it_was_first_seen() -> None:
    """In the site's zone, to the second, and it says so."""
    post = document("Text.")
    assert ("2026-11-20T09:30:15+01:00", False) == (post.date.isoformat(), post.dated)
    assert FIRST_SEEN.replace(microsecond=0) == post.date


def test_an_impossible_date_in_the_file_s_name_is_no_date() -> None:
    """The post appears as an undated one."""
    assert not document("Text.", "2024-13-45-a.md").dated


def test_a_date_that_cannot_be_read_is_refused() -> None:
    """A guess would put the post into the wrong month, and mail it."""
    finding = refusal("---\ntitle: A day\ndate: next week\n---\n")
    assert (3, "`date: next week` is not a date.") == (finding.line, finding.message)


@pytest.mark.parametrize("name", ["lastmod", "modified", "updated", "updated_at", "last_modified_at"])
def test_a_change_is_dated_too(name: str) -> None:
    """Under many names as well."""
    assert DAY == str(yaml(f"{name}: 2024-05-01").updated).replace(" ", "T")


def test_an_unreadable_date_of_change_is_ignored_with_a_warning() -> None:
    """It decides nothing that could go wrong."""
    post = yaml("updated: lately")
    assert (None, [2]) == (post.updated, [finding.line for finding in post.warnings])


@pytest.mark.parametrize(
    "line",
    [
        "draft: true",
        "Draft: yes",
        "draft: 'on'",
        "published: false",
        "publish: no",
        "status: draft",
        "status: Private",
        "draft: maybe",
    ],
)
def test_a_draft_is_a_draft_by_any_name(line: str) -> None:
    """In doubt it is one: that can be undone, a publication cannot."""
    assert yaml(line).draft


@pytest.mark.parametrize(
    "line", ["draft: false", "draft:", "published: true", "published: 2024-05-01", "status: published", "title: draft"]
)
def test_other_fields_make_no_draft(line: str) -> None:
    """Most posts say that they are none."""
    assert not yaml(line).draft


def test_a_file_in_a_drafts_folder_is_a_draft_whatever_its_front_matter() -> None:
    """Moving it out is what publishes it."""
    assert yaml("draft: false", key="drafts/a.md").draft


@pytest.mark.parametrize(
    ("line", "expected"),
    [("x: y", None), ("newsletter: false", False), ("newsletter: yes", True), ("newsletter: weekly", False)],
)
def test_a_newsletter_can_be_declined(line: str, expected: bool | None) -> None:  # noqa: FBT001 -- the expected value
    """An unknown value of `newsletter` sends no mail."""
    assert expected is yaml(line).newsletter


@pytest.mark.parametrize(
    ("value", "expected"), [("excerpt", "excerpt"), ("Full", "full"), ("true", ""), ("weekly", "")]
)
def test_the_length_of_a_mail_can_be_chosen(value: str, expected: str) -> None:
    """`newsletter: excerpt` and `newsletter: full` decide about the length alone: the post is mailed as any other."""
    post = yaml(f"newsletter: {value}")
    assert expected == post.newsletter_length
    assert not expected or post.newsletter is None


def test_a_switch_that_is_not_understood_is_warned_about() -> None:
    """The author sees why nothing appeared."""
    assert [2, 3] == [finding.line for finding in yaml("draft: maybe", "newsletter: weekly", key=KEY).warnings]


def test_date_orders_a_post_and_publish_date_says_when_it_appears() -> None:
    """Hugo has both; alone, either is both."""
    post = yaml("date: 2024-05-01", "publishDate: 2024-06-01")
    assert ("2024-05-01", "2024-06-01") == (f"{post.date:%F}", f"{post.appears:%F}")
    assert "2024-06-01" == f"{yaml('publishDate: 2024-06-01').date:%F}"
    assert "2024-05-01" == f"{yaml('date: 2024-05-01').appears:%F}"


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("created: 2024-05-01", "a.md", "2024-05-01"),
        ("created: 2024-05-01", "2023-01-02-a.md", "2023-01-02"),
        ("created: once", "a.md", "2026-11-20"),
        ("date: Last Modified", "a.md", "2026-11-20"),
    ],
)
def test_the_date_of_creation_counts_if_there_is_no_other(line: str, key: str, expected: str) -> None:
    """Obsidian keeps it in every note; Eleventy's words for a moment are no date, and no mutation."""
    assert expected == f"{yaml(line, key=key).date:%F}"


@pytest.mark.parametrize("line", ["permalink: false", "visibility: members", "Status: hidden"])
def test_other_systems_ways_to_hide_a_post_are_respected(line: str) -> None:
    """Eleventy's, Ghost's and Pelican's."""
    assert yaml(line).draft


@pytest.mark.parametrize("name", ["expiryDate", "expires", "expires_at"])
def test_a_post_may_expire(name: str) -> None:
    """From that moment on it is not public."""
    assert datetime(2024, 6, 1, 10, tzinfo=UTC) == yaml(f"{name}: 2024-06-01 12:00").expires


@pytest.mark.parametrize("line", ["x: y", "expires: never", "expires: false", "expires:"])
def test_most_posts_never_expire(line: str) -> None:
    """The field is absent, or says so."""
    assert yaml(line).expires is None


def test_an_expiry_that_cannot_be_read_is_refused() -> None:
    """Its author counts on it."""
    assert 2 == refusal("---\nexpires: soon\n---\nText.").line
