"""The stream tells of what changed, once."""

from collections.abc import Iterator

import pytest
from moto.dynamodb.models import dynamodb_backends

from dropcap_local.clients import ACCOUNT, REGION, Clients
from dropcap_local.moto_patches.dynamodb_streams import one_stream_record_per_change
from support.bare_aws import bare_aws, make_table


@pytest.fixture
def clients() -> Iterator[Clients]:
    """Create a table whose stream behaves as on AWS."""
    with bare_aws() as aws, one_stream_record_per_change():
        make_table(aws, "catalog")
        yield aws


def _records() -> list[tuple[str, str, object, object]]:
    shard = dynamodb_backends[ACCOUNT][REGION].tables["catalog"].stream_shard
    assert shard is not None
    changes = [(record.record["eventName"], record.record["dynamodb"]) for record in shard.items]
    first = shard.starting_sequence_number
    return [
        (name, str(int(change["SequenceNumber"]) - first), change.get("OldImage"), change.get("NewImage"))
        for name, change in changes
    ]


ONE = {"pk": {"S": "a"}, "sk": {"S": "1"}, "n": {"N": "1"}}
TWO = {**ONE, "n": {"N": "2"}}


def test_a_write_that_changes_nothing_leaves_no_record(clients: Clients) -> None:
    """The same item put again is no change."""
    clients.client("dynamodb").put_item(TableName="catalog", Item=ONE)
    clients.client("dynamodb").put_item(TableName="catalog", Item=ONE)
    assert [("INSERT", "0", None, ONE)] == _records()


def test_an_update_that_makes_an_item_leaves_one_record(clients: Clients) -> None:
    """It shows the whole item, and the next one counts on from it."""
    key = {"pk": ONE["pk"], "sk": ONE["sk"]}
    for number in ("1", "2"):
        clients.client("dynamodb").update_item(
            TableName="catalog", Key=key, UpdateExpression="SET n = :n", ExpressionAttributeValues={":n": {"N": number}}
        )
    assert [("INSERT", "0", None, ONE), ("MODIFY", "1", ONE, TWO)] == _records()


def test_a_deletion_record_has_the_last_image(clients: Clients) -> None:
    """A deletion is a record, a deletion of nothing is none."""
    key = {"pk": ONE["pk"], "sk": ONE["sk"]}
    clients.client("dynamodb").put_item(TableName="catalog", Item=ONE)
    clients.client("dynamodb").delete_item(TableName="catalog", Key=key)
    clients.client("dynamodb").delete_item(TableName="catalog", Key=key)
    assert [("INSERT", "0", None, ONE), ("REMOVE", "1", ONE, None)] == _records()
