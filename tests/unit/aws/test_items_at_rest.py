"""Settings, issues and pages of recipients come back from their items as they were, in every field."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from dropcap.aws.issue_items import issue_item, issue_of_item, page_item, page_of
from dropcap.aws.site_items import site_item, site_of
from dropcap.newsletter.issue import Issue, IssueState, Page
from dropcap.site.settings.model import Colours, Person, SiteSettings
from support.posts import CAUSE, stored

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LOOKED_UP = {"pages", "logo_picture", "icon_picture", "share_picture", "photo"}
"""Fields that publish looks up and that are no part of the item."""


def left_out(value: Any) -> set[str]:  # noqa: ANN401  # any dataclass
    """Return the fields of VALUE that have their default, and so would come back although they were forgotten."""
    return {field.name for field in fields(value) if getattr(value, field.name) == field.default}


def test_every_setting_of_a_site_survives_storage() -> None:
    """Those of its people and its colours too."""
    colours = Colours("#000001", "#000002", "#000003", "#000004", "#000005", "#000006")
    person = Person("Ada", "https://ada.example", "Writes.", "ada.jpg", ("https://x.example/ada",), "@ada@x.example")
    site = SiteSettings(
        "https://journal.example.org", "The Quiet Hour", "On rest", "A journal", "de", "Europe/Berlin", ("Ada",),
        (("Start", "/"),), "About us.", "About", "No advice.", "logo.png", "icon.png", "share.png", colours,
        "/:year/:slug/", (("notes", "posts"),), ("en",), has_tags_with_spaces=True, newsletter=False,
        newsletter_length="excerpt", sender="Ada", reply_to="ada@example.org", postal_address="1 Way",
        grace_minutes=5, lateness_days=3, feed_excerpts=True, people=(person,),
        token="e1",  # noqa: S106  # it names a version
    )  # fmt: skip
    assert LOOKED_UP == left_out(site) | left_out(colours) | left_out(person)
    assert site == site_of(stored(site_item(site)), "https://other.example")
    assert "https://other.example" == site_of(stored({**site_item(site), "url": ""}), "https://other.example").url


def test_every_field_of_an_issue_survives_storage() -> None:
    """And an item of an earlier version has fewer."""
    issue = Issue(
        "i1", "posts/naps.md", "Naps", IssueState.STOPPED, NOON, NOON + timedelta(minutes=15), CAUSE, "Too early.",
        "letter", 3, 2, "token", 4, counted=True, by_request=True, by_operator=True, uploaded=NOON,
    )  # fmt: skip
    assert set() == left_out(issue)
    assert issue == issue_of_item(stored(issue_item(issue)))
    required = ("issue", "key", "title", "state", "opened_at", "send_after", "cause")
    before = issue_of_item({name: issue_item(issue)[name] for name in required})
    assert {field.name for field in fields(Issue)} - set(required) == left_out(before)


def test_every_field_of_a_page_of_recipients_survives_storage() -> None:
    """An item of an earlier version has no generation."""
    page = Page("a", 2, ("r1", "r2"), total=5, closed=True, generation=3)
    assert page == page_of(stored(page_item(page)))
    item = stored(page_item(page))
    del item["generation"]
    assert 0 == page_of(item).generation
