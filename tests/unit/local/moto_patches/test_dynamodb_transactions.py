"""A transaction in the local cloud does what moto's own does, whatever it is made of."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto.dynamodb.models import dynamodb_backends

from dropcap_local.clients import ACCOUNT, REGION, Clients
from dropcap_local.moto_patches.dynamodb_transactions import cheap_transactions
from support.bare_aws import bare_aws, make_table

TABLES = ("catalog", "newsletter")

keys = st.builds(lambda pk, sk: {"pk": {"S": pk}, "sk": {"S": sk}}, st.sampled_from("ab"), st.sampled_from("12"))
numbers = st.integers(0, 2).map(lambda number: {"N": str(number)})
conditions = st.sampled_from(
    [
        {},
        {"ConditionExpression": "attribute_exists(pk)"},
        {"ConditionExpression": "attribute_not_exists(pk)"},
        {"ConditionExpression": "n = :one", "ExpressionAttributeValues": {":one": {"N": "1"}}},
    ]
)
shown = st.sampled_from([{}, {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}])
names = st.sampled_from(TABLES).map(lambda name: {"TableName": name})


def _put(name: dict[str, Any], key: dict[str, Any], number: dict[str, Any], *options: dict[str, Any]) -> dict[str, Any]:
    return {"Put": {**name, "Item": {**key, "n": number}, **options[0], **options[1]}}


def _delete(name: dict[str, Any], key: dict[str, Any], *options: dict[str, Any]) -> dict[str, Any]:
    return {"Delete": {**name, "Key": key, **options[0], **options[1]}}


def _check(name: dict[str, Any], key: dict[str, Any], condition: dict[str, Any]) -> dict[str, Any]:
    return {"ConditionCheck": {**name, "Key": key, "ConditionExpression": "attribute_exists(pk)", **condition}}


def _update(name: dict[str, Any], key: dict[str, Any], expression: str, condition: dict[str, Any]) -> dict[str, Any]:
    values = {**condition.get("ExpressionAttributeValues", {}), ":new": {"N": "2"}, ":list": {"L": [{"S": "x"}]}}
    used = {name: value for name, value in values.items() if name in expression + str(condition)}
    return {
        "Update": {**name, "Key": key, "UpdateExpression": expression, **condition, "ExpressionAttributeValues": used}
    }


# The last one fails while it is carried out: `missing` is not there to be added to.
expressions = st.sampled_from(["SET n = :new", "SET tags = :list, n = :new", "ADD n :new", "SET n = missing + :new"])
operations = st.one_of(
    st.builds(_put, names, keys, numbers, conditions, shown),
    st.builds(_delete, names, keys, conditions, shown),
    st.builds(_check, names, keys, conditions),
    st.builds(_update, names, keys, expressions, conditions),
)


def _item(operation: dict[str, Any]) -> str:
    ((_, request),) = operation.items()
    key = request.get("Key", request.get("Item"))
    return f"{request['TableName']} {key['pk']} {key['sk']}"


# Two operations on one item are refused at first sight, so most transactions have none.
transactions = st.one_of(
    st.lists(operations, min_size=2, max_size=6, unique_by=_item),
    st.lists(operations, min_size=1, max_size=6, unique_by=_item),
    st.lists(operations, min_size=2, max_size=4),
)


def _outcome(clients: Clients, transaction: list[dict[str, Any]]) -> object:
    try:
        clients.client("dynamodb").transact_write_items(TransactItems=transaction)  # type: ignore[arg-type]  # built at random
    except ClientError as error:
        answer: Any = error.response
        return answer["Error"], answer.get("CancellationReasons")
    return "done"


def _state(name: str) -> object:
    """Return a table's items, and what its stream has told of them."""
    table = dynamodb_backends[ACCOUNT][REGION].tables[name]
    records = [record.to_json() for record in table.stream_shard.items] if table.stream_shard else []
    changes = [
        (record["eventName"], *map(record["dynamodb"].get, ("SequenceNumber", "Keys", "OldImage", "NewImage")))
        for record in records
    ]
    return [item.to_json() for item in table.all_items()], changes


def _history(way: AbstractContextManager[None], history: list[list[dict[str, Any]]]) -> list[object]:
    """Return what became of each transaction of a history, and of the tables."""
    with bare_aws() as clients, way:
        for name in TABLES:
            make_table(clients, name)
            for sk in "12":
                item = {"pk": {"S": "a"}, "sk": {"S": sk}, "n": {"N": "1"}}
                clients.client("dynamodb").put_item(TableName=name, Item=item)
        return [(_outcome(clients, transaction), [_state(name) for name in TABLES]) for transaction in history]


@given(st.lists(transactions, min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_transaction_ends_as_in_moto(history: list[list[dict[str, Any]]]) -> None:
    """Answers, reasons, items and stream records are moto's own, after every transaction of a random history."""
    assert _history(nullcontext(), history) == _history(cheap_transactions(), history)


def test_a_cancelled_transaction_leaves_the_table_in_its_place() -> None:
    """The table and its stream are the same objects as before, so a reader of the stream misses nothing."""
    with bare_aws() as clients, cheap_transactions():
        make_table(clients, "catalog")
        table = dynamodb_backends[ACCOUNT][REGION].tables["catalog"]
        shard = table.stream_shard
        item = {"pk": {"S": "a"}, "sk": {"S": "1"}}
        refused = {
            "Delete": {
                "TableName": "catalog",
                "Key": {**item, "sk": {"S": "2"}},
                "ConditionExpression": "attribute_exists(pk)",
            }
        }
        outcome = _outcome(clients, [{"Put": {"TableName": "catalog", "Item": item}}, refused])
        assert outcome != "done"
        assert dynamodb_backends[ACCOUNT][REGION].tables["catalog"] is table
        assert table.stream_shard is shard
        assert [] == table.all_items()
