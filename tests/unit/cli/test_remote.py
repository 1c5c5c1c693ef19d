"""The commands that work with a bucket: which bucket, which keys, and which reports."""

import json
import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from dropcap_cli.remote.bucket import ContentBucket
from dropcap_cli.remote.local_registry import RunningCloud, registered, running_clouds
from dropcap_cli.remote.report_polling import Upload, update_follows
from dropcap_cli.remote.source_keys import key_or_path, named_files, source_keys
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_local.saved_state.folder import locked
from dropcap_local.usage_error import UsageError
from support.site_folders import GOOD, SOURCES, CommandLine, site_folder


def options(**named: str) -> Namespace:
    """Return the options of a command of which only NAMED are set."""
    return Namespace(**{"stack": None, "bucket": None, "endpoint_url": None, "region": None, "profile": None} | named)


NO_OPTIONS = options()


@pytest.fixture(autouse=True)
def no_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without a local cloud and without a named stack."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.delenv("DROPCAP_STACK", raising=False)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Provide an empty AWS, and credentials for it."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield


@pytest.fixture
def bucket(aws: None) -> ContentBucket:  # noqa: ARG001  # the bucket is in it
    """Return an empty bucket with versioning."""
    client = boto3.client("s3")
    client.create_bucket(Bucket="notes")
    client.put_bucket_versioning(Bucket="notes", VersioningConfiguration={"Status": "Enabled"})
    return ContentBucket(client, "notes")


def cloud(folder: Path, endpoint: str = "http://127.0.0.1:1", pid: int | None = None) -> RunningCloud:
    """Return a local cloud that serves FOLDER."""
    return RunningCloud(pid or os.getpid(), str(folder), "http://127.0.0.1:2", endpoint, {"ContentBucket": "local"})


def put(bucket: ContentBucket, key: str, body: bytes = b"text") -> None:
    """Write BODY to the source KEY."""
    bucket.client.put_object(Bucket=bucket.name, Key=f"content/{key}", Body=body)


def delete(bucket: ContentBucket, key: str) -> None:
    """Remove the source KEY."""
    bucket.client.delete_object(Bucket=bucket.name, Key=f"content/{key}")


def text(bucket: ContentBucket, key: str) -> bytes:
    """Return the bytes of the source KEY."""
    return bucket.client.get_object(Bucket=bucket.name, Key=f"content/{key}")["Body"].read()


# ---- Which bucket --------------------------------------------------------------------------------------------------


def test_without_a_bucket_the_error_says_how_to_name_one(tmp_path: Path) -> None:
    """It names both ways: a deployed stack, and a local cloud."""
    with pytest.raises(UsageError, match=r"--stack.*dropcap dev"):
        find_stack(NO_OPTIONS, tmp_path)


def test_without_a_region_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of `dropcap deploy`, and before any call."""
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(UsageError, match=r"No AWS region is set\. Use --region"):
        find_stack(options(stack="journal"), tmp_path)


def test_a_deployed_stack_is_found_by_its_name(aws: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # noqa: ARG001  # the stack is in it
    """By option, or from the environment; its resources have the names that CloudFormation gave them."""
    template = {"Resources": {"ContentBucket": {"Type": "AWS::S3::Bucket"}}}
    boto3.client("cloudformation").create_stack(StackName="journal", TemplateBody=json.dumps(template))
    named = find_stack(options(stack="journal"), tmp_path).bucket.name
    assert named.startswith("journal-contentbucket")
    monkeypatch.setenv("DROPCAP_STACK", "journal")
    assert named == find_stack(NO_OPTIONS, tmp_path).bucket.name


@pytest.mark.parametrize("name", ["nothing", "other"])
def test_a_stack_that_is_not_dropcap_is_wrong_use(aws: None, tmp_path: Path, name: str) -> None:  # noqa: ARG001  # the stack is in it
    """It does not exist, or it is the stack of another application."""
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
    boto3.client("cloudformation").create_stack(StackName="other", TemplateBody=json.dumps(template))
    with pytest.raises(UsageError, match=name):
        find_stack(options(stack=name), tmp_path)


def test_an_unknown_aws_profile_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the credentials is reported without a traceback."""
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    with pytest.raises(UsageError, match="no-such-profile"):
        find_stack(options(bucket="notes"), tmp_path)


def test_a_profile_and_a_region_may_be_named(aws: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # noqa: ARG001  # the stack is in it
    """A stack in another region than the profile's is found with `--region`, by the credentials of `--profile`."""
    template = {"Resources": {"ContentBucket": {"Type": "AWS::S3::Bucket"}}}
    client = boto3.client("cloudformation", region_name="eu-west-1")
    client.create_stack(StackName="journal", TemplateBody=json.dumps(template))
    with pytest.raises(UsageError, match="journal"):
        find_stack(options(stack="journal"), tmp_path)
    profile = "[profile editor]\nregion = us-west-2\naws_access_key_id = editor\naws_secret_access_key = secret\n"
    (tmp_path / "config").write_text(profile, encoding="utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    stack = find_stack(options(stack="journal", profile="editor", region="eu-west-1"), tmp_path)
    assert ("editor", "eu-west-1") == (stack.session.profile_name, stack.session.region_name)


def test_the_local_cloud_of_the_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several, the one whose folder holds the file; without one, the user must name it."""
    monkeypatch.setattr(RunningCloud, "is_alive", property(lambda _: True))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with (
        registered(cloud(tmp_path / "a", "http://127.0.0.1:10", 10)),
        registered(cloud(tmp_path / "b", "http://127.0.0.1:20", 20)),
    ):
        assert "http://127.0.0.1:20" == find_stack(NO_OPTIONS, tmp_path / "b/post.md").endpoint
        named = options(endpoint_url="http://127.0.0.1:10")
        assert "local" == find_stack(named, tmp_path).bucket.name
        with pytest.raises(UsageError, match="Several local clouds are running"):
            find_stack(NO_OPTIONS, tmp_path / "elsewhere.md")
    assert [] == running_clouds()


def test_the_file_of_a_killed_local_cloud_is_deleted(tmp_path: Path) -> None:
    """Its process does not run any more."""
    left = tmp_path / "runtime/dropcap/4194305.json"
    with registered(cloud(tmp_path)):
        left.write_text(json.dumps({"pid": 4194305, "folder": "/", "site": "", "endpoint": "", "ids": {}}))
        assert [os.getpid()] == [cloud.pid for cloud in running_clouds()]
    assert not left.exists()


@pytest.mark.parametrize("variable", ["XDG_RUNTIME_DIR", "XDG_CACHE_HOME"])
def test_only_the_user_can_read_which_local_clouds_run(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every umask, and where the cache folder was made for something else before."""
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setenv(variable, str(tmp_path / "new/cache"))
    usual = os.umask(0o022)
    try:
        with locked(tmp_path / "new/cache/dropcap/dev/journal"), registered(cloud(tmp_path)):
            made = sorted((tmp_path / "new").rglob("*"))
            modes = {path.stat().st_mode & 0o777 for path in made if path.is_dir()}
            assert ({0o700}, 0o700) == (modes, (tmp_path / "new").stat().st_mode & 0o777)
            assert {0o600} == {path.stat().st_mode & 0o777 for path in made if path.is_file()}
            assert f"{os.getpid()}.json" in {path.name for path in made}
    finally:
        os.umask(usual)


# ---- Which key ----------------------------------------------------------------------------------------------


def test_the_key_is_the_path_below_site_yaml(tmp_path: Path) -> None:
    """The settings come first, and pictures before the posts that show them."""
    site = site_folder(tmp_path)
    files = [site / "posts/naps.md", site / "posts/photo.xyz", site / "site.yaml"]
    assert ["site.yaml", "posts/photo.xyz", "posts/naps.md"] == list(source_keys(named_files(files), None))
    assert "posts/naps.md" == key_or_path(str(site / "posts/naps.md"))
    assert "posts" == key_or_path(f"{site}/posts/")
    assert "posts/gone.md" == key_or_path("content/posts/gone.md")


def test_an_option_sets_the_key(tmp_path: Path) -> None:
    """A folder ends in a slash; anything else is the name of a single file."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("text")
    a, b = tmp_path / "a.md", tmp_path / "b.md"
    assert ["drafts/a.md", "drafts/b.md"] == sorted(source_keys(named_files([a, b]), "drafts/"))
    assert {"posts/new.md": a} == source_keys(named_files([a]), "content/posts/new.md")
    with pytest.raises(UsageError, match=r"posts/new\.md/"):
        source_keys(named_files([a, b]), "posts/new.md")


def test_a_file_outside_a_site_needs_a_key(tmp_path: Path) -> None:
    """A guess could publish a draft."""
    (tmp_path / "idea.md").write_text("text")
    with pytest.raises(UsageError, match="--to drafts/"):
        source_keys(named_files([tmp_path / "idea.md"]), None)
    with pytest.raises(UsageError, match="does not exist"):
        named_files([tmp_path / "none.md"])


def test_a_folder_means_its_files(tmp_path: Path) -> None:
    """Those that a build would upload; a folder without settings is a site of its own."""
    site = site_folder(tmp_path, *GOOD, ".hidden")
    assert list(GOOD) == sorted(source_keys(named_files([site]), None), key=GOOD.index)
    assert ["posts/naps.md", "posts/walks.md"] == list(source_keys(named_files([site / "posts"]), None))
    (site / "site.yaml").unlink()
    assert ["naps.md", "walks.md"] == list(source_keys(named_files([site / "posts"]), None))
    assert ["drafts/naps.md", "drafts/walks.md"] == list(source_keys(named_files([site / "posts"]), "drafts/"))


def test_a_served_folder_needs_no_settings(tmp_path: Path) -> None:
    """The keys are the paths in the folder that `dropcap dev` serves."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/idea.md").write_text("text")
    named = named_files([tmp_path / "notes/idea.md"])
    assert {"notes/idea.md": tmp_path / "notes/idea.md"} == source_keys(named, None, tmp_path)
    assert "notes" == key_or_path(str(tmp_path / "notes"), tmp_path)


# ---- Which report ----------------------------------------------------------------------------------------------


def report(**fields: Any) -> dict[str, Any]:  # noqa: ANN401  # a report's fields
    """Return a report on the upload `new`."""
    return {"etag": "new", "outcome": "published", "taken_by": None, **fields}


@pytest.mark.parametrize(
    ("answer", "final"),
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
def test_only_a_final_report_on_this_upload_counts(answer: dict[str, Any] | None, *, final: bool) -> None:
    """Not a report on an older version, on an unfinished page, or on an earlier failure of the same bytes."""
    assert final == Upload("posts/a.md", "new", report(outcome="failed", uploaded="before")).is_answered_by(answer)


@pytest.mark.parametrize(
    ("answer", "update"),
    [
        (report(key="a.md", mail=None), True),
        (report(key="a.md", mail={"state": "passed"}), False),
        (report(key="a.jpg", mail=None), False),
        (report(key="a.jpg", outcome="ignored"), True),
        (report(key="_a.md", outcome="ignored"), False),
        (report(key="a.md", outcome="refused"), False),
    ],
)
def test_an_expected_update_of_the_report_is_waited_for(answer: dict[str, Any], *, update: bool) -> None:
    """On the newsletter of a post, and on a picture that was uploaded with its post."""
    assert update == update_follows(answer, [Upload("a.md", "new", None), Upload("a.jpg", "new", None)])


def test_a_picture_alone_gets_no_update() -> None:
    """No post shows it yet, so its first report is final."""
    assert not update_follows(report(key="a.jpg", outcome="ignored"), [Upload("a.jpg", "new", None)])


def test_a_missing_report_is_explained(
    bucket: ContentBucket, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The upload is in the bucket, the exit code is 1, and the text says how to ask again."""
    (tmp_path / "a.md").write_text("Text.")
    dropcap = CommandLine(capsys)
    place = ("--bucket", "notes", "--to", "posts/", tmp_path / "a.md")
    late = dropcap("publish", "--timeout", "0.1", *place)
    assert (1, True) == (late.code, "No report arrived within 0.1 seconds." in late.output)
    assert "dropcap status posts/a.md" in late.output
    assert b"Text." == text(bucket, "posts/a.md")
    assert (0, "unanswered") == (
        (ran := dropcap("publish", "--json", "--timeout", "0", *place)).code,
        ran.account["files"][0]["outcome"],
    )
    assert "there is no report yet" in dropcap("status", "--bucket", "notes", "posts/a.md").output


def test_a_file_that_cannot_be_read_does_not_stop_a_publication(
    bucket: ContentBucket, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been deleted since the folder was listed: it has failed, and the others are uploaded."""
    site, whole = site_folder(tmp_path, *GOOD), Path.read_bytes

    def read(path: Path) -> bytes:
        path.with_name("naps.md").unlink(missing_ok=True)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    dropcap, place = CommandLine(capsys), ("--bucket", "notes", "--timeout", "0")
    ran = dropcap("publish", "--json", *place, site)
    outcomes = {Path(file["path"]).name: file["outcome"] for file in ran.account["files"]}
    assert (1, {"site.yaml": "unanswered", "walks.md": "unanswered", "naps.md": "failed"}) == (ran.code, outcomes)
    assert SOURCES["posts/walks.md"] == text(bucket, "posts/walks.md")
    (site / "posts/naps.md").touch()
    shown = dropcap("publish", *place, site)
    assert f"{site}/posts/naps.md: failed\n" in shown.output
    assert (1, True) == (shown.code, "posts/walks.md: Uploaded" in shown.output)


def test_a_refusal_by_aws_is_wrong_use(aws: None, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001  # there is no bucket in it
    """The error has the call and the code from AWS."""
    ran = CommandLine(capsys)("status", "--bucket", "no-such-bucket")
    assert (2, True) == (ran.code, "NoSuchBucket" in ran.error)


@pytest.mark.parametrize(("last", "code"), [(0, 2), (1, 1)])
def test_a_refusal_after_an_upload_is_no_wrong_use(
    bucket: ContentBucket,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    last: int,
    code: int,
) -> None:
    """Exit code 2 would say that nothing was changed."""
    upload, uploaded = ContentBucket.upload, list[str]()

    def refusing(self: ContentBucket, key: str, body: bytes) -> str:
        if len(uploaded) == last:
            raise UsageError("AWS does not let you.")
        uploaded.append(key)
        return upload(self, key, body)

    monkeypatch.setattr(ContentBucket, "upload", refusing)
    ran = CommandLine(capsys)("publish", "--bucket", bucket.name, site_folder(tmp_path, *GOOD))
    assert (code, "", "dropcap: AWS does not let you.\n") == (ran.code, ran.output, ran.error)


def test_removed_sources_are_found_in_the_versions(bucket: ContentBucket) -> None:
    """The newest version of each, below any number of deletions; an existing file is not listed."""
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
    assert bucket.restore(gone)
    assert b"new" == text(bucket, "posts/gone.md")
    assert [] == list(bucket.removed("", None))


def test_since_selects_by_the_time_of_removal(bucket: ContentBucket) -> None:
    """A file that was removed on purpose last year stays removed."""
    put(bucket, "posts/a.md")
    delete(bucket, "posts/a.md")
    now = datetime.now(UTC)
    assert [] == list(bucket.removed("", now + timedelta(hours=1)))
    assert ["posts/a.md"] == [file.key for file in bucket.removed("", now - timedelta(hours=1))]


def test_restore_never_overwrites(bucket: ContentBucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """It copies on the condition that the key is free, and reports a refusal."""
    put(bucket, "posts/a.md")
    delete(bucket, "posts/a.md")
    (gone,) = bucket.removed("", None)
    copied: dict[str, Any] = {}

    def refuse(**parameters: object) -> None:
        copied.update(parameters)
        raise ClientError({"Error": {"Code": "PreconditionFailed"}}, "CopyObject")

    monkeypatch.setattr(bucket.client, "copy_object", refuse)
    assert not bucket.restore(gone)
    assert "*" == copied["IfNoneMatch"]


@pytest.mark.parametrize(("reply", "restored"), [("y", True), ("", False)])
def test_restore_asks_on_a_terminal(
    bucket: ContentBucket,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    reply: str,
    *,
    restored: bool,
) -> None:
    """An empty reply means no."""
    put(bucket, "posts/a.md")
    delete(bucket, "posts/a.md")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: reply)
    assert 0 == CommandLine(capsys)("restore", "--bucket", "notes", "posts/a.md").code
    assert restored == bucket.has("posts/a.md")


@pytest.fixture
def served(bucket: ContentBucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a local cloud with the bucket, from which two posts were removed."""
    folder = site_folder(tmp_path, "site.yaml")
    for key in ("posts/a.md", "posts/b.md"):
        put(bucket, key)
        delete(bucket, key)
    stack = SimpleNamespace(bucket=bucket, folder=folder)
    monkeypatch.setattr("dropcap_cli.commands.restore.find_stack", lambda *_: stack)
    return folder


def test_a_file_that_cannot_be_written_to_the_served_folder_stays_removed(
    bucket: ContentBucket, served: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk; the others are restored, no part of it is left, and the command can be repeated."""
    dropcap, synchronise, calls = CommandLine(capsys), os.fsync, list[int]()

    def full_at_first(file: int) -> None:
        calls.append(file)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        synchronise(file)

    monkeypatch.setattr("os.fsync", full_at_first)
    ran = dropcap("restore", "--yes", "posts")
    assert (1, True) == (
        ran.code,
        ran.output.endswith(f"a.md was not restored: it cannot be written to {served}: No space left on device.\n"),
    )
    assert ["b.md"] == [path.name for path in (served / "posts").iterdir()]
    assert (False, True) == (bucket.has("posts/a.md"), bucket.has("posts/b.md"))
    again = dropcap("restore", "--yes", "--json", "posts")
    assert (0, [("posts/a.md", True, None)]) == (
        again.code,
        [(file["path"], file["restored"], file["reason"]) for file in again.account["files"]],
    )
    assert b"text" == (served / "posts/a.md").read_bytes() == text(bucket, "posts/a.md")


def test_a_file_that_dev_has_uploaded_meanwhile_is_restored(
    bucket: ContentBucket, served: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the folder, where it was written first; a newer file is reported, and not written over."""
    listed = list(bucket.removed("", None))
    monkeypatch.setattr(bucket, "removed", lambda *_: listed)
    put(bucket, "posts/b.md", b"newer")
    monkeypatch.setattr(bucket, "restore", lambda _: False)
    ran = CommandLine(capsys)("restore", "--yes", "posts")
    assert (1, True) == (
        ran.code,
        "Restored: 1 of 2.\n  posts/b.md was not restored: a newer file exists.\n" in ran.output,
    )
    assert ["a.md"] == [path.name for path in (served / "posts").iterdir()]


def test_a_report_that_s3_neither_admits_nor_denies_is_missing(bucket: ContentBucket) -> None:
    """S3 answers 403 for a missing object to whoever may list parts of the bucket only, as authors may."""

    def refused(**_: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "GetObject")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bucket.client, "get_object", refused)
        assert bucket.report("posts/new.md") is None
