"""Which views a changed entry or sum is read by."""

from dropcap.site import views
from dropcap.site.urls import object_key, page_tag


def test_an_entry_of_all_sends_for_home_feed_and_its_month() -> None:
    """A post in the list of all is read by the home page, the feed and its month's views."""
    expected = {"home", "feed", "archive", "year 2025", "month 2025-03", "month-sum 2025-03", "sitemap-month 2025-03"}
    assert expected == views.of_list("all", "2025-03-14T09:00:00#posts/naps.md")


def test_an_entry_of_a_tag_sends_for_the_tags_own_views() -> None:
    """A post under a tag is read by the tag's page, feed, year and sums."""
    expected = {"tag sleep", "tag-feed sleep", "tag-total sleep", "tag-year sleep 2025", "tag-sum sleep 2025"}
    assert expected == views.of_list("tag#sleep", "2025-03-14T09:00:00#posts/naps.md")


def test_sums_climb_from_months_and_years_to_the_overviews() -> None:
    """A month's sum is read by its year and the archive, a tag's year by the tag, a total by the list of tags."""
    assert {"year 2025", "month 2025-03", "archive", "sitemap"} == views.of_sum("all", "2025-03")
    assert {"tag sleep", "tag-total sleep"} == views.of_sum("tag#sleep", "2025")
    assert {"tags"} == views.of_sum("tags", "sleep")


def test_objects_stand_where_the_cdn_looks_for_them() -> None:
    """A path that ends in a slash is the index document below it."""
    assert "index.html" == object_key("/")
    assert "naps/index.html" == object_key("/naps/")
    assert "feed.xml" == object_key("/feed.xml")


def test_cache_tags_are_plain_ascii_for_any_address() -> None:
    """CloudFront takes cache tags from a header, which carries no umlaut."""
    assert page_tag("/größe/").isascii()
    assert page_tag("/a/") != page_tag("/b/")


def test_the_name_of_a_preview_in_logs_does_not_open_the_draft() -> None:
    """The source is named, the address is not; other views are named as they are."""
    view = views.preview("/preview/0123456789abcdef/", "posts/my draft.md")
    assert "preview … posts/my draft.md" == views.name_in_logs(view)
    assert "path /naps/" == views.name_in_logs("path /naps/")
