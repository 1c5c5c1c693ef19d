"""Lost work comes back, and a new theme or new code reaches every page, without a mail or a needless write."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from dropcap.release import Release
from dropcap_local.cloud import LocalCloud
from support.readers import differences, subscribe

ENVIRONMENT = {"NEWS_SINCE": "2026-03-01"}
NOTHING = {"changed": 0, "gone": 0, "due": 0, "overdue": 0}
SITE = "title: The Quiet Hour\nnewsletter:\n  postal_address: 1 Example Street\n"
SOURCES = {
    "site.yaml": SITE,
    "posts/naps.md": "---\ntitle: Naps\ndate: 2026-03-14\ntags: [rest]\n---\nShort, see [[Walks]].\n",
    "posts/walks.md": "---\ntitle: Walks\ndate: 2026-03-15\n---\nSlowly.\n",
    "posts/idea.md": "---\ntitle: Idea\ndraft: true\n---\nNot yet.\n",
    "posts/broken.md": "---\ntitle: [\n---\nNever closed.\n",
    "pages/about.md": "# About\n\nWho writes here.\n",
    "posts/notes.csv": "hour,rest\n1,2\n",
}


@pytest.fixture
def settled() -> Iterator[LocalCloud]:
    """Return a stack with a reader and a few sources, made with the release of this code."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        subscribe(cloud, "ada@example.org")
        for key, text in SOURCES.items():
            cloud.upload(key, text)
        cloud.settle()
        cloud.run_function("ReconcileFunction")
        cloud.settle()
        yield cloud


@contextmanager
def release(theme: str, renderer: str) -> Iterator[None]:
    """Replace the digests of theme and code by those of another release in this block."""
    with patch.object(Release, "of", classmethod(lambda _cls, _templates, _settings: Release(theme, renderer))):
        yield


def writes(cloud: LocalCloud) -> int:
    """Return how many objects of the site the functions of CLOUD wrote or removed."""
    return cloud.calls["s3", "PutObject"] + cloud.calls["s3", "DeleteObject"] + cloud.calls["s3", "CopyObject"]


def ours(cloud: LocalCloud) -> Release:
    """Return the release of this code, as the function of CLOUD computes it."""
    return Release.of(Path(cloud.stack.functions["ReconcileFunction"].environment["TEMPLATES_DIR"]), {})


def test_the_folder_of_all_sources_is_no_source() -> None:
    """Many create it in S3's console, as an object: it has no report, and no comparison or walk sends it."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        for key in ("", "site.yaml", "posts/naps.md"):
            cloud.upload(key, SOURCES.get(key, ""))
        cloud.settle()
        answer = cloud.run_function("ReconcileFunction")
        cloud.settle()
        assert {"compared": 2, **NOTHING}.items() <= answer.items()
        assert [] == cloud.event_loop.errors
        objects = cloud.client("s3").list_objects_v2(Bucket=cloud.id("ContentBucket"), Prefix="reports/")["Contents"]
        assert ["posts/naps.md", "site.yaml"] == sorted({key["Key"][8:].rpartition(".")[0] for key in objects})


def test_a_stack_as_it_should_be_is_left_alone(settled: LocalCloud) -> None:
    """Sources of every outcome are as the Catalog has them: nothing is sent, and the release costs one read."""
    before = settled.calls.copy()
    answer = settled.run_function("ReconcileFunction")
    assert {"release": "same", "compared": len(SOURCES), **NOTHING, "expired": 0} == answer
    calls = settled.calls - before
    assert 1 == calls["dynamodb", "GetItem"]
    assert 0 == calls["sqs", "SendMessage"] + calls["sqs", "SendMessageBatch"] + calls["dynamodb", "TransactWriteItems"]


def test_lost_events_and_items_come_back(settled: LocalCloud) -> None:
    """An upload and a removal that nobody announced, and an item that is gone, are found and processed."""
    s3, bucket = settled.client("s3"), settled.id("ContentBucket")
    configured = s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    settled.upload("posts/silent.md", "---\ntitle: Silent\ndate: 2026-03-13\n---\nNobody was told.\n")
    settled.upload("posts/naps.md", SOURCES["posts/naps.md"].replace("Short", "Long"))
    settled.delete("posts/walks.md")
    s3.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"QueueConfigurations": configured}
    )
    key = {"pk": {"S": "POST#pages/about.md"}, "sk": {"S": "POST"}}
    settled.client("dynamodb").delete_item(TableName=settled.id("CatalogTable"), Key=key)
    settled.settle()
    answer = settled.run_function("ReconcileFunction")
    assert {**NOTHING, "changed": 3, "gone": 1} == {name: answer[name] for name in NOTHING}
    settled.settle()
    assert (200, 200, 410) == tuple(settled.page(path).status for path in ("/silent/", "/about/", "/walks/"))
    assert "Long" in settled.page("/naps/").text
    assert NOTHING == {name: settled.run_function("ReconcileFunction")[name] for name in NOTHING}


def test_a_post_and_an_issue_whose_schedules_were_lost_come_late_and_not_never() -> None:
    """The post appears, and its newsletter goes out, once."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        subscribe(cloud, "ada@example.org")
        cloud.upload("site.yaml", SITE)
        cloud.upload("posts/later.md", "---\ntitle: Later\ndate: 2026-03-16T12:00:00\n---\nSoon.\n")
        cloud.settle()
        forget_schedules(cloud, "PostSchedules")
        cloud.clock.advance(6 * 3600)
        cloud.settle()
        assert 404 == cloud.page("/later/").status
        assert 1 == cloud.run_function("ReconcileFunction")["due"]
        for _ in range(40):  # until its grace period has begun, and no longer
            cloud.step()
            if forget_schedules(cloud, "IssueSchedules"):
                break
        cloud.clock.advance(3 * 3600)
        cloud.settle()
        assert 200 == cloud.page("/later/").status
        assert 1 == cloud.run_function("ReconcileFunction")["overdue"]
        cloud.settle()
        assert ["Later"] == [mail["Subject"] for mail in cloud.mails()][1:]


def forget_schedules(cloud: LocalCloud, group: str) -> int:
    """Delete the schedules of the template's GROUP in CLOUD, and return how many there were."""
    scheduler, name = cloud.client("scheduler"), cloud.id(group)
    schedules = scheduler.list_schedules(GroupName=name)["Schedules"]
    for schedule in schedules:
        scheduler.delete_schedule(GroupName=name, Name=schedule["Name"])
    return len(schedules)


@pytest.mark.parametrize("changed", ["theme", "renderer"])
def test_a_new_release_that_makes_equal_pages_writes_and_mails_nothing(settled: LocalCloud, changed: str) -> None:
    """Every view is built again, and every source rendered again for new code, but equal bytes are not written."""
    site, mails, now = settled.site(), len(settled.mails()), ours(settled)
    with release(now.theme, now.renderer):
        settled.run_function("ReconcileFunction")
        settled.settle()
    calls = settled.calls.copy()
    with release(*((now.theme, "new") if changed == "renderer" else ("new", now.renderer))):
        assert changed == settled.run_function("ReconcileFunction")["release"]
        settled.settle()
        new_calls = settled.calls - calls
        assert "same" == settled.run_function("ReconcileFunction")["release"]
    assert [] == differences(site, settled.site())
    assert mails == len(settled.mails())
    assert 0 == new_calls["cloudfront", "CreateInvalidation"]
    assert (changed == "renderer") == (new_calls["s3", "GetObject"] >= len(SOURCES))
    assert [] == settled.event_loop.errors


def test_a_new_theme_reaches_every_page_while_an_upload_passes_it(settled: LocalCloud, tmp_path: Path) -> None:
    """Posts, lists, pages and "gone" show it; dates of change and ids in the feed stay; nobody is mailed."""
    templates = Path(settled.stack.functions["PublishFunction"].environment["TEMPLATES_DIR"])
    theme = _changed_theme(templates, tmp_path / "templates")
    feed, mails = settled.page("/feed.xml").text, len(settled.mails())
    with _deployed(settled, theme):
        assert "theme" == settled.run_function("ReconcileFunction")["release"]
        settled.upload("posts/new.md", "---\ntitle: New\ndate: 2026-03-01\nnewsletter: false\n---\nIn its midst.\n")
        settled.settle()
        for path in ("/", "/naps/", "/walks/", "/about/", "/tags/rest/", "/archive/", "/2026/03/", "/new/"):
            page = settled.page(path)
            assert (200, True) == (page.status, "a-new-theme" in page.text), path
        after = settled.page("/feed.xml").text
    assert mails == len(settled.mails())
    old = [line for line in feed.splitlines() if "<updated>" in line or "<id>" in line][2:]
    assert set(old) <= {line for line in after.splitlines() if "<updated>" in line or "<id>" in line}


def _changed_theme(templates: Path, place: Path) -> Path:
    """Return a copy of TEMPLATES in PLACE whose pages all have a mark."""
    for path in templates.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            copy = place / path.relative_to(templates)
            copy.parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes()
            copy.write_bytes(content.replace(b"</body>", b"<!-- a-new-theme --></body>"))
    return place


@contextmanager
def _deployed(cloud: LocalCloud, theme: Path) -> Iterator[None]:
    """Run the functions of CLOUD with THEME in this block, in new containers."""
    environment: Mapping[str, Any] = {**ENVIRONMENT, "TEMPLATES_DIR": str(theme)}
    cloud.functions.forget()  # a deployment starts new containers
    with patch.object(cloud.functions, "_environment", environment):
        yield


FRAME = '<iframe src="https://maps.example/1"></iframe>'


@pytest.mark.parametrize(
    ("name", "before", "after", "changed"),
    [
        ("DEFAULT_SITE_URL", "https://old.example.org", "https://new.example.org", b"https://new.example.org"),
        ("TRUSTED_PREFIXES", "", "posts/", b"<iframe"),
        ("NEWSLETTER", "", "yes", b'action="/api/subscribe"'),
    ],
)
def test_a_new_setting_of_the_deployment_reaches_every_page(name: str, before: str, after: str, changed: bytes) -> None:
    """Its domain, the folders that the operator trusts, and a newsletter; nothing else is touched for that."""
    environment = {name: before}
    with LocalCloud(environment=environment) as cloud:
        cloud.upload("site.yaml", SITE)
        cloud.upload("posts/naps.md", f"{SOURCES['posts/naps.md']}\n{FRAME}\n")
        cloud.settle()
        cloud.run_function("ReconcileFunction")
        cloud.settle()
        assert changed not in cloud.page("/naps/").body
        environment[name] = after
        cloud.functions.forget()  # a deployment starts new containers
        assert "settings" == cloud.run_function("ReconcileFunction")["release"]
        cloud.settle()
        assert changed in cloud.page("/naps/").body
        if name == "DEFAULT_SITE_URL":
            old = [key for key, (body, _) in cloud.site().items() if before.encode() in body]
            assert [] == old
        assert "same" == cloud.run_function("ReconcileFunction")["release"]


def test_an_address_that_new_code_corrects_leaves_a_redirect() -> None:
    """As when `pretty` lost the year of a post without a category."""
    with LocalCloud() as cloud:
        cloud.run_function("ReconcileFunction")
        with patch.dict("dropcap.document.paths.permalinks.NAMED", pretty="/:month/:day/:title/"):
            cloud.upload("site.yaml", f"{SITE}permalink: pretty\n")
            cloud.upload("posts/naps.md", SOURCES["posts/naps.md"])
            cloud.settle()
        assert 200 == cloud.page("/03/14/naps/").status
        with release(ours(cloud).theme, "new"):
            cloud.run_function("ReconcileFunction")
            cloud.settle()
        moved = cloud.page("/03/14/naps/")
        assert (301, "/2026/03/14/naps/") == (moved.status, moved.headers["location"])
        assert 200 == cloud.page("/2026/03/14/naps/").status
        assert "/2026/03/14/naps/" in cloud.page("/feed.xml").text
