"""`dropcap destroy` against moto's CloudFormation: what it shows, asks, empties and deletes."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from dropcap_cli.cli import main
from dropcap_cli.commands.destroy import REASONS
from dropcap_cli.remote.stack_resources import BUCKET, STAYS
from dropcap_cli.removal.deletion import deletable_stack, delete_stack
from dropcap_local.usage_error import UsageError
from support.template import resources, translated

TEMPLATE: dict[str, Any] = {
    "Resources": {
        "ContentBucket": {
            "Type": "AWS::S3::Bucket",
            "DeletionPolicy": "Retain",
            "Properties": {"BucketName": "content"},
        },
        "SiteBucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "site"}},
        "ArtifactBucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": "artifacts", "VersioningConfiguration": {"Status": "Enabled"}},
        },
        "UploadQueue": {"Type": "AWS::SQS::Queue"},
    }
}


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Provide a small stack with objects in its buckets, some of them with several versions."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        boto3.client("cloudformation").create_stack(StackName="staging", TemplateBody=json.dumps(TEMPLATE))
        s3 = boto3.client("s3")
        for bucket in ("content", "site", "artifacts"):
            for number in range(3):
                s3.put_object(Bucket=bucket, Key=f"key {number}", Body=b"1")
        s3.put_object(Bucket="artifacts", Key="key 1", Body=b"2")
        s3.delete_object(Bucket="artifacts", Key="key 2")
        yield


def buckets() -> set[str]:
    """Return the names of the buckets that exist."""
    return {bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]}


def answer_with(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    """Answer the questions on a terminal."""
    remaining = list(answers)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: remaining.pop(0))


@pytest.mark.usefixtures("stack")
def test_two_answers_delete_the_stack_and_leave_the_authors_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Versioned buckets are emptied too; the plan comes first, and the end says how to delete the rest."""
    answer_with(monkeypatch, "y", "staging")
    assert 0 == main(["destroy", "--stack", "staging"])
    assert {"content"} == buckets()
    assert 3 == boto3.client("s3").list_objects_v2(Bucket="content")["KeyCount"]
    assert [] == boto3.client("cloudformation").describe_stacks()["Stacks"]
    output = capsys.readouterr().out
    plan, _, end = output.partition("staging is deleted.")
    assert "SiteBucket (site) with 3 objects" in plan
    assert "ContentBucket (content): the authors' files" in plan
    assert "1 SQS::Queue" in plan
    assert "ContentBucket: empty it in the S3 console" in end


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("answers", [("n",), ("",), ("y", ""), ("y", "Staging")])
def test_any_other_answer_deletes_nothing(
    answers: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second question wants the stack's own name."""
    answer_with(monkeypatch, *answers)
    assert 0 == main(["destroy", "--stack", "staging"])
    assert {"content", "site", "artifacts"} == buckets()
    assert "Nothing was deleted." in capsys.readouterr().out


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("options", [[], ["--yes"], ["--yes", "--confirm", "other"], ["--dry-run"]])
def test_without_a_terminal_both_answers_are_options(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Less than both only shows the plan; both delete the stack."""
    assert 0 == main(["destroy", "--stack", "staging", *options])
    assert {"content", "site", "artifacts"} == buckets()
    capsys.readouterr()
    assert 0 == main(["destroy", "--stack", "staging", "--yes", "--confirm", "staging", "--json"])
    account = json.loads(capsys.readouterr().out)
    assert account["deleted"]
    assert {"ContentBucket"} == {entry["resource"] for entry in account["resources"] if entry["stays"]}
    assert {"content"} == buckets()


@pytest.mark.usefixtures("stack")
def test_a_stack_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, with the remedy."""
    assert 2 == main(["destroy", "--stack", "stagging"])
    assert "There is no stack stagging in this region." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"StackStatus": "CREATE_COMPLETE", "EnableTerminationProtection": True}, "--no-enable-termination-protection"),
        ({"StackStatus": "UPDATE_IN_PROGRESS"}, "Wait until it has finished"),
    ],
)
def test_a_stack_that_is_protected_or_being_changed_is_refused(state: dict[str, Any], reason: str) -> None:
    """Before anything is read or deleted."""
    client = boto3.client("cloudformation", region_name="eu-central-1")
    with Stubber(client) as stub:
        stack = {"StackName": "staging", "CreationTime": "2026-03-14", "StackId": "id", **state}
        stub.add_response("describe_stacks", {"Stacks": [stack]}, {"StackName": "staging"})
        with pytest.raises(UsageError, match=reason):
            deletable_stack(client, "staging")


def test_resources_that_cannot_be_deleted_are_named() -> None:
    """CloudFormation stops at DELETE_FAILED; the wait ends with the names of the resources."""
    client = boto3.client("cloudformation", region_name="eu-central-1")
    states = ("DELETE_IN_PROGRESS", "DELETE_FAILED")
    summary = {"LogicalResourceId": "SiteBucket", "ResourceType": BUCKET, "LastUpdatedTimestamp": "2026-03-14"}
    shown: list[str] = []
    with Stubber(client) as stub:
        stub.add_response("delete_stack", {}, {"StackName": "id"})
        for state, resource in zip(states, ("DELETE_COMPLETE", "DELETE_FAILED"), strict=True):
            stack = {"StackName": "staging", "CreationTime": "2026-03-14", "StackStatus": state}
            stub.add_response("describe_stacks", {"Stacks": [stack]}, {"StackName": "id"})
            summaries = [{**summary, "ResourceStatus": resource}]
            stub.add_response("list_stack_resources", {"StackResourceSummaries": summaries}, {"StackName": "id"})
        assert ["SiteBucket"] == delete_stack(client, "id", shown.append, lambda _: None)
    assert ["Deleting the stack: 1 resources deleted"] == shown


def test_the_reasons_are_those_of_the_template() -> None:
    """Every resource that the template keeps has a reason, and the two buckets that it does not keep are emptied."""
    kept = {name for name, resource in translated()["Resources"].items() if resource.get("DeletionPolicy") in STAYS}
    assert kept | {"MailIdentity"} == set(REASONS)
    assert {"SiteBucket", "ArtifactBucket"} == set(resources("S3::Bucket")) - kept
