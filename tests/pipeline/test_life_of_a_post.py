"""The life of a post: an author's actions and what readers get afterwards."""

from collections.abc import Iterator

import pytest

from dropcap_local.cloud import LocalCloud
from support.readers import differences

PATHS_THAT_LIST = ["/", "/archive/", "/2025/", "/2025/03/", "/tags/", "/tags/sleep/", "/tags/sleep/2025/", "/feed.xml"]


def post(title: str = "Naps", day: int = 14, *, slug: str = "naps", more: str = "", text: str = "Text") -> str:
    """Return the source of a post."""
    return f"---\ntitle: {title}\ndate: 2025-03-{day:02}\nslug: {slug}\ntags: [Sleep]\n{more}---\n{text}\n"


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Return a local cloud with a site and one post before the one that lives."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: The Quiet Hour\ntimezone: Europe/Berlin\n")
        cloud.upload("posts/walks.md", post("Walks", 10, slug="walks", text="See [[naps]]."))
        cloud.upload("posts/naps.md", post())
        cloud.settle()
        yield cloud


def test_a_post_stands_in_every_list(cloud: LocalCloud) -> None:
    """Home, archives, tags, feed and sitemap lead to it."""
    for path in PATHS_THAT_LIST:
        assert 200 == cloud.page(path).status, path
    for path in ("/", "/2025/03/", "/tags/sleep/", "/tags/sleep/2025/", "/feed.xml", "/sitemap/2025-03.xml"):
        assert b"/naps/" in cloud.page(path).body, path
    assert b"2 posts" in cloud.page("/archive/").body
    assert b"/sitemap/2025-03.xml" in cloud.page("/sitemap.xml").body


def test_neighbours_wikilinks_and_backlinks_lead_to_each_other(cloud: LocalCloud) -> None:
    """A post links to the one before, the one before to it, and whoever is mentioned knows by whom."""
    assert b'href="/walks/"' in cloud.page("/naps/").body
    assert b'<a href="/naps/">naps</a>' in cloud.page("/walks/").body


def test_an_edit_shows_everywhere(cloud: LocalCloud) -> None:
    """A new title is in every list that shows it."""
    cloud.upload("posts/naps.md", post("Longer naps"))
    cloud.settle()
    for path in ("/naps/", "/", "/2025/03/", "/tags/sleep/", "/feed.xml", "/walks/"):
        assert b"Longer naps" in cloud.page(path).body, path


@pytest.mark.botocore
def test_a_changed_slug_leaves_a_redirect(cloud: LocalCloud) -> None:
    """The old address redirects to the new one, and no page links to the old one."""
    cloud.upload("posts/naps.md", post(slug="short-sleep"))
    cloud.settle()
    moved = cloud.page("/naps/")
    assert (301, "/short-sleep/") == (moved.status, moved.headers["location"])
    assert 200 == cloud.page("/short-sleep/").status
    assert b'<a href="/short-sleep/">naps</a>' in cloud.page("/walks/").body


@pytest.mark.parametrize("end", ["removed", "drafted"])
def test_what_is_withdrawn_is_gone_and_in_no_list(cloud: LocalCloud, end: str) -> None:
    """Its address says so with status 410, and no list mentions it."""
    if end == "removed":
        cloud.delete("posts/naps.md")
    else:
        cloud.upload("posts/naps.md", post(more="draft: true\n"))
    cloud.settle()
    assert 410 == cloud.page("/naps/").status
    for path in (*PATHS_THAT_LIST, "/walks/", "/sitemap/2025-03.xml"):
        assert b"/naps/" not in cloud.page(path).body, path


def test_the_last_post_takes_its_archives_with_it(cloud: LocalCloud) -> None:
    """An archive or a tag without posts has no page, and nothing leads to it."""
    cloud.delete("posts/naps.md")
    cloud.delete("posts/walks.md")
    cloud.settle()
    for path in ("/2025/", "/2025/03/", "/tags/sleep/", "/tags/sleep/2025/", "/tags/sleep/feed.xml"):
        assert 404 == cloud.page(path).status, path
    assert b"/2025/" not in cloud.page("/archive/").body
    assert b"/tags/sleep/" not in cloud.page("/tags/").body


def test_new_settings_reach_every_page(cloud: LocalCloud) -> None:
    """A new title of the site is on pages, lists and the 404 page, without anybody touching the posts."""
    cloud.upload("site.yaml", "title: The Loud Hour\n")
    cloud.settle()
    for path in ("/naps/", "/walks/", "/", "/2025/03/", "/tags/", "/tags/sleep/", "/feed.xml", "/404.html"):
        assert b"The Loud Hour" in cloud.page(path).body, path
        assert b"The Quiet Hour" not in cloud.page(path).body, path


def test_bad_settings_change_nothing_and_are_reported(cloud: LocalCloud) -> None:
    """The site stays as it is, and the author hears what is wrong."""
    before = cloud.site()
    cloud.upload("site.yaml", "title: X\ntimezone: Nowhere/Land\n")
    cloud.settle()
    assert "refused" == (cloud.report("site.yaml") or {})["outcome"]
    assert [] == differences(before, cloud.site())


def test_the_same_upload_again_writes_nothing(cloud: LocalCloud) -> None:
    """Unchanged bytes are not written, and the edge keeps what it has; only the journal names the new version."""
    before = cloud.site()
    cloud.calls.clear()
    cloud.upload("posts/naps.md", post())
    cloud.settle()
    assert 0 == cloud.calls["dynamodb", "TransactWriteItems"]
    assert 1 == cloud.calls["s3", "PutObject"]
    assert [] == differences(before, cloud.site())
    assert 0 == cloud.calls["cloudfront", "CreateInvalidation"]


def test_every_item_and_message_carries_its_cause(cloud: LocalCloud) -> None:
    """A later trace can follow one upload through the Catalog: its key, its ETag and its time."""
    table = cloud.id("CatalogTable")
    items = cloud.client("dynamodb").scan(TableName=table)["Items"]
    assert items
    for item in items:
        assert {"key", "etag", "time"} == set(item["cause"]["M"]), item["pk"]
