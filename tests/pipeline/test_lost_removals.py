"""A removal that nobody was told of: the daily comparison finds it, for every kind of source."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from dropcap_local.cloud import LocalCloud
from support.content_events import without_events
from support.made_pictures import picture

NAPS = "---\ntitle: Naps\ndate: 2026-03-14\n---\nShort.\n\n![A view](view.png)\n"
LOST: dict[str, str | bytes] = {
    "posts/view.png": picture("#336699"),
    "posts/hours.csv": "hour,rest\n1,2\n",
    "posts/broken.md": "---\ntitle: [\n---\nNever closed.\n",
    "site.yaml": "title: The Quiet Hour\n",
}
"""Sources without a journal."""


@pytest.fixture
def cloud() -> Iterator[LocalCloud]:
    """Return a stack with a post and what it shows, compared once."""
    with LocalCloud() as deployed:
        for key, content in {**LOST, "posts/naps.md": NAPS}.items():
            deployed.upload(key, content)
            deployed.settle()
        deployed.run_function("ReconcileFunction")
        deployed.settle()
        yield deployed


def public_copies(cloud: LocalCloud) -> list[str]:
    """Return the objects of the site that are copies of the picture."""
    return [key for key in cloud.site() if "/media/" in key and "view" in key]


def test_a_removed_picture_leaves_the_page_and_the_site(cloud: LocalCloud) -> None:
    """Its author may have removed it for a reason; files, bad texts and settings are found in the same way."""
    assert (True, True) == (bool(public_copies(cloud)), b"<img" in cloud.page("/naps/").body)
    with without_events(cloud):
        for key in LOST:
            cloud.delete(key)
    cloud.settle()
    assert public_copies(cloud)
    answer = cloud.run_function("ReconcileFunction")
    assert (len(LOST), 0) == (answer["gone"], answer["changed"])
    cloud.settle()
    assert ([], False) == (public_copies(cloud), b"<img" in cloud.page("/naps/").body)
    assert [None] * len(LOST) == [cloud.report(key) for key in LOST]
    assert b"The Quiet Hour" not in cloud.page("/").body
    assert 0 == cloud.run_function("ReconcileFunction")["gone"]
    assert [] == cloud.event_loop.errors


def test_a_table_of_an_earlier_time_is_compared_within_a_week(cloud: LocalCloud) -> None:
    """It has a picture that was removed since, whose report is gone."""
    dynamodb, table = cloud.client("dynamodb"), cloud.id("CatalogTable")
    before = dynamodb.scan(TableName=table)["Items"]
    cloud.delete("posts/view.png")
    cloud.settle()
    assert ([], None) == (public_copies(cloud), cloud.report("posts/view.png"))
    for item in before:
        if item["pk"]["S"].startswith(("PICTURE#", "FILE#", "FILES")):
            dynamodb.put_item(TableName=table, Item=item)
    cloud.settle()
    assert public_copies(cloud)
    (cloud.client("s3")).delete_object(Bucket=cloud.id("ContentBucket"), Key="reports/posts/view.png.json")
    assert 0 == cloud.run_function("ReconcileFunction")["gone"]
    cloud.clock.advance(timedelta(days=7).total_seconds())
    assert 1 == cloud.run_function("ReconcileFunction")["gone"]
    cloud.settle()
    assert [] == public_copies(cloud)
