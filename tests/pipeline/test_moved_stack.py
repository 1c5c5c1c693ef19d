"""A site that moves to a stack in another account, as docs/deploying.md says: its files, journals and readers."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from dropcap.site.settings.model import SITE_KEY
from dropcap_local.cloud import LocalCloud
from support.readers import differences, subscribe
from support.stack_before import TABLES, put_items, stored

SETTINGS = "title: Q\nurl: https://q.example\nnewsletter:\n  postal_address: 1 Way\n"
WORDS = "Twenty minutes of sleep after lunch are enough for most people, and nobody has to feel bad about them. " * 2
FILES = {
    SITE_KEY: SETTINGS,
    "posts/news.md": f"---\ntitle: News\ndate: 2026-03-16\ntags: [a]\n---\nSee [[moved]]. {WORDS}",
    "posts/undated.md": "# Undated\n\nIts journal has its date.\n",
    "posts/slug.md": f"---\ntitle: Slug\nslug: one\n---\nAnother text. {WORDS}",
    "posts/moving.md": f"# Moving\n\nIt moves. {WORDS}",
    "posts/gone.md": "# Gone\n\nIt goes.\n",
    "posts/secret.md": "---\ntitle: Secret\ndraft: true\n---\nNot yet.\n",
}
CHANGED = {"posts/slug.md": FILES["posts/slug.md"].replace("one", "two"), "posts/moved.md": FILES["posts/moving.md"]}
FOLDERS = ("history/", "content/")
"""The folders of the content bucket that are copied."""


def old_stack(cloud: LocalCloud) -> None:
    """Publish a site with moved, renamed and removed files, and mail it to a subscriber."""
    subscribe(cloud, "ada@example.org")
    for key, text in FILES.items():
        cloud.upload(key, text)
    cloud.settle()
    cloud.clock.advance(timedelta(days=1).total_seconds())
    for key, text in CHANGED.items():
        cloud.upload(key, text)
    for key in ("posts/moving.md", "posts/gone.md"):
        cloud.delete(key)
    cloud.settle()


@pytest.mark.parametrize("folders", [FOLDERS, FOLDERS[::-1]])
def test_a_moved_site_has_the_same_pages_and_readers(folders: tuple[str, ...]) -> None:
    """Every byte, whichever folder is copied first; nobody is mailed again, and links in earlier mails work."""
    with LocalCloud() as cloud:
        old_stack(cloud)
        s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
        names = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
        objects = {name: s3.get_object(Bucket=bucket, Key=name)["Body"].read() for name in names}
        people = {table: stored(cloud, table) for table in TABLES.values() if table != "CatalogTable"}
        site, now = cloud.site(), cloud.clock.now()
        (mail,) = (mail for mail in cloud.mails() if mail["Subject"] == "News")
        (link,) = re.findall(r"<(https://[^>]+)>", mail["List-Unsubscribe"])
    with LocalCloud(now=now + timedelta(hours=1)) as cloud:
        for table, items in people.items():
            put_items(cloud, table, items)
        for folder in folders:
            for name in sorted(name for name in objects if name.startswith(folder)):
                cloud.client("s3").put_object(Bucket=cloud.id("ContentBucket"), Key=name, Body=objects[name])
            cloud.settle()
        cloud.run_function("ReconcileFunction")  # as it is once a day
        cloud.settle()
        assert [] == cloud.event_loop.errors
        assert [] == differences(site, cloud.site())
        assert [] == cloud.mails()
        parts = urlsplit(link)
        cloud.request("POST", f"{parts.path}?{parts.query}", form={"List-Unsubscribe": "One-Click"})
        assert ["unsubscribed"] == [
            item["standing"]["S"] for item in stored(cloud, "SubscribersTable") if "standing" in item
        ]
