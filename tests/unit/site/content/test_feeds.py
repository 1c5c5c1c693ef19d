"""Items of feeds."""

from dataclasses import replace

from dropcap.site.content.feeds import feed_items
from dropcap.site.settings.model import SiteSettings
from support.pages import CARD


def test_posts_of_one_day_have_equal_times_and_different_ids() -> None:
    """The times are the author's alone: no neighbour changes them (decision 0034)."""
    site, other = SiteSettings.default("https://journal.example"), replace(CARD, key="posts/other.md")
    items = feed_items(site, [(CARD, "A."), (other, "B.")])
    assert items[0].updated == items[1].updated == CARD.changed
    assert items[0].id != items[1].id
    assert items[1:] == feed_items(site, [(other, "B.")])
