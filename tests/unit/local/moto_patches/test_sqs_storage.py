"""moto's SQS with lines for its queues, as boto3 sees it."""

import json
from collections.abc import Iterator

import pytest

from dropcap_local.clients import Clients
from dropcap_local.moto_patches.sqs_storage import indexed_queues
from support.bare_aws import bare_aws


@pytest.fixture
def aws() -> Iterator[Clients]:
    """Return clients of a moto whose queues have lines."""
    with bare_aws() as clients, indexed_queues():
        yield clients


def make_fifo(aws: Clients, name: str, **attributes: str) -> str:
    """Make a FIFO queue and give its URL."""
    queue_attributes = {"FifoQueue": "true", "VisibilityTimeout": "0", **attributes}
    return aws.client("sqs").create_queue(QueueName=name, Attributes=queue_attributes)["QueueUrl"]  # type: ignore[arg-type]  # literals


def send(aws: Clients, url: str, group: str, identifier: str, body: str = "x") -> None:
    """Send one message to a FIFO queue."""
    aws.client("sqs").send_message(
        QueueUrl=url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=identifier
    )


def test_a_repeated_message_is_swallowed_although_the_first_is_deleted(aws: Clients) -> None:
    """As in AWS, and unlike moto's own queues: the identifier counts for five minutes."""
    url = make_fifo(aws, "q.fifo")
    send(aws, url, "a", "1")
    (message,) = aws.client("sqs").receive_message(QueueUrl=url, VisibilityTimeout=30)["Messages"]
    aws.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    send(aws, url, "a", "1")
    assert "Messages" not in aws.client("sqs").receive_message(QueueUrl=url)


@pytest.mark.parametrize(("scope", "expected"), [("queue", 1), ("messageGroup", 2)])
def test_identifiers_count_in_the_queue_or_in_the_group(aws: Clients, scope: str, expected: int) -> None:
    """High throughput mode looks for repetitions within a message group only."""
    url = make_fifo(aws, "q.fifo", DeduplicationScope=scope)
    send(aws, url, "a", "1")
    send(aws, url, "b", "1")
    assert expected == len(aws.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"])


def test_counts_are_of_waiting_delayed_and_in_flight_messages(aws: Clients) -> None:
    """The queue's attributes are those of its line."""
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    for delay in (0, 0, 60):
        sqs.send_message(QueueUrl=url, MessageBody="x", DelaySeconds=delay)
    sqs.receive_message(QueueUrl=url)
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    expected = {
        "ApproximateNumberOfMessages": "1",
        "ApproximateNumberOfMessagesNotVisible": "1",
        "ApproximateNumberOfMessagesDelayed": "1",
    }
    assert expected.items() <= counts.items()


def test_a_message_received_too_often_goes_to_the_dead_letters(aws: Clients) -> None:
    """It keeps its group there, and tells where it comes from; what stood behind it moves up."""
    dead = make_fifo(aws, "dead.fifo")
    sqs = aws.client("sqs")
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 2})
    url = make_fifo(aws, "q.fifo", RedrivePolicy=policy)
    send(aws, url, "a", "1", "bad")
    send(aws, url, "a", "2", "good")
    received = [sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] for _ in range(3)]
    assert ["bad", "bad", "good"] == received
    (letter,) = sqs.receive_message(QueueUrl=dead, MessageSystemAttributeNames=["All"])["Messages"]
    assert ("bad", "a") == (letter["Body"], letter["Attributes"]["MessageGroupId"])


def test_a_purged_queue_is_empty(aws: Clients) -> None:
    """Emptying a queue works as it did in moto."""
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="x")
    sqs.purge_queue(QueueUrl=url)
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
