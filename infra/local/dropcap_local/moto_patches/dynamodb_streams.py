"""DynamoDB's stream as AWS writes it: one record for each item that a write changed.

Reason: moto writes a record for a write that changes nothing, and two for an update that creates an item. It also
imports its Lambda, ECR, IAM and Logs to look for functions of its own, of which there are none: 35 modules more.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import StreamRecord, StreamShard

from dropcap_local.in_process_calls.packed_items import is_changed

_moto_update_item = DynamoDBBackend.update_item


@contextmanager
def one_stream_record_per_change() -> Iterator[None]:
    """Write exactly one record per change to the streams of moto's tables, until the block ends."""
    backend = patch.object(DynamoDBBackend, "update_item", _update_item)
    with patch.object(StreamShard, "add", _add), backend:
        yield


def _add(shard: StreamShard, old: Item | None, new: Item | None) -> None:
    if old is not None and new is not None and not is_changed(old, new):
        return
    kind = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
    view = shard.table.stream_specification["StreamViewType"]  # type: ignore[index]  # a table with a stream has one
    number = len(shard.items) + shard.starting_sequence_number
    shard.items.append(StreamRecord(shard.table, view, kind, old, new, number))


def _update_item(backend: DynamoDBBackend, table_name: str, key: dict[str, Any], *args: Any, **options: Any) -> Item:  # noqa: ANN401 - moto's own arguments, passed on
    table = backend.get_table(table_name)
    shard = table.stream_shard
    if shard is None or backend.get_item(table_name, key) is not None:
        return _moto_update_item(backend, table_name, key, *args, **options)
    length = len(shard.items)
    item = _moto_update_item(backend, table_name, key, *args, **options)
    if records := shard.items[length:]:
        # The last one has the whole item; the one before it only its key.
        shard.items[length:] = records[-1:]
        records[-1].record["dynamodb"]["SequenceNumber"] = str(shard.starting_sequence_number + length)
    return item
