"""Differences are processed again, a new release reaches every page, and unneeded things are deleted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws.catalog_scan import scanned
from dropcap.aws.post_items import post_item
from dropcap.aws.releases import Releases
from dropcap.aws.stored_artifacts import StoredVersion, UnneededRecord
from dropcap.aws.table import item_of
from dropcap.contracts import Cause, UploadSeen
from dropcap.newsletter.news import issue_of
from dropcap.newsletter_contracts import FreezeIssue
from dropcap.release import Release
from dropcap.site import views
from dropcap.site.media import READY, Media
from dropcap.site.reports.mail_note import SENT, WAITING, MailNote
from dropcap.site.reports.report import report_name
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.reconcile.compare import LATE, CompareTools, Differences, compare, send_gone
from dropcap.steps.reconcile.expire import KEPT, Expired, ExpireTools, expire
from dropcap.steps.reconcile.roll_out import CONTENT, RollOutTools, roll_out
from dropcap.walk_contracts import WalkContent, WalkPages
from support.memory_table import MemoryTable
from support.posts import CAUSE, LIVE, post
from support.render_bench import NOW, RenderBench

TODAY = NOW.date()
PICTURE = Media("posts/a.png", READY, "e1", "picture-1", "t", None, (), (), CAUSE)


class Sent:
    """A queue that keeps its messages, or the views that are requested."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    def send(self, message: Any) -> None:  # noqa: ANN401  # of two kinds of queues
        """Keep MESSAGE."""
        self.messages.append(message)

    def send_all(self, messages: Any) -> None:  # noqa: ANN401  # any messages
        """Keep MESSAGES."""
        self.messages += messages


class Reported:
    """The folder of reports, with both forms of a report on each of SOURCES."""

    def __init__(self, *sources: str) -> None:
        self._names = sorted(f"{report_name(source)}.{form}" for source in sources for form in ("json", "txt"))

    def walk(self, after: str, most: int) -> list[str]:
        """Return at MOST so many names after AFTER."""
        return [name for name in self._names if name > after][:most]


def compared(
    bench: RenderBench, *, mails: bool = True, reported: tuple[str, ...] = ()
) -> tuple[Differences, list[Any], list[Any]]:
    """Compare bucket and Catalog; return the differences, the uploads that are sent again, and the issues.

    REPORTED are the sources that have a report.
    """
    tools, uploads, issues = compare_tools(bench, mails=mails, reported=reported)
    return compare(tools, bench.now), uploads.messages, issues.messages


def compare_tools(
    bench: RenderBench, *, mails: bool = True, reported: tuple[str, ...] = ()
) -> tuple[CompareTools, Sent, Sent]:
    """Return the tools of the comparison on BENCH, with their queues of uploads and of issues."""
    uploads, issues = Sent(), Sent()
    tools: dict[str, Any] = {
        "sources": bench.sources, "journals": bench.journals, "reports": Reported(*reported), "catalog": bench.catalog,
        "uploads": uploads, "issues": issues if mails else None,
    }  # fmt: skip
    return CompareTools(**tools), uploads, issues


def test_a_site_without_differences_sends_nothing() -> None:
    """A folder that some programs create as an object is no source."""
    bench = RenderBench()
    bench.render("posts/a.md", "Text.")
    bench.sources.upload("posts/", "")
    assert (Differences(compared=1), [], []) == compared(bench)


def test_what_differs_is_processed_again() -> None:
    """A source that the Catalog does not know, or in another version, and one that the bucket no longer has."""
    bench = RenderBench()
    for name in ("a", "b", "c"):
        bench.render(f"posts/{name}.md", "Text.")
    bench.sources.upload("posts/new.md", "Text.")
    bench.sources.upload("posts/b.md", "More.")
    bench.sources.upload("posts/c.md", None)
    differences, uploads, _ = compared(bench)
    assert Differences(compared=3, changed=2, gone=1) == differences
    etags = dict(bench.sources.walk("", "", 9)) | {"posts/c.md": ""}
    expected = ["posts/b.md", "posts/new.md", "posts/c.md"]
    assert [UploadSeen(key, Cause(key, etags[key], NOW.isoformat())) for key in expected] == uploads


def test_a_removed_source_is_found_by_its_report() -> None:
    """A picture, settings, and a text that never was public have no journal; a source that is there is left alone."""
    bench = RenderBench()
    bench.render(SITE_KEY, "title: The Quiet Hour\n")
    bench.render("posts/bad.md", "---\ntitle: [\n---\nText.\n")
    bench.render("posts/./b.md", "Text.")
    bench.render("posts/gone.md", "Text.")
    bench.render("posts/gone.md", None)
    bench.sources.upload("posts/", "")
    bench.catalog.media.commit("posts/a.png", PICTURE, None)
    removed = ["posts/./b.md", "posts/a.png", "posts/bad.md", SITE_KEY]
    for key in removed[2:]:
        bench.sources.upload(key, None)
    bench.sources.upload("posts/./b.md", None)
    bench.journals.stored.clear()
    differences, uploads, _ = compared(bench, reported=(*removed, "posts/", "posts/gone.md", "posts/unknown.md"))
    assert (4, set(removed)) == (differences.gone, {upload.key for upload in uploads})
    assert {Cause(key, "", NOW.isoformat()) for key in removed} == {upload.cause for upload in uploads}


def test_a_removed_source_is_sent_once() -> None:
    """Even if its journal, its report and its state are all there."""
    bench = RenderBench()
    bench.render("posts/a.md", "Text.")
    bench.sources.upload("posts/a.md", None)
    tools, uploads, _ = compare_tools(bench, reported=("posts/a.md",))
    differences = compare(tools, NOW)
    send_gone(tools, ["posts/a.md"], NOW, differences)
    assert (1, ["posts/a.md"]) == (differences.gone, [upload.key for upload in uploads.messages])


def test_a_post_that_is_late_is_rendered_again() -> None:
    """Its schedule was lost; until an hour has passed it may only be slow."""
    bench = RenderBench()
    due = NOW + timedelta(days=1)
    bench.render("posts/a.md", f"---\ndate: {due.isoformat()}\n---\nText.\n")
    for late, expected in ((LATE, []), (LATE + timedelta(seconds=1), ["posts/a.md"])):
        bench.now = due + late
        differences, uploads, _ = compared(bench)
        assert (expected, len(expected)) == ([upload.key for upload in uploads], differences.due)


def test_an_issue_that_is_late_is_frozen_now() -> None:
    """Where the stack has a newsletter; one that was sent is not."""
    bench = RenderBench()
    for name, state in (("a", WAITING), ("b", SENT)):
        bench.render(f"posts/{name}.md", "Text.")
        bench.catalog.note_mail(f"posts/{name}.md", MailNote(state, NOW.isoformat()), 1, CAUSE)
    bench.now = NOW + LATE
    assert [] == compared(bench)[2]
    bench.now += timedelta(seconds=1)
    differences, _, issues = compared(bench)
    cause = Cause("posts/a.md", bench.post("posts/a.md").etag, bench.now.isoformat())
    assert ([FreezeIssue(issue_of("posts/a.md"), cause)], 1) == (issues, differences.overdue)
    assert 0 == compared(bench, mails=False)[0].overdue


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (None, "renderer"),
        (("t2", "r1", "s1"), "theme"),
        (("t1", "r2", "s1"), "renderer"),
        (("t1", "r1", "s2"), "settings"),
        (("t2", "r1", ""), "settings"),
        (("t1", "r1", "s1"), "same"),
    ],
)
def test_a_release_reaches_every_page(before: tuple[str, str, str] | None, kind: str) -> None:
    """Another theme only builds pages, others of code or settings read sources first; the same one does nothing."""
    table: Any = MemoryTable()
    releases, bulk, queue = Releases(table), Sent(), Sent()
    assert (None, None) == (releases.current(), releases.started_at())
    if before:
        releases.write(Release(*before), NOW - timedelta(days=1), CAUSE)
    tools: dict[str, Any] = {"releases": releases, "bulk": bulk, "views": queue}
    assert kind == roll_out(RollOutTools(**tools), Release("t1", "r1", "s1"), NOW)
    cause = Cause(SITE_KEY, "", NOW.isoformat())
    event = f"release t1 r1 s1, after that of {NOW - timedelta(days=1) if before else None}"
    walks = [WalkContent("", "", cause), WalkPages(CONTENT, "", event, cause)]
    expected = {"renderer": walks, "settings": walks, "theme": walks[1:], "same": []}
    assert expected[kind] == bulk.messages
    requested = dict.fromkeys(views.EVERYWHERE, (event, cause))
    assert ([] if kind == "same" else [requested]) == queue.messages
    assert Release("t1", "r1", "s1") == releases.current()
    started = NOW - timedelta(days=1) if kind == "same" else NOW
    assert (started, kind == "same" or cause.to_item() == table.get(keys.RELEASE)["cause"]) == (
        releases.started_at(),
        True,
    )


def test_a_release_that_an_earlier_version_recorded_is_read() -> None:
    """It has no digest of settings, so it is another one than any of today."""
    table: Any = MemoryTable()
    table.commit([item_of(keys.RELEASE, {"theme": "t1", "renderer": "r1", "started_at": NOW.isoformat()})])
    assert Release("t1", "r1", "") == Releases(table).current()


def test_a_release_that_is_rolled_back_soon_reaches_every_page_again() -> None:
    """No two of its messages have the same deduplication id, which SQS remembers for five minutes."""
    table: Any = MemoryTable()
    queue = Sent()
    tools: dict[str, Any] = {"releases": Releases(table), "bulk": Sent(), "views": queue}
    for minute, theme in enumerate(("t1", "t2", "t1")):
        roll_out(RollOutTools(**tools), Release(theme, "r1"), NOW + timedelta(minutes=minute))
    assert 3 == len({event for requested in queue.messages for event, _ in requested.values()})


class Stored:
    """An artifact bucket with VERSIONS, and a Catalog with ITEMS, both in pages of one."""

    def __init__(self, looked: date | None = None) -> None:
        self.versions: list[StoredVersion] = []
        self.items: list[Any] = []
        self.kept = UnneededRecord(looked, {})
        self.deleted: list[tuple[Any, str]] = []

    def pages(self) -> list[list[StoredVersion]]:
        """Return the versions."""
        return [[version] for version in self.versions]

    def delete(self, versions: list[StoredVersion]) -> None:
        """Delete VERSIONS."""
        self.deleted += [(version.key, version.version) for version in versions]

    def record(self) -> UnneededRecord:
        """Return the record, as it is read from its JSON."""
        return UnneededRecord.from_json(self.kept.to_json())

    def write_record(self, record: UnneededRecord) -> None:
        """Replace the record."""
        self.kept = record


class Scan:
    """The Catalog of a `Stored`."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    def pages(self) -> list[list[Any]]:
        """Return the items."""
        return [[scanned(item)] for item in self._stored.items]

    def delete_reference(self, key: Any, token: str) -> bool:  # noqa: ANN401  # a key
        """Delete the reference at KEY."""
        self._stored.deleted.append((key, token))
        return True


def looked(
    stored: Stored,
    day: date,
    has_time: Callable[[], bool] = lambda: True,
    on_sources: Callable[[list[str]], None] = lambda _: None,
) -> Expired | None:
    """Look at STORED on DAY."""
    tools: dict[str, Any] = {"catalog": Scan(stored), "artifacts": stored}
    return expire(ExpireTools(**tools), datetime.combine(day, NOW.timetz()), has_time, on_sources)


@pytest.fixture
def stored() -> Stored:
    """Return a bucket and a Catalog with a post, its fragment and its reference, and one more of each."""
    stored = Stored()
    key = "posts/naps.md"
    stored.items = [
        item_of(keys.post_key(key), {**post_item(post(LIVE, key=key))}),
        *(
            {"pk": keys.references_to(name), "sk": keys.item_sort(LIVE.sort, key), "token": "t", "source": key}
            for name in ("walking", "running")
        ),
    ]
    stored.versions = [StoredVersion("fragments/d1.html", "v1"), StoredVersion("fragments/d2.html", "v1")]
    return stored


RUNNING = ("REF#running", "2025-03-14T09:00:00#posts/naps.md")


def test_what_was_unneeded_for_thirty_days_is_deleted(stored: Stored) -> None:
    """The text and the reference that no item needs, at the first look of a week that is late enough."""
    results = [looked(stored, TODAY + timedelta(days=day)) for day in range(0, 36, 5)]
    assert [Expired(2, 0), None] == results[:2]
    assert [KEPT.days] == [day for day, result in zip(range(0, 36, 5), results, strict=True) if result == Expired(2, 2)]
    assert [("fragments/d2.html", "v1"), (RUNNING, "t")] == stored.deleted
    assert {} == stored.kept.since
    assert TODAY + KEPT == stored.kept.looked


def test_a_look_finds_the_sources_of_which_there_is_a_state(stored: Stored) -> None:
    """Texts and pictures; no other item has a source, and on other days nothing is read."""
    stored.items.append({"pk": "PICTURE#posts/a.png", "sk": "PICTURE", "key": "posts/a.png"})
    known: list[str] = []
    for _ in range(2):
        looked(stored, TODAY, on_sources=known.extend)
    assert ["posts/naps.md", "posts/a.png"] == known


def test_a_version_that_was_written_again_begins_anew(stored: Stored) -> None:
    """Its writer may be about to need it."""
    looked(stored, TODAY)
    stored.versions[1] = StoredVersion("fragments/d2.html", "v2")
    assert Expired(2, 1) == looked(stored, TODAY + KEPT)
    assert ([(RUNNING, "t")], {"fragments/d2.html": ("v2", TODAY + KEPT)}) == (stored.deleted, stored.kept.since)


@pytest.mark.parametrize("steps", [0, 3, 4])
def test_a_look_without_time_deletes_nothing(stored: Stored, steps: int) -> None:
    """And is no look: the next one begins again."""
    looked(stored, TODAY)
    record, left = stored.kept, iter([True] * steps)
    assert looked(stored, TODAY + KEPT, lambda: next(left, False)) is None
    assert ([], record) == (stored.deleted, stored.kept)
