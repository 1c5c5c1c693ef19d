"""Which posts open an issue."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dropcap.aws.news_item import news_item
from dropcap.newsletter.news import (
    NewsItem,
    NewsRules,
    issue_of,
    reason_not_news,
    reason_to_hold,
    reason_withdrawn,
    similarity_keys,
)
from support.newsletter_bench import NAPS, NOON
from support.posts import LIVE, post, shown

RULES = NewsRules(epoch=date(2026, 11, 20), zone="Europe/Berlin", lateness_days=7)


def test_a_new_post_is_news() -> None:
    """Dated, recent, and nothing said against it."""
    assert reason_not_news(NAPS, RULES, NOON) is None


@pytest.mark.parametrize(
    "item",
    [
        NAPS._replace(is_page=True),
        NAPS._replace(dated=False),
        NAPS._replace(newsletter=False),
        NAPS._replace(date=NOON - timedelta(days=4)),
        NAPS._replace(date=datetime(2016, 1, 1, tzinfo=UTC)),
    ],
)
def test_what_was_never_meant_to_be_mailed_is_not_news(item: NewsItem) -> None:
    """Pages, undated notes, `newsletter: false`, and whatever is older than the newsletter."""
    assert reason_not_news(item, RULES, NOON)


def test_a_post_that_comes_late_is_not_news() -> None:
    """A post must be younger than the lateness limit, counted in days of the site's zone."""
    rules = RULES._replace(epoch=date(2020, 1, 1))
    assert reason_not_news(NAPS._replace(date=NOON - timedelta(days=6)), rules, NOON) is None
    assert reason_not_news(NAPS._replace(date=NOON - timedelta(days=7)), rules, NOON)


def test_a_site_without_a_newsletter_has_no_news() -> None:
    """`newsletter: false` in site.yaml stands above every post."""
    assert reason_not_news(NAPS, RULES._replace(newsletter=False), NOON)


def test_days_are_those_of_the_site() -> None:
    """Half past eleven in the evening of the 19th in London is the 20th in Berlin, where the newsletter begins."""
    late = NAPS._replace(date=datetime(2026, 11, 19, 23, 30, tzinfo=UTC))
    assert reason_not_news(late, RULES, NOON) is None
    assert reason_not_news(late, RULES._replace(zone="Europe/London"), NOON)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 19)))  # noqa: DTZ001  # hypothesis adds the zone below
def test_importing_ten_years_of_posts_mails_nobody(when: datetime) -> None:
    """No date before the newsletter's first day is news, whatever the lateness limit."""
    item = NAPS._replace(date=when.replace(tzinfo=UTC))
    assert reason_not_news(item, RULES._replace(lateness_days=100_000), NOON)


def test_a_post_that_is_gone_at_the_end_of_its_grace_period_is_no_news_any_more() -> None:
    """Taken off, turned into a page, or told not to be mailed; a correction changes nothing."""
    assert reason_withdrawn(NAPS, "en") is None
    for item in (None, NAPS._replace(newsletter=False), NAPS._replace(is_page=True)):
        assert reason_withdrawn(item, "en")


def test_a_post_has_one_issue_however_it_changes() -> None:
    """The issue's name is a function of the source key, and fit for a message tag of SES."""
    assert issue_of("posts/naps.md") == issue_of("posts/naps.md")
    assert issue_of("posts/naps.md") != issue_of("posts/nap.md")
    assert issue_of("posts/Über naps & more.md").isalnum()


def test_the_same_post_under_another_name_is_like_the_first() -> None:
    """The same id, the same text, or the same title and day make two posts alike."""
    moved = NAPS._replace(key="posts/2026/naps.md", title="WHY  naps work", digest="d2", identity="n1")
    assert similarity_keys(NAPS)["title and date"] == similarity_keys(moved)["title and date"]
    assert similarity_keys(NAPS)["text"] != similarity_keys(moved)["text"]
    assert ["id", "text", "title and date"] == list(similarity_keys(moved))
    assert "id" not in similarity_keys(NAPS)


def test_limits_hold_for_an_issue_that_its_author_asked_for_too() -> None:
    """`newsletter: true` overrides the age of a post, neither its likeness nor the hour; the second a day waits."""
    assert reason_to_hold({}, 2, 0) is None
    assert reason_to_hold({}, 3, 0) == "it is issue 4 within an hour"
    assert reason_to_hold({"text": "posts/a.md"}, 0, 0)
    assert "one such issue a day" in (reason_to_hold({}, 0, 1) or "")


def test_asking_overrides_age_from_the_first_day_of_the_newsletter() -> None:
    """The upload counts, in days of the site's zone: the day before, nobody could ask."""
    old = NAPS._replace(date=datetime(2016, 1, 1, tzinfo=UTC), newsletter=True)
    first = datetime.combine(RULES.epoch, datetime.min.time(), ZoneInfo(RULES.zone))
    assert reason_not_news(old, RULES, NOON, first) is None
    assert reason_not_news(old, RULES, NOON, first - timedelta(seconds=1))
    assert reason_not_news(old, RULES, NOON)


def test_accidents_are_held() -> None:
    """An issue similar to an earlier one, and the fourth within an hour, wait for the operator."""
    assert reason_to_hold({}, 2) is None
    assert reason_to_hold({}, 3) == "it is issue 4 within an hour"
    expected = "it has the same id as posts/a.md, which has a newsletter already"
    assert expected == reason_to_hold({"id": "posts/a.md"}, 0)


def test_news_has_the_language_of_its_post() -> None:
    """The letter says so where it is not the site's."""
    assert [None, "ar"] == [news_item(shown(replace(LIVE, language=tag)), None).language for tag in (None, "ar")]


def test_news_has_the_disclaimer_of_its_post() -> None:
    """Or that it has none; a state from before the field does not say."""
    posts = [post(replace(LIVE, disclaimer=own)) for own in ("Mine.", False, None)]
    assert ["Mine.", False, None] == [news_item(shown(LIVE), state).disclaimer for state in posts]
    assert news_item(shown(LIVE), None).disclaimer is None


@pytest.mark.parametrize(
    ("language", "translation", "says"),
    [
        ("de", "posts/naps", "it is a translation, which is mailed only with `newsletter: true`"),
        ("EN", "posts/naps", "its front matter says `newsletter: false`"),
        (None, "posts/naps", "its front matter says `newsletter: false`"),
        ("de", "", "its front matter says `newsletter: false`"),
    ],
)
def test_a_translation_is_not_said_to_refuse_its_mail(language: str | None, translation: str, says: str) -> None:
    """Its front matter need not say anything: subscribers have the original."""
    live = replace(LIVE, language=language, translation=translation, newsletter=False)
    item = news_item(shown(live), post(live))
    assert says == reason_not_news(item, RULES, NOON) == reason_withdrawn(item, "en")
