"""Plain reads of DynamoDB, straight from moto's tables: by key, and by the partition key and one bound of the sort key.

moto parses each request's expressions with a parser of its own, although four expressions make up nearly all queries.
Everything that is not plain (indexes, filters, projections, answers of more than one page by size) is left to moto.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from dropcap_local.in_process_calls.packed_items import attributes_of
from dropcap_local.moto_patches.dynamodb_queries import Partition

Answer = Mapping[str, Any]

PAGE_BYTES: Final = 900_000
"""Answers larger than this are left to moto, which cuts pages at 1 MB."""
MOST_KEYS: Final = 100
_CONDITION: Final = re.compile(
    r"(?P<hash>\w+) = (?P<name>:\w+)"
    r"(?: AND (?:(?P<range>\w+) (?P<sign>[<>]=?) (?P<bound>:\w+)|begins_with\((?P<prefixed>\w+), (?P<prefix>:\w+)\)))?"
)
_QUERY: Final = frozenset({
    "TableName", "ConsistentRead", "KeyConditionExpression", "ExpressionAttributeValues", "ScanIndexForward", "Limit",
    "ExclusiveStartKey",
})  # fmt: skip


def read(operation: str, backend: DynamoDBBackend, parameters: Mapping[str, Any]) -> Answer | None:
    """Return the answer of OPERATION, or None for a call that is not plain."""
    reader = _READERS.get(operation)
    return reader(backend, parameters) if reader else None


def _get_item(backend: DynamoDBBackend, parameters: Mapping[str, Any]) -> Answer | None:
    table = backend.tables.get(parameters["TableName"])
    if table is None or not parameters.keys() <= {"TableName", "Key", "ConsistentRead"}:
        return None
    place = _place(table, parameters["Key"])
    if place is None:
        return None
    item = _item(table, place)
    return {"Item": attributes_of(item)} if item else {}


def _batch_get_item(backend: DynamoDBBackend, parameters: Mapping[str, Any]) -> Answer | None:
    if parameters.keys() != {"RequestItems"} or len(parameters["RequestItems"]) != 1:
        return None
    ((name, request),) = parameters["RequestItems"].items()
    table = backend.tables.get(name)
    if table is None or not request.keys() <= {"Keys", "ConsistentRead"} or len(request["Keys"]) > MOST_KEYS:
        return None
    places = [_place(table, key) for key in request["Keys"]]
    if len(set(places)) != len(places):
        return None
    items = [item for place in places if place and (item := _item(table, place))]
    if None in places or sum(item.size() for item in items) > PAGE_BYTES:
        return None
    return {
        "ConsumedCapacity": [{"CapacityUnits": len(places), "TableName": name}],
        "Responses": {name: [attributes_of(item) for item in items]},
        "UnprocessedKeys": {},
    }


def _query(backend: DynamoDBBackend, parameters: Mapping[str, Any]) -> Answer | None:
    table = backend.tables.get(parameters["TableName"])
    match = _CONDITION.fullmatch(parameters.get("KeyConditionExpression", ""))
    if table is None or match is None or not parameters.keys() <= _QUERY:
        return None
    names = [name for name in (match["name"], match["bound"], match["prefix"]) if name]
    values = parameters["ExpressionAttributeValues"]
    if (
        match["hash"] != table.hash_key_attr
        or (match["range"] or match["prefixed"] or table.range_key_attr) != table.range_key_attr
        or values.keys() != set(names)
        or any(value.keys() != {"S"} or not value["S"] for value in values.values())
    ):
        return None
    partition = table.items.get(DynamoType(values[match["name"]]))
    if not isinstance(partition, Partition):
        return None if partition else {"Count": 0, "ScannedCount": 0, "Items": []}
    sign = match["sign"] or ("BEGINS_WITH" if match["prefix"] else None)
    bounds = partition.bounds(sign, [values[name]["S"] for name in names[1:]])
    if bounds is None:
        return None
    return _page(table, partition, bounds, parameters)


def _page(table: Table, partition: Partition, bounds: tuple[int, int], parameters: Mapping[str, Any]) -> Answer | None:
    """Return the items of PARTITION within BOUNDS, as many as the limit says, and the key after which more may follow.

    Like moto, and unlike AWS at the end of a partition, there is no such key if nothing follows the last item.
    """
    forward = parameters.get("ScanIndexForward", True)
    if start := parameters.get("ExclusiveStartKey"):
        bounds = partition.after(bounds, start[table.range_key_attr]["S"], forward=forward)
    low, high = bounds
    number = max(0, min(high - low, parameters.get("Limit", len(partition))))
    part = (low, low + number) if forward else (high - number, high)
    items = partition.items_between(part)
    if not forward:
        items.reverse()
    if sum(item.size() for item in items) > PAGE_BYTES:
        return None
    answer = {"Count": len(items), "ScannedCount": len(items), "Items": [attributes_of(item) for item in items]}
    follows = part[1] < len(partition) if forward else part[0] > 0
    if number == parameters.get("Limit") and follows:
        last = attributes_of(items[-1])
        answer["LastEvaluatedKey"] = {name: last[name] for name in table.table_key_attrs}
    return answer


def _place(table: Table, key: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return partition and sort key in KEY, or None unless both are texts that are not empty, and nothing else."""
    if key.keys() != set(table.table_key_attrs) or any(
        value.keys() != {"S"} or not value["S"] for value in key.values()
    ):
        return None
    range_name = table.range_key_attr
    return (key[table.hash_key_attr]["S"], key[range_name]["S"]) if range_name else None


def _item(table: Table, place: tuple[str, str]) -> Item | None:
    partition: Any = table.items.get(DynamoType({"S": place[0]}))
    item: Item | None = partition.get(DynamoType({"S": place[1]})) if partition else None
    return item


_READERS: Final[Mapping[str, Callable[[DynamoDBBackend, Mapping[str, Any]], Answer | None]]] = {
    "GetItem": _get_item,
    "BatchGetItem": _batch_get_item,
    "Query": _query,
}
READS: Final = frozenset(_READERS)
"""Operations that only read."""
