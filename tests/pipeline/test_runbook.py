"""The pages of the runbook, acted out: the alarm fires, the page's commands are run, and the alarm is over."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from dropcap.contracts import Cause, ClearEdge, RemakeView, UploadSeen
from dropcap.newsletter_contracts import EntryAppeared, SendConfirmation
from dropcap.walk_contracts import WalkContent
from dropcap_cli.commands.rebuild import start
from dropcap_cli.commands.redrive import redrive
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from support.template import ROOT, nested, resources

ALARMS = resources("CloudWatch::Alarm", nested("observability"))
CAUSE = Cause("posts/naps.md", "e1", "2026-03-14T09:00:00Z")
IN_A_GROUP = {"MessageGroupId": "g", "MessageDeduplicationId": "d"}
NAPS = "---\ntitle: Naps\ndate: 2026-03-14\n---\nShort.\n"
LETTERS = {
    "UnreportedDeadLetters": UploadSeen("posts/naps.md", CAUSE).to_json(),
    "IndexDeadLetters": '{"DDBStreamBatchInfo": {"batchSize": 1}}',
    "BulkDeadLetters": WalkContent("", "", CAUSE).to_json(),
    "UnmadeDeadLetters": RemakeView("path /naps/", CAUSE).to_json(),
    "UnsentDeadLetters": EntryAppeared("posts/naps.md", CAUSE).to_json(),
    "DeliveryDeadLetters": SendConfirmation("0" * 64, CAUSE).to_json(),
    "FeedbackDeadLetters": "Successfully validated SNS topic for Amazon SES event publishing.",
    "EdgeDeadLetters": ClearEdge(("lists",), CAUSE).to_json(),
    "ReconcileDeadLetters": "{}",
}
"""A message of each dead-letter queue."""


@pytest.fixture
def stack(cloud: LocalCloud) -> RemoteStack:
    """Return the stack of `cloud` with one published post, as the command line sees it."""
    cloud.upload("posts/naps.md", NAPS)
    cloud.settle()
    return RemoteStack(boto3.session.Session("local", "local", region_name=REGION), None, cloud.stack.ids)


def page_of(alarm: str) -> str:
    """Return the text of the page that the description of ALARM links."""
    page = re.search(r"See (\S+\.md)\.$", ALARMS[alarm]["AlarmDescription"])
    assert page
    return (ROOT / page[1]).read_text(encoding="utf-8")


def commands(page: str) -> Iterator[str]:
    """Return the commands of PAGE in their order."""
    yield from re.findall(r"^\$ (.+)$", page, re.MULTILINE)


def fires(cloud: LocalCloud, name: str) -> bool:
    """Return whether the alarm NAME, which watches a queue, would be raised now."""
    alarm = ALARMS[name]
    queue = alarm["Dimensions"][0]["Value"]["Ref"]
    counts: Any = cloud.client("sqs").get_queue_attributes(QueueUrl=cloud.id(queue), AttributeNames=["All"])
    waiting = int(counts["Attributes"]["ApproximateNumberOfMessages"])
    if "ApproximateNumberOfMessagesVisible" == alarm["MetricName"]:
        return bool(waiting > alarm["Threshold"])
    assert "ApproximateAgeOfOldestMessage" == alarm["MetricName"]
    if not waiting:
        return False
    answer = cloud.client("sqs").receive_message(
        QueueUrl=cloud.id(queue), VisibilityTimeout=0, MessageSystemAttributeNames=["SentTimestamp"]
    )
    sent = int(answer["Messages"][0]["Attributes"]["SentTimestamp"]) / 1_000
    return bool(cloud.clock.now().timestamp() - sent > alarm["Threshold"])


def act(cloud: LocalCloud, stack: RemoteStack, command: str) -> None:
    """Do what COMMAND of a page does, on the local cloud."""
    if match := re.fullmatch(r"dropcap redrive --stack STACK (\w+)", command):
        assert 0 == redrive(stack, match[1], confirmed=True)
    elif command.startswith("dropcap rebuild"):
        start(stack, sources=True, now=datetime(2026, 3, 17, tzinfo=UTC))
    elif command.startswith("aws lambda invoke"):
        cloud.run_function("ReconcileFunction")


def test_dead_letters_end_by_the_commands_of_their_page(cloud: LocalCloud, stack: RemoteStack) -> None:
    """Each dead-letter queue has a message; after the commands each is handled, and no alarm is left."""
    sqs = cloud.client("sqs")
    for queue, body in LETTERS.items():
        fifo: dict[str, Any] = (
            {"MessageGroupId": "g", "MessageDeduplicationId": "d"} if "UnmadeDeadLetters" == queue else {}
        )
        sqs.send_message(QueueUrl=cloud.id(queue), MessageBody=body, **fifo)
        assert fires(cloud, f"{queue}Waiting")
        for command in commands(page_of(f"{queue}Waiting")):
            act(cloud, stack, command)
            if command.startswith("aws sqs purge-queue"):
                sqs.purge_queue(QueueUrl=cloud.id(queue))
        cloud.settle()
        assert not fires(cloud, f"{queue}Waiting"), queue
    assert {f"{queue}Waiting" for queue in LETTERS} == {name for name in ALARMS if "Letters" in name}
    assert 200 == cloud.page("/naps/").status


@pytest.mark.parametrize("name", ["UploadQueueOld", "ViewQueueOld"])
def test_waiting_work_raises_an_alarm_until_it_is_done(cloud: LocalCloud, name: str) -> None:
    """Nothing is handled for 16 minutes; as soon as functions run again, the alarm is over."""
    queue = ALARMS[name]["Dimensions"][0]["Value"]["Ref"]
    fifo: dict[str, Any] = IN_A_GROUP if "ViewQueue" == queue else {}
    body = LETTERS["UnmadeDeadLetters" if fifo else "UnreportedDeadLetters"]
    cloud.client("sqs").send_message(QueueUrl=cloud.id(queue), MessageBody=body, **fifo)
    assert not fires(cloud, name)
    cloud.clock.advance(16 * 60)
    assert fires(cloud, name)
    cloud.settle()
    assert not fires(cloud, name)
