"""A bad upload affects only itself: its report has line, reason and remedy, and other files are published."""

from dataclasses import dataclass

import pytest

from dropcap.site.reports.report import report_name
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash

GOOD = "---\ntitle: Good\ndate: 2025-03-14\n---\nAll is well.\n"


@dataclass(frozen=True)
class Bad:
    """A source that must be refused; LINE is where, if there is a place."""

    name: str
    source: bytes
    line: int | None = None


ALIASES = "\n".join(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in zip("abcdef", "bcdefg"))  # noqa: B905  # one shorter on purpose
BOMB = f"---\na: &a [x]\n{ALIASES}\n---\nText\n"

BADS = [
    Bad("not UTF-8", "title\ncafé".encode("latin-1"), 2),
    Bad("empty", b""),
    Bad("unclosed front matter", b"---\ntitle: x\n\nText\n", 1),
    Bad("YAML that does not parse", b"---\ntitle: [x\ndate: 2025-01-01\n---\nText\n", 3),
    Bad("an alias bomb", BOMB.encode()),
    Bad("20 MB of text", b"word " * (4 * 1024 * 1024)),
    Bad("9,000 nested quotations", b"---\ntitle: x\n---\n" + b">" * 9_000 + b" x"),
    Bad("an address of Dropcap's own", b"---\nurl: /tags/\n---\nText\n", 2),
]


@pytest.mark.parametrize("bad", BADS, ids=lambda bad: bad.name)
def test_a_bad_version_is_refused_and_the_good_one_stays_up(bad: Bad) -> None:
    """The author hears what is wrong and what to do; readers keep the last good version; no message is left over."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", GOOD)
        cloud.settle()
        cloud.upload("posts/a.md", bad.source)
        cloud.upload("posts/b.md", GOOD.replace("Good", "Other"))
        cloud.settle()
        report = cloud.report("posts/a.md") or {}
        assert "refused" == report["outcome"]
        (first, *_) = report["errors"]
        assert first["message"]
        assert first["remedy"]
        if bad.line:
            assert bad.line == first["line"]
        assert 200 == cloud.page("/a/").status
        assert "published" == (cloud.report("posts/b.md") or {})["outcome"]
        assert [] == left_over(cloud)


def test_the_good_version_that_comes_back_after_a_refused_one_is_reported() -> None:
    """Its page never went, so that nothing of it changes but the report."""
    with LocalCloud() as cloud:
        for source in (GOOD, "---\ntitle: [x\n---\nText\n", GOOD):
            cloud.upload("posts/a.md", source)
            cloud.settle()
        assert "published" == (cloud.report("posts/a.md") or {})["outcome"]


def test_a_version_that_replaced_a_deleted_one_within_a_second_stays_up() -> None:
    """Some programs delete a file before they upload it again, and S3's times are whole seconds."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", GOOD)
        cloud.settle()
        cloud.delete("posts/a.md")
        cloud.upload("posts/a.md", GOOD + "again")
        cloud.settle()
        cloud.upload("posts/a.md", "---\ntitle: [x\n---\nText\n")
        cloud.settle()
        assert "refused" == (cloud.report("posts/a.md") or {})["outcome"]
        page = cloud.page("/a/")
        assert (200, True) == (page.status, b"again" in page.body)


@pytest.mark.parametrize("key", ["posts/my notes.md", "posts/c++ and é.md", "posts/100%.md", "pósts/ünder_score.md"])
def test_a_key_with_spaces_signs_and_accents_is_published(key: str) -> None:
    """S3 encodes keys in its events; authors name files as they like."""
    with LocalCloud() as cloud:
        cloud.upload(key, GOOD)
        cloud.settle()
        report = cloud.report(key) or {}
        assert "published" == report["outcome"]
        assert 200 == cloud.page(report["url"].removeprefix("https://journal.example.org")).status


def test_a_key_that_climbs_out_of_its_folder_is_refused() -> None:
    """`..` in a key would let one file pose as another; its report stands where no client goes astray."""
    with LocalCloud() as cloud:
        cloud.upload("posts/../a.md", GOOD)
        cloud.settle()
        report = cloud.report("posts/%2E%2E/a.md") or {}
        assert "refused" == report["outcome"]
        assert 404 == cloud.page("/a/").status


def test_a_key_as_long_as_s3_allows_is_reported() -> None:
    """Its report would have a longer key, with folder and suffix: it has another name, by which programs find it."""
    key = "é/" * 335 + "abcdefgh.md"
    with LocalCloud() as cloud:
        cloud.upload(key, GOOD)
        cloud.settle()
        assert (1024, []) == (len(f"content/{key}".encode()), cloud.event_loop.errors)
        assert "refused" == (cloud.report(report_name(key)) or {})["outcome"]
        cloud.delete(key)
        cloud.settle()
        assert cloud.report(report_name(key)) is None


def test_of_two_files_that_claim_an_address_the_older_has_it_until_it_goes() -> None:
    """The younger is told who has it, and gets it when it is free."""
    with LocalCloud() as cloud:
        cloud.upload("posts/young.md", "---\nslug: x\ndate: 2025-02-02\n---\nYoung text\n")
        cloud.settle()
        cloud.upload("posts/old.md", "---\nslug: x\ndate: 2025-01-01\n---\nOld text\n")
        cloud.settle()
        assert b"Old text" in cloud.page("/x/").body
        waiting = cloud.report("posts/young.md") or {}
        assert "waiting" == waiting["outcome"]
        assert "posts/old.md" in waiting["warnings"][-1]["message"]
        cloud.delete("posts/old.md")
        cloud.settle()
        assert b"Young text" in cloud.page("/x/").body
        assert "published" == (cloud.report("posts/young.md") or {})["outcome"]
        assert cloud.report("posts/old.md") is None


@pytest.mark.botocore
def test_an_upload_that_ends_among_the_dead_letters_is_reported_as_failed() -> None:
    """A file that takes the function down every time ends as a report, and what was published of it stays up."""
    with LocalCloud() as cloud:
        cloud.upload("posts/a.md", GOOD)
        cloud.settle()
        cloud.upload("posts/a.md", GOOD + "deadly")

        def die(service: str, operation: str, params: object, phase: str) -> None:
            reads = (service, operation, phase) == ("s3", "GetObject", "after")
            if reads and isinstance(params, dict) and params["Key"] == "content/posts/a.md":
                raise Crash

        cloud.on_call.append(die)
        cloud.settle()
        report = cloud.report("posts/a.md") or {}
        assert "failed" == report["outcome"]
        assert report["errors"][0]["remedy"]
        assert 200 == cloud.page("/a/").status
        assert [] == left_over(cloud)


def left_over(cloud: LocalCloud) -> list[str]:
    """Return the queues that still have a message, dead-letter queues included."""
    sqs = cloud.client("sqs")
    fields_of = {
        queue.logical_id: sqs.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])["Attributes"]
        for queue in cloud.stack.queues.values()
    }
    return [
        name
        for name, of in fields_of.items()
        if int(of["ApproximateNumberOfMessages"]) or int(of["ApproximateNumberOfMessagesNotVisible"])
    ]


def test_bad_settings_leave_the_good_ones_in_force_and_say_since_when() -> None:
    """`site.yaml` is answered like any upload: with the line, and with what stands meanwhile."""
    with LocalCloud() as cloud:
        cloud.upload("site.yaml", "title: The Quiet Hour\ntimezone: Europe/Berlin\n")
        cloud.upload("posts/a.md", GOOD)
        cloud.settle()
        cloud.upload("site.yaml", "title: [\n")
        cloud.settle()
        report = cloud.report("site.yaml") or {}
        assert ("refused", "2026-03-16T10:00:00+01:00") == (report["outcome"], report["stands_since"])
        assert report["errors"][0]["source"] is not None
        assert b"The Quiet Hour" in cloud.page("/").body
