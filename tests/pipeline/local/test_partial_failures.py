"""Batch calls that succeed for a part of their entries: what the services answer, and what Dropcap does about it."""

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dropcap.aws import queues
from dropcap.aws.queues import Queue
from dropcap.aws.table import ROUNDS, Table
from dropcap.contracts import Cause, UploadSeen
from dropcap.errors import ServiceError
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import PartlyDone, Phase
from dropcap_local.events.injected_errors import partial_failure
from support.toy_stack import JSON, Diary, send, toy_cloud

CHANCE = random.Random(1)  # noqa: S311  # reproducible, not secret
ITEMS = [{"pk": "p", "sk": f"{number:02}", "text": "x"} for number in range(40)]
KEYS = [("p", item["sk"]) for item in ITEMS]
MESSAGES = [UploadSeen(f"posts/{number}.md", Cause("", "", "")) for number in range(15)]


def failing(operation: str, times: int) -> Callable[[str, str, Mapping[str, Any], Phase], None]:
    """Return a callback that lets a part of OPERATION fail, so many TIMES."""
    left = [operation] * times

    def callback(_service: str, called: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        if phase == "before" and left and called == operation:
            left.pop()
            failure = partial_failure(operation, parameters, CHANCE)
            assert failure
            raise failure

    return callback


def run(work: Callable[[LocalCloud], object], operation: str, times: int) -> tuple[list[BaseException], list[JSON]]:
    """Do WORK in a handler while OPERATION partly fails; return the handler's errors and the table's items."""
    with toy_cloud(upload=lambda *_: work(cloud) and None) as cloud:
        cloud.on_call.append(failing(operation, times))
        send(cloud, "a")
        cloud.settle()
        items = cloud.client("dynamodb").scan(TableName="Table")["Items"]
        return [error for _, error in cloud.event_loop.errors], list(items)


def test_items_that_were_not_written_are_written_again() -> None:
    """`UnprocessedItems` of several rounds: every item is in the table at the end."""
    errors, items = run(lambda cloud: Table(cloud.client("dynamodb"), "Table").put_all(ITEMS), "BatchWriteItem", 5)
    assert [] == errors
    assert {item["sk"] for item in ITEMS} == {item["sk"]["S"] for item in items}


def test_keys_that_were_not_read_are_read_again() -> None:
    """`UnprocessedKeys` of several rounds: every item is returned."""
    returned: list[object] = []

    def work(cloud: LocalCloud) -> None:
        table = Table(cloud.client("dynamodb"), "Table")
        table.put_all(ITEMS)
        returned.append(table.get_all(KEYS))

    errors, _ = run(work, "BatchGetItem", 5)
    assert [] == errors
    assert [{("p", item["sk"]): item for item in ITEMS}] == returned


@pytest.mark.parametrize("operation", ["BatchWriteItem", "BatchGetItem"])
def test_a_service_that_never_processes_the_rest_is_an_error(operation: str) -> None:
    """After the last round the handler fails, so that its message is redelivered: nothing is skipped silently."""

    def work(cloud: LocalCloud) -> None:
        table = Table(cloud.client("dynamodb"), "Table")
        table.put_all(ITEMS[:1])
        table.get_all(KEYS[:1])

    errors, _ = run(work, operation, ROUNDS)
    assert [ServiceError] == [type(error) for error in errors]


@pytest.mark.parametrize(("times", "errors"), [(queues.ROUNDS - 1, []), (queues.ROUNDS, [ServiceError])])
def test_messages_that_were_not_sent_are_sent_again(times: int, errors: list[type[Exception]]) -> None:
    """`Failed` entries are sent again; after the last round the handler fails, and its redelivery sends all."""
    diary = Diary()
    sent = {message.to_json() for message in MESSAGES}

    def work(event: JSON, context: Any) -> None:  # noqa: ANN401  # Lambda's context
        if event["Records"][0]["body"] == "start":
            Queue(cloud.client("sqs"), cloud.id("Uploads")).send_all(MESSAGES)
        else:
            diary(event, context)

    with toy_cloud(upload=work) as cloud:
        cloud.on_call.append(failing("SendMessageBatch", times))
        send(cloud, "start")
        cloud.settle()
        assert errors == [type(error) for _, error in cloud.event_loop.errors]
    assert sent == {body for batch in diary.bodies for body in batch}


def test_a_message_that_sqs_can_never_take_is_an_error_at_once() -> None:
    """`SenderFault` says that the message itself is wrong: sending it again would change nothing."""
    failures = [PartlyDone(None, {"Failed": [{"Id": "0", "SenderFault": True, "Code": "InvalidMessageContents"}]})]

    def callback(_service: str, operation: str, _parameters: Mapping[str, Any], phase: Phase) -> None:
        if phase == "before" and failures and operation == "SendMessageBatch":
            raise failures.pop()

    def work(event: JSON, _context: Any) -> None:  # noqa: ANN401  # Lambda's context
        if event["Records"][0]["body"] == "start":
            Queue(cloud.client("sqs"), cloud.id("Uploads")).send_all(MESSAGES[:1])

    with toy_cloud(upload=work) as cloud:
        cloud.on_call.append(callback)
        send(cloud, "start")
        cloud.settle()
        assert ["SendMessageBatch: InvalidMessageContents"] == [str(error) for _, error in cloud.event_loop.errors]


def test_a_post_is_published_whatever_part_of_each_batch_fails() -> None:
    """On the real handlers: every third batch call does a part of its work, and the site is complete at rest."""
    with LocalCloud() as cloud:
        calls = [0]

        def callback(_service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
            failure = partial_failure(operation, parameters, CHANCE) if phase == "before" else None
            if failure:
                calls[0] += 1
                if calls[0] % 3 == 0:
                    raise failure

        cloud.on_call.append(callback)
        for number in range(3):
            cloud.upload(f"posts/{number}.md", f"---\ntags: [t]\n---\nSee [[{(number + 1) % 3}]].\n")
        cloud.settle()
        broken = set(cloud.site())
    with LocalCloud() as cloud:
        for number in range(3):
            cloud.upload(f"posts/{number}.md", f"---\ntags: [t]\n---\nSee [[{(number + 1) % 3}]].\n")
        cloud.settle()
        assert set(cloud.site()) == broken
    assert calls[0] > 9
