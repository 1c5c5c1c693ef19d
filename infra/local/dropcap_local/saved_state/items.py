"""The items of moto's tables and the positions of their streams, as plain values and back.

Most items of a large site are not read before the process ends, so an item is parsed when somebody first reads it.
"""

import json
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from dropcap_local.in_process_calls.packed_items import attributes_of

SavedTable = tuple[list[tuple[str, str, str]], int | None]
"""The items: partition key, sort key (empty in a table without), and all attributes as DynamoDB JSON, in the order of
their keys. Then the next sequence number of the stream, if there is one. Keys are texts in every table of the template.
"""


def tables_of(backend: DynamoDBBackend) -> dict[str, SavedTable]:
    """Return the items of each table, by name; the records of its stream have been read."""
    return {
        name: (
            [_saved(item) for item in table.all_items()],
            table.stream_shard.starting_sequence_number if table.stream_shard else None,
        )
        for name, table in backend.tables.items()
    }


def put_items(backend: DynamoDBBackend, saved: dict[str, SavedTable]) -> None:
    """Put the SAVED items into the tables, which are empty; no stream gets a record."""
    for name, (items, number) in saved.items():
        table = backend.tables[name]
        places: Any = table.items
        for partition, sort, text in items:
            item = _UnparsedItem(partition, sort, text)
            if item.range_key is None:
                places[item.hash_key] = item
            else:
                places[item.hash_key][item.range_key] = item
        if table.stream_shard and number is not None:
            table.stream_shard.starting_sequence_number = number


def _saved(item: Item) -> tuple[str, str, str]:
    sort = item.range_key.value if item.range_key else ""
    text = vars(item).get("text") or json.dumps(attributes_of(item))
    return item.hash_key.value, sort, text


class _UnparsedItem(Item):
    """An item whose attributes are still JSON. Once they are parsed it is one of moto's own."""

    def __init__(self, partition: str, sort: str, text: str) -> None:
        self.hash_key = DynamoType({"S": partition})
        self.range_key = DynamoType({"S": sort}) if sort else None
        self.text = text

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # the attributes of an item
        """Return `attrs`, which is missing until somebody reads it."""
        if name != "attrs":
            raise AttributeError(name)
        vars(self)["attrs"] = parsed = Item(self.hash_key, self.range_key, json.loads(vars(self).pop("text"))).attrs
        self.__class__ = Item  # type: ignore[assignment]  # from now on it is one of moto's own
        return parsed
