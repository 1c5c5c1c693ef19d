"""`dropcap rebuild` and `dropcap redrive`, against a local cloud in this process."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import boto3
import pytest

from dropcap.contracts import Cause, RemakeView, UploadSeen
from dropcap_cli.commands.rebuild import start, wait
from dropcap_cli.commands.redrive import list_all, redrive, redrive_json
from dropcap_cli.remote.queues import DESTINATIONS, OTHERS
from dropcap_cli.remote.rollout import rollout_of
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from support.readers import differences
from support.template import HANDLERS, function_of, redrive_of, resources, sources_of, the_name_in

NAPS = "---\ntitle: Naps\ndate: 2026-03-14\ntags: [rest]\n---\nShort.\n"
CAUSE = Cause("posts/naps.md", "e1", "2026-03-14T09:00:00Z")


@pytest.fixture
def stack(cloud: LocalCloud) -> RemoteStack:
    """Return the stack of `cloud` with one published post, as the command line sees it."""
    cloud.upload("posts/naps.md", NAPS)
    cloud.settle()
    return RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)


def test_a_rebuild_brings_back_lost_pages_and_sends_no_mail(cloud: LocalCloud, stack: RemoteStack) -> None:
    """A page, a list and a fragment that are gone are there again, with the same bytes."""
    site, mails = cloud.site(), len(cloud.mails())
    for key in ("naps/index.html", "index.html", "tags/rest/index.html"):
        cloud.client("s3").delete_object(Bucket=cloud.id("SiteBucket"), Key=key)
    start(stack, sources=True, now=datetime(2026, 3, 17, tzinfo=UTC))
    cloud.settle()
    assert [] == differences(site, cloud.site())
    assert mails == len(cloud.mails())
    assert [] == cloud.event_loop.errors


def test_a_rebuild_ends_when_its_queues_are_empty(cloud: LocalCloud, stack: RemoteStack) -> None:
    """It waits as long as messages are there, in work or delayed."""
    start(stack, sources=True, now=datetime(2026, 3, 17, tzinfo=UTC))
    looks: list[float] = []

    def pause(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            cloud.settle()

    wait(stack, pause)
    assert 5 == len(looks)


def test_the_progress_of_a_rebuild_is_counted(cloud: LocalCloud, stack: RemoteStack) -> None:
    """While the walk goes on; nothing is shown before and after it, nor to somebody who knows the bucket only."""
    assert rollout_of(stack) is None
    start(stack, sources=True, now=datetime(2026, 3, 17, tzinfo=UTC))
    progress = rollout_of(stack)
    assert progress is not None
    assert (2, True) == (progress.walks, progress.views > 0)
    assert "All pages are being built again" in progress.text()
    assert rollout_of(replace(stack, ids={"ContentBucket": stack.ids["ContentBucket"]})) is None
    cloud.settle()
    assert rollout_of(stack) is None


def test_dead_letters_are_listed_with_their_remedy(
    cloud: LocalCloud, stack: RemoteStack, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each queue that holds some, and nothing where none does."""
    assert 0 == list_all(stack)
    capsys.readouterr()
    cloud.client("sqs").send_message(QueueUrl=cloud.id("BulkDeadLetters"), MessageBody="{}")
    assert 1 == list_all(stack)
    assert "BulkDeadLetters: 1. Fix the cause, then type dropcap redrive BulkDeadLetters" in capsys.readouterr().out


def test_moved_dead_letters_are_handled(
    cloud: LocalCloud, stack: RemoteStack, capsys: pytest.CaptureFixture[str]
) -> None:
    """Shown first and left there without a yes; then moved, in their groups, and done."""
    cloud.client("s3").delete_object(Bucket=cloud.id("SiteBucket"), Key="naps/index.html")
    cloud.client("sqs").send_message(
        QueueUrl=cloud.id("UnmadeDeadLetters"),
        MessageBody=RemakeView("path /naps/", CAUSE).to_json(),
        MessageGroupId="g",
        MessageDeduplicationId="d",
    )
    assert 1 == redrive(stack, "UnmadeDeadLetters", confirmed=False)
    assert "RemakeView path /naps/" in capsys.readouterr().out
    cloud.settle()
    assert 404 == cloud.page("/naps/").status
    assert 0 == redrive(stack, "UnmadeDeadLetters", confirmed=True)
    cloud.settle()
    cloud.clock.advance(61)
    assert 200 == cloud.page("/naps/").status
    assert 0 == list_all(stack)


def test_dead_letters_are_json_for_programs(
    cloud: LocalCloud, stack: RemoteStack, capsys: pytest.CaptureFixture[str]
) -> None:
    """The counts of all queues; of one, its messages by kind, and whether they were moved."""
    body = UploadSeen("posts/naps.md", CAUSE).to_json()
    cloud.client("sqs").send_message(QueueUrl=cloud.id("UnreportedDeadLetters"), MessageBody=body)
    assert 1 == list_all(stack, as_json=True)
    assert {"queues": {"UnreportedDeadLetters": 1}} == json.loads(capsys.readouterr().out)
    assert 0 == redrive_json(stack, "UnreportedDeadLetters", confirmed=True)
    moved = json.loads(capsys.readouterr().out)
    assert ({"UploadSeen posts/naps.md": 1}, True) == (moved["messages"], moved["moved"])
    assert 0 == list_all(stack)


def test_many_dead_letters_are_moved_each_once(cloud: LocalCloud, stack: RemoteStack) -> None:
    """More than one call returns, in a queue without order."""
    for number in range(25):
        body = UploadSeen(f"posts/{number}.md", CAUSE).to_json()
        cloud.client("sqs").send_message(QueueUrl=cloud.id("UnreportedDeadLetters"), MessageBody=body)
    redrive(stack, "UnreportedDeadLetters", confirmed=True)
    assert 0 == list_all(stack)
    cloud.settle()
    assert [] == cloud.event_loop.errors


def test_every_dead_letter_queue_has_a_destination_or_a_remedy() -> None:
    """Those of the template that no function consumes; and each destination is a queue whose messages end there."""
    consumed = {
        the_name_in(mapping["EventSourceArn"]) for path in HANDLERS for mapping in sources_of(function_of(path))
    }
    letters = {name for name in resources("SQS::Queue") if name.endswith("DeadLetters")} - consumed
    assert letters == {*DESTINATIONS, *OTHERS}
    for queue, destination in DESTINATIONS.items():
        first = redrive_of(destination)
        assert first is not None
        after = redrive_of(first[0])
        assert queue in {first[0], after[0] if after else ""}, queue
