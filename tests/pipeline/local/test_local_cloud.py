"""The local cloud as tests, `dropcap build` and `dropcap dev` use it."""

import base64
import os
from datetime import UTC, datetime

import boto3
import pytest

from dropcap_local.cloud import START, LocalCloud
from dropcap_local.events.assembly import queue_of
from dropcap_local.moto_patches.sqs_storage import messages_of
from support.toy_stack import Diary, send, toy_cloud

NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)


def test_a_cloud_puts_back_what_it_changes() -> None:
    """Time, environment and boto3's session are the process's own again."""
    before = dict(os.environ), boto3.DEFAULT_SESSION
    with toy_cloud() as cloud:
        assert datetime.now(UTC) == cloud.clock.now()
        assert dict(os.environ) != before[0]
    assert before == (dict(os.environ), boto3.DEFAULT_SESSION)
    assert START.date() != datetime.now(UTC).date()


def test_nothing_of_one_cloud_is_in_the_next() -> None:
    """Several come one after another in a process."""
    for _ in range(2):
        diary = Diary()
        with toy_cloud(upload=diary) as cloud:
            assert [] == list(messages_of(queue_of(cloud.stack.sources[0].arn)))
            send(cloud, "a")
            cloud.settle()
            send(cloud, "left behind")
        assert [["a"]] == diary.bodies


def test_the_real_stack_is_deployed_at_the_time_given(cloud: LocalCloud) -> None:
    """Resources have the template's names; a source that is no document leads to no page and breaks nothing."""
    assert cloud.id("UploadQueue").endswith("UploadQueue")
    cloud.upload("notes.txt", "Not for publication.")
    cloud.settle()
    assert 404 == cloud.page("/notes/").status
    assert cloud.report("unknown.md") is None


def test_the_clock_starts_at_the_configured_time() -> None:
    """And stands still until the event loop has to wait."""
    with LocalCloud(now=NOON) as cloud:
        assert NOON == cloud.clock.now() == datetime.now(UTC)


def test_closing_twice_does_no_harm() -> None:
    """A test may close a cloud before its block ends, to open another."""
    with toy_cloud() as cloud:
        cloud.close()
        assert "local" != os.environ.get("AWS_ACCESS_KEY_ID")


def test_a_request_is_answered_by_the_function_of_its_route() -> None:
    """With path, form and answer passed on; a page under a route comes from the API too."""
    diary = Diary(lambda event: {"statusCode": 201, "body": event["rawPath"]})
    with toy_cloud(web=diary) as cloud:
        answer = cloud.request("POST", "/api", form={"email": "ada@example.org"})
        assert (201, "/api") == (answer.status, answer.text)
        assert 201 == cloud.page("/api?s=1").status
    sent, looked = diary.events
    assert b"email=ada%40example.org" == base64.b64decode(sent["body"])
    assert {"s": "1"} == looked["queryStringParameters"]


def test_what_the_api_answers_itself() -> None:
    """A request without a route, and one whose function fails; the exception is kept for tests."""

    def fails(*_: object) -> None:
        raise RuntimeError("no")

    with toy_cloud(web=fails) as cloud:
        assert 404 == cloud.request("GET", "/elsewhere").status
        assert 500 == cloud.request("GET", "/api").status
        assert ["no"] == [str(error) for _, error in cloud.event_loop.errors]


@pytest.mark.parametrize("body", ["text", b"bytes"])
def test_the_author_uploads_and_removes(cloud: LocalCloud, body: str | bytes) -> None:
    """A source is an object under `content/`, and S3 tells the upload queue of both."""
    cloud.upload("posts/a.md", body)
    cloud.delete("posts/a.md")
    queue = queue_of(next(q.arn for q in cloud.stack.queues.values() if q.logical_id == "UploadQueue"))
    events = [
        message.body.split('"eventName": "')[1].split('"')[0]
        for message in messages_of(queue)
        if "Records" in message.body
    ]
    assert ["ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated"] == events
