"""What an author's commands do with a bucket: which one is meant, under which name, and what comes of it."""

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from dropcap_cli.remote.bucket import ContentBucket
from dropcap_cli.remote.local_registry import RunningCloud, known_as_running, running_clouds
from dropcap_cli.remote.report_polling import Upload, more_follows
from dropcap_cli.remote.source_keys import key_or_path, source_keys
from dropcap_cli.remote.stack_lookup import stack_meant
from dropcap_local.usage_error import UsageError
from support.site_folders import CommandLine, site_folder

NOWHERE = Namespace(stack=None, bucket=None, endpoint_url=None)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no local cloud run, and no stack be named."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.delenv("DROPCAP_STACK", raising=False)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give an empty AWS, and credentials for it."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield


@pytest.fixture
def bucket(aws: None) -> ContentBucket:  # noqa: ARG001  # the bucket is in it
    """Give an empty bucket that keeps versions."""
    client = boto3.client("s3")
    client.create_bucket(Bucket="notes")
    client.put_bucket_versioning(Bucket="notes", VersioningConfiguration={"Status": "Enabled"})
    return ContentBucket(client, "notes")


def cloud(folder: Path, endpoint: str = "http://127.0.0.1:1", pid: int | None = None) -> RunningCloud:
    """Give a local cloud that serves FOLDER."""
    return RunningCloud(pid or os.getpid(), str(folder), "http://127.0.0.1:2", endpoint, {"ContentBucket": "local"})


def put(bucket: ContentBucket, key: str, body: bytes = b"text") -> None:
    """Put BODY under the source KEY."""
    bucket.client.put_object(Bucket=bucket.name, Key=f"content/{key}", Body=body)


def delete(bucket: ContentBucket, key: str) -> None:
    """Remove the source KEY."""
    bucket.client.delete_object(Bucket=bucket.name, Key=f"content/{key}")


def text(bucket: ContentBucket, key: str) -> bytes:
    """Give what is under the source KEY."""
    return bucket.client.get_object(Bucket=bucket.name, Key=f"content/{key}")["Body"].read()


# ---- Which bucket --------------------------------------------------------------------------------------------------


def test_without_a_bucket_it_says_how_to_name_one(tmp_path: Path) -> None:
    """Both ways are told: a deployed stack, and a local cloud."""
    with pytest.raises(UsageError, match=r"--stack.*dropcap dev"):
        stack_meant(NOWHERE, tmp_path)


def test_a_deployed_stack_is_found_by_its_name(aws: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # noqa: ARG001  # the stack is in it
    """By option, or from the environment; its resources have the names that CloudFormation gave them."""
    template = {"Resources": {"ContentBucket": {"Type": "AWS::S3::Bucket"}}}
    boto3.client("cloudformation").create_stack(StackName="journal", TemplateBody=json.dumps(template))
    named = stack_meant(Namespace(stack="journal", bucket=None, endpoint_url=None), tmp_path).bucket.name
    assert named.startswith("journal-contentbucket")
    monkeypatch.setenv("DROPCAP_STACK", "journal")
    assert named == stack_meant(NOWHERE, tmp_path).bucket.name


@pytest.mark.parametrize("name", ["nothing", "other"])
def test_a_stack_that_is_none_is_wrong_use(aws: None, tmp_path: Path, name: str) -> None:  # noqa: ARG001  # the stack is in it
    """It does not exist, or it is somebody else's."""
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
    boto3.client("cloudformation").create_stack(StackName="other", TemplateBody=json.dumps(template))
    with pytest.raises(UsageError, match=name):
        stack_meant(Namespace(stack=name, bucket=None, endpoint_url=None), tmp_path)


def test_a_profile_that_is_none_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the credentials is no fault of Dropcap's."""
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    with pytest.raises(UsageError, match="no-such-profile"):
        stack_meant(Namespace(stack=None, bucket="notes", endpoint_url=None), tmp_path)


def test_the_cloud_that_serves_the_folder_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several, the one whose folder holds the file; where none does, the person must say which."""
    monkeypatch.setattr(RunningCloud, "is_alive", property(lambda _: True))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with (
        known_as_running(cloud(tmp_path / "a", "http://127.0.0.1:10", 10)),
        known_as_running(cloud(tmp_path / "b", "http://127.0.0.1:20", 20)),
    ):
        assert "http://127.0.0.1:20" == stack_meant(NOWHERE, tmp_path / "b/post.md").endpoint
        named = Namespace(stack=None, bucket=None, endpoint_url="http://127.0.0.1:10")
        assert "local" == stack_meant(named, tmp_path).bucket.name
        with pytest.raises(UsageError, match="Several local clouds run"):
            stack_meant(NOWHERE, tmp_path / "elsewhere.md")
    assert [] == running_clouds()


def test_a_cloud_that_was_killed_is_forgotten(tmp_path: Path) -> None:
    """Its file stays behind, its process does not."""
    left = tmp_path / "runtime/dropcap/4194305.json"
    with known_as_running(cloud(tmp_path)):
        left.write_text(json.dumps({"pid": 4194305, "folder": "/", "site": "", "endpoint": "", "ids": {}}))
        assert [os.getpid()] == [one.pid for one in running_clouds()]
    assert not left.exists()


# ---- Under which name ----------------------------------------------------------------------------------------------


def test_a_file_is_named_by_its_path_below_the_settings(tmp_path: Path) -> None:
    """The settings come first, and pictures before the posts that show them."""
    site = site_folder(tmp_path)
    files = [site / "posts/naps.md", site / "posts/photo.xyz", site / "site.yaml"]
    assert ["site.yaml", "posts/photo.xyz", "posts/naps.md"] == list(source_keys(files, None))
    assert "posts/naps.md" == key_or_path(str(site / "posts/naps.md"))
    assert "posts" == key_or_path(f"{site}/posts/")
    assert "posts/gone.md" == key_or_path("content/posts/gone.md")


def test_a_name_may_be_given(tmp_path: Path) -> None:
    """A folder ends in a slash; anything else is the file's own name, and then there is one file."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("text")
    a, b = tmp_path / "a.md", tmp_path / "b.md"
    assert ["drafts/a.md", "drafts/b.md"] == sorted(source_keys([a, b], "drafts/"))
    assert {"posts/new.md": a} == source_keys([a], "content/posts/new.md")
    with pytest.raises(UsageError, match=r"posts/new\.md/"):
        source_keys([a, b], "posts/new.md")


def test_a_draft_is_not_published_by_a_guess(tmp_path: Path) -> None:
    """Without settings above it nobody knows in which folder a file belongs."""
    (tmp_path / "idea.md").write_text("text")
    with pytest.raises(UsageError, match="--to drafts/"):
        source_keys([tmp_path / "idea.md"], None)
    with pytest.raises(UsageError, match="is a folder"):
        source_keys([tmp_path], "posts/")
    with pytest.raises(UsageError, match="is not there"):
        source_keys([tmp_path / "none.md"], "posts/")


# ---- What comes of it ----------------------------------------------------------------------------------------------


def report(**told: Any) -> dict[str, Any]:  # noqa: ANN401  # a report's fields
    """Give a report on the upload `new`."""
    return {"etag": "new", "outcome": "published", "taken_by": None, **told}


@pytest.mark.parametrize(
    ("told", "final"),
    [
        (None, False),
        (report(etag="old"), False),
        (report(), True),
        (report(outcome="refused"), True),
        (report(outcome="waiting"), False),
        (report(outcome="waiting", taken_by="posts/older.md"), True),
        (report(outcome="failed", uploaded="now"), True),
        (report(outcome="failed", uploaded="before"), False),
    ],
)
def test_an_answer_is_about_this_upload_and_final(told: dict[str, Any] | None, *, final: bool) -> None:
    """An older version's report is none, nor is one on a page being made, nor a failure of the same bytes before."""
    assert final == Upload("posts/a.md", "new", report(outcome="failed", uploaded="before")).answered_by(told)


@pytest.mark.parametrize(
    ("told", "more"),
    [
        (report(key="a.md", mail=None), True),
        (report(key="a.md", mail={"state": "passed"}), False),
        (report(key="a.jpg", mail=None), False),
        (report(key="a.jpg", outcome="ignored"), True),
        (report(key="_a.md", outcome="ignored"), False),
        (report(key="a.md", outcome="refused"), False),
    ],
)
def test_a_last_word_is_waited_for(told: dict[str, Any], *, more: bool) -> None:
    """On the newsletter of a post, and on a picture whose post was uploaded with it."""
    assert more == more_follows(told, [Upload("a.md", "new", None), Upload("a.jpg", "new", None)])


def test_a_picture_alone_is_not_waited_for() -> None:
    """Nobody shows it yet, and that is the answer."""
    assert not more_follows(report(key="a.jpg", outcome="ignored"), [Upload("a.jpg", "new", None)])


def test_no_answer_is_told_with_the_way_to_ask_again(
    bucket: ContentBucket, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bucket that nobody listens to: the upload is there, and the exit code says that nothing was heard."""
    (tmp_path / "a.md").write_text("Text.")
    dropcap = CommandLine(capsys)
    place = ("--bucket", "notes", "--to", "posts/", tmp_path / "a.md")
    late = dropcap("publish", "--timeout", "0.1", *place)
    assert (1, True) == (late.code, "No answer came within 0.1 seconds." in late.output)
    assert "dropcap status posts/a.md" in late.output
    assert b"Text." == text(bucket, "posts/a.md")
    assert (0, "unanswered") == (
        (ran := dropcap("publish", "--json", "--timeout", "0", *place)).code,
        ran.account["files"][0]["outcome"],
    )
    assert "there is no answer yet" in dropcap("status", "--bucket", "notes", "posts/a.md").output


def test_what_aws_refuses_is_wrong_use(aws: None, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001  # there is no bucket in it
    """It says which call, and what AWS said."""
    ran = CommandLine(capsys)("status", "--bucket", "no-such-bucket")
    assert (2, True) == (ran.code, "NoSuchBucket" in ran.error)


def test_removed_sources_are_found_in_the_versions(bucket: ContentBucket) -> None:
    """The newest version of each counts, under however many deletions; what is there is not removed."""
    put(bucket, "posts/here.md")
    for body in (b"old", b"new"):
        put(bucket, "posts/gone.md", body)
    for _ in range(2):
        delete(bucket, "posts/gone.md")
    put(bucket, "posts/back.md")
    delete(bucket, "posts/back.md")
    put(bucket, "posts/back.md")
    (gone,) = bucket.removed("posts", None)
    assert ("posts/gone.md", 3) == (gone.key, gone.size)
    assert bucket.bring_back(gone)
    assert b"new" == text(bucket, "posts/gone.md")
    assert [] == list(bucket.removed("", None))


def test_only_what_was_removed_since_a_time_is_meant(bucket: ContentBucket) -> None:
    """What somebody removed on purpose last year stays removed."""
    put(bucket, "posts/a.md")
    delete(bucket, "posts/a.md")
    now = datetime.now(UTC)
    assert [] == list(bucket.removed("", now + timedelta(hours=1)))
    assert ["posts/a.md"] == [one.key for one in bucket.removed("", now - timedelta(hours=1))]


def test_what_exists_by_now_is_left_alone(bucket: ContentBucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is copied on the condition that nothing is there, and a refusal is told."""
    put(bucket, "posts/a.md")
    delete(bucket, "posts/a.md")
    (gone,) = bucket.removed("", None)
    asked: dict[str, Any] = {}

    def refuse(**given: object) -> None:
        asked.update(given)
        raise ClientError({"Error": {"Code": "PreconditionFailed"}}, "CopyObject")

    monkeypatch.setattr(bucket.client, "copy_object", refuse)
    assert not bucket.bring_back(gone)
    assert "*" == asked["IfNoneMatch"]


@pytest.mark.parametrize(("answer", "there"), [("y", True), ("", False)])
def test_a_person_is_asked_before_anything_is_brought_back(
    bucket: ContentBucket,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    *,
    there: bool,
) -> None:
    """On a terminal; silence means no."""
    put(bucket, "posts/a.md")
    delete(bucket, "posts/a.md")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert 0 == CommandLine(capsys)("restore", "--bucket", "notes", "posts/a.md").code
    assert there == bucket.has("posts/a.md")
