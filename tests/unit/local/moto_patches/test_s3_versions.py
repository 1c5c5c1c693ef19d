"""Versioned buckets say what S3 says."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from botocore.exceptions import ClientError

from dropcap_local.clients import REGION, Clients
from dropcap_local.moto_patches.s3_versions import s3_versions_as_aws
from support.bare_aws import bare_aws


@pytest.fixture
def clients() -> Iterator[Clients]:
    """Create a versioned bucket that notifies a queue of all events, while the clock stands still."""
    with bare_aws() as aws, s3_versions_as_aws(), time_machine.travel("2026-03-16T09:00:00Z", tick=False):
        queue = aws.client("sqs").create_queue(QueueName="uploads")["QueueUrl"]
        s3 = aws.client("s3")
        s3.create_bucket(Bucket="content", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_bucket_versioning(Bucket="content", VersioningConfiguration={"Status": "Enabled"})
        notification: Any = {
            "QueueArn": f"arn:aws:sqs:{REGION}:123456789012:{queue.rpartition('/')[2]}",
            "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
        }
        s3.put_bucket_notification_configuration(
            Bucket="content", NotificationConfiguration={"QueueConfigurations": [notification]}
        )
        yield aws


def _records(clients: Clients) -> list[dict[str, Any]]:
    """Return the records of all events, in order, without the test event that comes first."""
    sqs = clients.client("sqs")
    queue = sqs.get_queue_url(QueueName="uploads")["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    return [record for message in messages for record in json.loads(message["Body"]).get("Records", [])]


def test_a_deletion_event_has_the_delete_marker(clients: Clients) -> None:
    """The author removes a file: the event names the marker, and has neither ETag nor size."""
    clients.client("s3").put_object(Bucket="content", Key="content/a b.md", Body=b"one")
    marker = clients.client("s3").delete_object(Bucket="content", Key="content/a b.md")["VersionId"]
    created, removed = _records(clients)
    assert "ObjectRemoved:DeleteMarkerCreated" == removed["eventName"]
    assert "content%2Fa+b.md" == removed["s3"]["object"]["key"]
    assert marker == removed["s3"]["object"]["versionId"]
    assert {"key", "versionId", "sequencer"} == removed["s3"]["object"].keys()
    assert created["s3"]["object"]["sequencer"] < removed["s3"]["object"]["sequencer"]


def test_the_deletion_of_a_version_sends_an_event(clients: Clients) -> None:
    """Every version that goes is an event, whether others stay or not."""
    s3 = clients.client("s3")
    versions = [s3.put_object(Bucket="content", Key="a", Body=body)["VersionId"] for body in (b"one", b"two")]
    for version in versions:
        s3.delete_object(Bucket="content", Key="a", VersionId=version)
    assert ["ObjectCreated:Put", "ObjectCreated:Put", "ObjectRemoved:Delete", "ObjectRemoved:Delete"] == [
        record["eventName"] for record in _records(clients)
    ]


def test_versions_are_listed_newest_first_even_within_one_moment(clients: Clients) -> None:
    """If all versions have the same time, the order of their uploads decides."""
    s3 = clients.client("s3")
    versions = [s3.put_object(Bucket="content", Key="posts/a.md", Body=bytes([n]))["VersionId"] for n in range(3)]
    s3.put_object(Bucket="content", Key="posts/b.md", Body=b"another")
    listed = s3.list_object_versions(Bucket="content", Prefix="posts/a.md")["Versions"]
    assert versions[::-1] == [version["VersionId"] for version in listed]
    assert [True, False, False] == [version["IsLatest"] for version in listed]


def test_a_long_list_of_versions_goes_on_where_it_stopped(clients: Clients) -> None:
    """Markers of key and version lead through all pages."""
    s3 = clients.client("s3")
    for key in ("a", "b"):
        for number in range(3):
            s3.put_object(Bucket="content", Key=key, Body=bytes([number]))
    pages = s3.get_paginator("list_object_versions").paginate(Bucket="content", PaginationConfig={"PageSize": 2})
    assert ["a", "a", "a", "b", "b", "b"] == [version["Key"] for page in pages for version in page["Versions"]]


def test_conditional_writes_and_deletions_say_what_was_wrong(clients: Clients) -> None:
    """412 for another ETag and for something that is there already, 404 for something that is not."""
    s3 = clients.client("s3")
    etag = s3.put_object(Bucket="content", Key="a", Body=b"one", IfNoneMatch="*")["ETag"]
    s3.put_object(Bucket="content", Key="a", Body=b"two", IfMatch=etag)

    def refusal(key: str, **condition: str) -> object:
        with pytest.raises(ClientError) as caught:
            s3.put_object(Bucket="content", Key=key, Body=b"three", **condition)  # type: ignore[arg-type]  # one of two
        return caught.value.response["ResponseMetadata"]["HTTPStatusCode"]

    assert 412 == refusal("a", IfNoneMatch="*")
    assert 412 == refusal("a", IfMatch=etag)
    assert 404 == refusal("b", IfMatch=etag)
    with pytest.raises(s3.exceptions.ClientError, match="PreconditionFailed"):
        s3.delete_object(Bucket="content", Key="a", IfMatch=etag)
    assert b"two" == s3.get_object(Bucket="content", Key="a")["Body"].read()


def test_a_control_character_in_one_key_does_not_spoil_the_list(clients: Clients) -> None:
    """Asked to, as by botocore, S3 encodes the keys; XML cannot have the character itself."""
    s3 = clients.client("s3")
    keys = ["content/a\x1b[31m\n.md", "content/a b+c%20ä.md"]
    for key in keys:
        s3.put_object(Bucket="content", Key=key, Body=b"x")
    s3.delete_object(Bucket="content", Key=keys[0])
    pages = [*s3.get_paginator("list_object_versions").paginate(Bucket="content", PaginationConfig={"PageSize": 1})]
    assert keys == [version["Key"] for page in pages for version in page.get("Versions", ())]
    assert keys[:1] == [marker["Key"] for page in pages for marker in page.get("DeleteMarkers", ())]
