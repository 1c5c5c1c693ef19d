"""The limits of Lambda and other services that the local cloud enforces: timeouts and sizes."""

import time
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.deployment import deploy
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.events.invocation import LambdaContext, TimedOut
from dropcap_local.events.payload_limits import AnswerTooLargeError
from support.toy_stack import JSON, send, toy_cloud

TIMEOUT = 30
"""Seconds that a function of the toy stack may take."""
MEGABYTE = 1024 * 1024
FUNCTION = """
  {name}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: support.toy_handlers.upload
      Runtime: python3.13
      CodeUri: functions/
      Environment: {{Variables: {{LONG: "{value}"}}}}
"""


def test_a_function_is_killed_at_its_timeout_and_its_batch_is_redelivered() -> None:
    """The clock is the local cloud's own: no second is really waited."""
    left: list[int] = []

    def handler(_event: JSON, context: LambdaContext) -> None:
        left.append(context.get_remaining_time_in_millis())
        if len(left) == 1:
            time.sleep(TIMEOUT - 1)
            left.append(context.get_remaining_time_in_millis())
            time.sleep(2)

    with toy_cloud(upload=handler) as cloud:
        send(cloud, "a")
        cloud.settle()
        ((function, error),) = cloud.event_loop.errors
    assert [TIMEOUT * 1000, 1000, TIMEOUT * 1000] == left
    assert ("upload", True) == (function, isinstance(error, TimedOut))


def test_a_timeout_passes_every_except_exception() -> None:
    """A careless handler cannot go on after it was killed."""
    went_on: list[str] = []

    def handler(_event: JSON, _context: LambdaContext) -> None:
        try:
            time.sleep(TIMEOUT)
        except Exception:  # noqa: BLE001  # what a careless handler does
            went_on.append("after the timeout")

    with toy_cloud(upload=handler) as cloud:
        send(cloud, "a")
        cloud.step()
        cloud.step()
    assert [] == went_on


def test_an_answer_over_six_megabytes_is_a_failed_invocation() -> None:
    """Lambda does not return it; one byte less is no failure of size."""
    with toy_cloud(upload=lambda *_: "x" * (6 * MEGABYTE)) as cloud:
        send(cloud, "a")
        cloud.settle()
        assert all(isinstance(error, AnswerTooLargeError) for _, error in cloud.event_loop.errors)
        assert cloud.event_loop.errors
    with toy_cloud(upload=lambda *_: "x" * (6 * MEGABYTE - 2)) as cloud:
        send(cloud, "a")
        cloud.settle()
        assert [] == cloud.event_loop.errors


def puts(size: int, count: int = 1) -> object:
    """Write COUNT items of SIZE bytes in one transaction."""
    items = [{"pk": {"S": "p"}, "sk": {"S": str(number)}, "text": {"S": "x" * size}} for number in range(count)]
    puts = [{"Put": {"TableName": "Table", "Item": item}} for item in items]
    return boto3.client("dynamodb").transact_write_items(TransactItems=puts)  # type: ignore[arg-type]  # built above


def sends(url: str, size: int) -> object:
    """Send ten messages of SIZE bytes in one batch."""
    entries = [{"Id": str(number), "MessageBody": "x" * size} for number in range(10)]
    return boto3.client("sqs").send_message_batch(QueueUrl=url, Entries=entries)  # type: ignore[arg-type]  # built above


def stores(metadata: str) -> object:
    """Write an object with METADATA."""
    return boto3.client("s3").put_object(Bucket="bucket", Key="k", Body=b"", Metadata={"cache-tag": metadata})


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda _: puts(410_000), "ValidationException"),
        (lambda _: puts(399_000, 11), "ValidationException"),
        (lambda url: sends(url, 104_858), "AWS.SimpleQueueService.BatchRequestTooLong"),
        (lambda _: stores("x" * 2040), "MetadataTooLarge"),
    ],
    ids=["an item over 400 KB", "a transaction over 4 MB", "a batch of messages over 1 MiB", "metadata over 2 KB"],
)
def test_a_call_that_is_too_large_is_refused_as_the_service_does(call: object, code: str) -> None:
    """With the code of its error, and nothing is done."""
    codes: list[str] = []

    def handler(_event: JSON, _context: LambdaContext) -> None:
        try:
            call(url)  # type: ignore[operator]  # a case
        except ClientError as error:
            codes.append(error.response["Error"]["Code"])

    with toy_cloud(upload=handler) as cloud:
        url = cloud.id("Uploads")
        cloud.client("s3").create_bucket(
            Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
        send(cloud, "a")
        cloud.settle()
    assert [code] == codes


def test_an_environment_over_four_kilobytes_cannot_be_deployed(tmp_path: Path) -> None:
    """Lambda refuses the function, so the local cloud does."""
    template = tmp_path / "template.yaml"
    head = "Transform: AWS::Serverless-2016-10-31\nResources:"
    template.write_text(head + FUNCTION.format(name="Wordy", value="x" * 4093))
    with (
        pytest.raises(TemplateError, match="Wordy have 4097 bytes"),
        LocalCloud(template, deployer=lambda path: deploy(path, {})),
    ):
        pass
