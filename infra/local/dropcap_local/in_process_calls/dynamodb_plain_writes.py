"""Plain writes of DynamoDB, straight into moto's tables: puts, batches of puts, and transactions of puts and deletions.

moto parses and checks each condition several times, and makes an object for each value. A write is plain if it
needs none of moto's checks: texts as keys, no index, common types of values, and a condition that holds and is one of
the few forms that nearly all have. All others are moto's, so that every refusal is its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from dropcap_local.in_process_calls.dynamodb_conditions import CONDITION, holds
from dropcap_local.in_process_calls.dynamodb_items import SAFE
from dropcap_local.in_process_calls.packed_items import NotPlainError, PackedItem

Answer = Mapping[str, Any]
Parameters = Mapping[str, Any]

PARTITION_KEY_BYTES: Final = 2048
SORT_KEY_BYTES: Final = 1024
MOST_ACTIONS: Final = 100
MOST_PUTS: Final = 25


def write(operation: str, backend: DynamoDBBackend, parameters: Parameters) -> Answer | None:
    """Do what OPERATION asks and return its answer, or do nothing and return None for a call that is not plain."""
    writer = _WRITERS.get(operation)
    try:
        return writer(backend, parameters) if writer else None
    except NotPlainError:
        return None


@dataclass(frozen=True, slots=True)
class _Write:
    """The change of the item BEFORE at PLACE of TABLE to the item AFTER; None for none."""

    table: Table
    place: tuple[DynamoType, DynamoType]
    before: Item | None
    after: Item | None

    def apply(self) -> None:
        """Write it, and its record in the table's stream."""
        if self.before is self.after:
            return
        partition, sort = self.place
        if self.after is None:
            self.table.items[partition].pop(sort)
        else:
            self.table.items[partition][sort] = self.after
        if self.table.stream_shard is not None:
            self.table.stream_shard.add(self.before, self.after)


def _put_item(backend: DynamoDBBackend, parameters: Parameters) -> Answer:
    _written([_put(backend, parameters)])
    return {}


def _transact_write_items(backend: DynamoDBBackend, parameters: Parameters) -> Answer:
    actions = parameters["TransactItems"]
    if parameters.keys() != {"TransactItems"} or len(actions) > MOST_ACTIONS:
        raise NotPlainError
    _written([_action(backend, action) for action in actions])
    return {"ConsumedCapacity": [], "ItemCollectionMetrics": {}}


def _batch_write_item(backend: DynamoDBBackend, parameters: Parameters) -> Answer:
    if parameters.keys() != {"RequestItems"} or len(parameters["RequestItems"]) != 1:
        raise NotPlainError
    ((name, requests),) = parameters["RequestItems"].items()
    if len(requests) > MOST_PUTS or any(request.keys() != {"PutRequest"} for request in requests):
        raise NotPlainError
    _written([_put(backend, {"TableName": name, **request["PutRequest"]}) for request in requests])
    capacity = {"TableName": name, "CapacityUnits": 1.0, "Table": {"CapacityUnits": 1.0}}
    return {"ConsumedCapacity": [capacity], "ItemCollectionMetrics": {}, "UnprocessedItems": {}}


def _written(writes: Sequence[_Write]) -> None:
    """Apply WRITES, unless two of them concern the same item."""
    if len({(id(write.table), write.place) for write in writes}) != len(writes):
        raise NotPlainError
    for write in writes:
        write.apply()


def _action(backend: DynamoDBBackend, action: Parameters) -> _Write:
    ((kind, parameters),) = action.items()
    if kind == "Put":
        return _put(backend, parameters)
    if kind not in {"Delete", "ConditionCheck"}:
        raise NotPlainError
    table, place, before = _look(backend, parameters, {"TableName", "Key"}, parameters["Key"])
    if parameters["Key"].keys() != set(table.table_key_attrs):
        raise NotPlainError
    return _Write(table, place, before, None if kind == "Delete" else before)


def _put(backend: DynamoDBBackend, parameters: Parameters) -> _Write:
    table, place, before = _look(backend, parameters, {"TableName", "Item"}, parameters["Item"])
    item = PackedItem(place, parameters["Item"])
    if item.weight > SAFE:
        raise NotPlainError
    return _Write(table, place, before, item)


def _look(
    backend: DynamoDBBackend, parameters: Parameters, allowed: Iterable[str], key: Parameters
) -> tuple[Table, tuple[DynamoType, DynamoType], Item | None]:
    """Return the table, the place of KEY, and the item there; raise NotPlainError unless the condition holds."""
    table = backend.tables.get(parameters["TableName"])
    if table is None or table.range_key_attr is None or table.global_indexes or table.indexes:
        raise NotPlainError
    if not parameters.keys() <= {*allowed, *CONDITION}:
        raise NotPlainError
    partition = _key(key.get(table.hash_key_attr), PARTITION_KEY_BYTES)
    sort = _key(key.get(table.range_key_attr), SORT_KEY_BYTES)
    items: Any = table.items.get(partition)
    before = items.get(sort) if items else None
    if not holds(parameters, before):
        raise NotPlainError
    return table, (partition, sort), before


def _key(value: Mapping[str, Any] | None, most: int) -> DynamoType:
    if not value or value.keys() != {"S"} or not 0 < len(value["S"].encode()) <= most:
        raise NotPlainError
    return DynamoType(value)  # type: ignore[arg-type]  # any mapping will do


_WRITERS: Final[Mapping[str, Callable[[DynamoDBBackend, Parameters], Answer]]] = {
    "PutItem": _put_item,
    "TransactWriteItems": _transact_write_items,
    "BatchWriteItem": _batch_write_item,
}
