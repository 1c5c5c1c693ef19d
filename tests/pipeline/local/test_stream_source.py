"""The event loop and a table's stream, on the toy stack."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash
from support.toy_stack import RETRIES, WINDOW, Diary, raising, toy_cloud, waiting, write


def failing_at(sk: str, times: int) -> Callable[[dict[str, Any]], object]:
    """Return an answer that reports the record of the item SK as failed, so many TIMES."""
    left = [sk] * times

    def answer(event: dict[str, Any]) -> object:
        matches = [r["dynamodb"] for r in event["Records"] if r["dynamodb"]["Keys"]["sk"]["S"] == sk]
        named = [change["SequenceNumber"] for change in matches if left and left.pop()]
        return {"batchItemFailures": [{"itemIdentifier": name} for name in named]}

    return answer


def test_a_record_looks_as_lambda_writes_it() -> None:
    """A function finds in a record what AWS documents, and nothing that is not JSON."""
    diary = Diary()
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", "s", text="new")
        cloud.settle()
        stream = cloud.stack.sources[1].arn
    (record,) = diary.events[0]["Records"]
    assert ("INSERT", "aws:dynamodb", stream) == (record["eventName"], record["eventSource"], record["eventSourceARN"])
    assert {"pk": {"S": "p"}, "sk": {"S": "s"}} == record["dynamodb"]["Keys"]
    assert {"pk": {"S": "p"}, "sk": {"S": "s"}, "text": {"S": "new"}} == record["dynamodb"]["NewImage"]
    assert "OldImage" not in record["dynamodb"]
    assert record["eventID"]
    assert record["dynamodb"]["SequenceNumber"].isdecimal()
    assert isinstance(record["dynamodb"]["ApproximateCreationDateTime"], float | int)


def test_changes_come_with_both_images_and_in_order() -> None:
    """An item's records keep their order: made, changed, removed."""
    diary = Diary()
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", "s", text="one")
        write(cloud, "p", "s", text="two")
        cloud.client("dynamodb").delete_item(TableName="Table", Key={"pk": {"S": "p"}, "sk": {"S": "s"}})
        cloud.settle()
    records = diary.events[0]["Records"]
    assert ["INSERT", "MODIFY", "REMOVE"] == [record["eventName"] for record in records]
    texts = [
        [record["dynamodb"].get(image, {}).get("text", {}).get("S") for image in ("OldImage", "NewImage")]
        for record in records
    ]
    assert [[None, "one"], ["one", "two"], ["two", None]] == texts


def test_a_write_that_changes_nothing_leaves_no_record() -> None:
    """As in DynamoDB, and unlike moto's own stream."""
    diary = Diary()
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", "s", "s", "s")
        cloud.settle()
    assert [["s"]] == diary.keys


def test_items_of_one_transaction_are_seen_apart() -> None:
    """Records are dealt to shards by partition key, and each shard has its own invocations."""
    diary = Diary()
    partitions = [f"p{number}" for number in range(12)]
    with toy_cloud(change=diary) as cloud:
        puts: Any = [{"Put": {"TableName": "Table", "Item": {"pk": {"S": pk}, "sk": {"S": pk}}}} for pk in partitions]
        cloud.client("dynamodb").transact_write_items(TransactItems=puts)
        cloud.settle()
    assert sorted(partitions) == sorted(key for batch in diary.keys for key in batch)
    assert len(diary.keys) > 1


def test_records_are_gathered_for_the_window() -> None:
    """A batch that is not full waits until its window closes; ten of eleven records do not."""
    diary = Diary()
    with toy_cloud(change=diary) as cloud:
        start = cloud.clock.now()
        write(cloud, "p", *"abcdefghijk")
        cloud.step()
        assert [list("abcdefghij")] == diary.keys
        cloud.settle()
        assert WINDOW == (cloud.clock.now() - start).total_seconds()
    assert ["k"] == diary.keys[-1]


def test_a_shard_goes_on_at_the_first_failed_record() -> None:
    """The records before the failed one are done; it and those after it are delivered again."""
    diary = Diary(failing_at("b", times=1))
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", *"abc")
        cloud.settle()
    assert [["a", "b", "c"], ["b", "c"]] == diary.keys


@pytest.mark.parametrize("error", [RuntimeError("no"), Crash()])
def test_an_exception_brings_back_the_whole_batch(error: BaseException) -> None:
    """And the shard waits for it."""
    diary = Diary(raising(error, times=1))
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", *"ab")
        cloud.settle()
    assert [["a", "b"], ["a", "b"]] == diary.keys


def test_other_shards_do_not_wait_for_one_that_fails() -> None:
    """A record that cannot be handled holds up its own shard only."""
    diary = Diary(failing_at("bad", times=RETRIES))
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p0", "bad")
        for number in range(1, 9):
            write(cloud, f"p{number}", "good")
        cloud.settle(within=None)
    goods = [number for number, batch in enumerate(diary.keys) if "good" in batch and "bad" not in batch]
    last_of_bad = max(number for number, batch in enumerate(diary.keys) if "bad" in batch)
    assert min(goods) < last_of_bad


def test_a_record_beyond_its_retries_goes_to_the_failure_destination() -> None:
    """The destination learns where the records are; the shard moves on."""
    diary = Diary(failing_at("bad", times=100))
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", "bad")
        cloud.settle()
        write(cloud, "p", "next")
        cloud.settle()
        (letter,) = waiting(cloud, "Dead")
    assert [*[["bad"]] * (RETRIES + 1), ["next"]] == diary.keys
    notice = json.loads(letter["Body"])
    assert "RetryAttemptsExhausted" == notice["requestContext"]["condition"]
    assert (1, cloud.stack.sources[1].arn) == (
        notice["DDBStreamBatchInfo"]["batchSize"],
        notice["DDBStreamBatchInfo"]["streamArn"],
    )


def test_a_cancelled_transaction_leaves_no_record_and_no_deaf_ear() -> None:
    """The event loop goes on reading after moto has rolled a transaction back."""
    diary = Diary()
    with toy_cloud(change=diary) as cloud:
        write(cloud, "p", "a")
        cloud.settle()
        cancel_a_transaction(cloud)
        write(cloud, "p", "b")
        cloud.settle()
    assert [["a"], ["b"]] == diary.keys


def cancel_a_transaction(cloud: LocalCloud) -> None:
    """Try to write one item more, under a condition that does not hold for another."""
    put = {"TableName": "Table", "Item": {"pk": {"S": "p"}, "sk": {"S": "never"}}}
    taken = {"TableName": "Table", "Item": {"pk": {"S": "p"}, "sk": {"S": "a"}}}
    operations: Any = [{"Put": put}, {"Put": {**taken, "ConditionExpression": "attribute_not_exists(pk)"}}]
    client = cloud.client("dynamodb")
    with pytest.raises(client.exceptions.TransactionCanceledException):
        client.transact_write_items(TransactItems=operations)
