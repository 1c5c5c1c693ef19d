"""A batch of messages: each is handled by itself, and only those that failed go back to their queue."""

from collections.abc import Mapping
from typing import Any

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from dropcap.message_batch import TRIES, each_message, is_given_up

LOGGER = Logger(service="test")
CONTEXT = LambdaContext()


def record(name: str, group: str | None = None, **attributes: str) -> Mapping[str, Any]:
    """Return the record of a message NAME, in GROUP if there is one."""
    groups = {"MessageGroupId": group} if group else {}
    known = {"messageId": f"id-{name}", "eventSource": "aws:sqs"}
    return {**known, "body": name, "attributes": {**attributes, **groups}}


def failed(*records: Mapping[str, Any], in_groups: bool = False) -> tuple[list[str], list[str]]:
    """Handle RECORDS, of which those named `bad` fail; return the names that were tried and the ids that failed."""
    tried: list[str] = []

    def handle(message: SQSRecord) -> None:
        tried.append(message.body)
        if message.body.startswith("bad"):
            raise ValueError(message.body)

    answer = each_message({"Records": list(records)}, CONTEXT, LOGGER, handle, in_groups=in_groups)
    return tried, [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_only_failed_messages_go_back() -> None:
    """All others are done, those after a failure too."""
    assert (["a", "bad", "c"], ["id-bad"]) == failed(record("a"), record("bad"), record("c"))


def test_all_messages_may_fail() -> None:
    """Then all go back; the invocation itself does not fail."""
    assert (["bad-1", "bad-2"], ["id-bad-1", "id-bad-2"]) == failed(record("bad-1"), record("bad-2"))


def test_a_group_waits_for_its_first_failure() -> None:
    """Its later messages are not tried, and go back in their order; other groups go on."""
    records = (record("bad", "x"), record("b", "y"), record("c", "x"), record("d", "y"), record("bad-e", "x"))
    assert (["bad", "b", "d"], ["id-bad", "id-c", "id-bad-e"]) == failed(*records, in_groups=True)


def test_each_failure_is_logged_with_its_own_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys of the message before are gone."""
    logger = Logger(service="keys")

    def handle(message: SQSRecord) -> None:
        logger.append_keys(**{message.body: 1})
        raise ValueError

    each_message({"Records": [record("first"), record("second")]}, CONTEXT, logger, handle)
    first, second = capsys.readouterr().out.splitlines()
    assert '"message_id":"id-first"' in first
    assert '"message_id":"id-second"' in second
    assert '"first":1' in first
    assert '"first":1' not in second


def test_a_message_is_given_up_after_its_tries() -> None:
    """A message without a count, as from a test event, is new."""
    assert [False, True] == [
        is_given_up(SQSRecord(dict(record("a", ApproximateReceiveCount=str(count))))) for count in (TRIES, TRIES + 1)
    ]
    assert not is_given_up(SQSRecord({"messageId": "a", "body": ""}))
