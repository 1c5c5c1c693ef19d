"""DynamoDB: passes the parameters to moto's handler in the form that its own parser produces."""

from collections.abc import Mapping
from typing import Any

from botocore import xform_name
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.responses import DynamoHandler

from dropcap_local.in_process_calls.call import InProcessCall, prepare
from dropcap_local.in_process_calls.dynamodb_plain_writes import write
from dropcap_local.in_process_calls.dynamodb_reads import READS, read

OPERATIONS = frozenset({
    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"
})  # fmt: skip


class InProcessDynamoHandler(DynamoHandler):
    """moto's handler, with a fixed backend instead of one that is looked up at each use."""

    dynamodb_backend: DynamoDBBackend = None  # type: ignore[assignment]  # set before the first use


def ask_table(call: InProcessCall) -> Mapping[str, Any]:
    """Return the answer, or raise what moto raises."""
    plain = read if call.operation in READS else write
    answered = plain(call.operation, call.backend, call.parameters)
    if answered is not None:
        return answered
    handler = InProcessDynamoHandler()
    prepare(handler, call)
    handler.dynamodb_backend = call.backend
    handler.body = handler.params  # as its `call_action` does
    answer: Mapping[str, Any] = getattr(handler, xform_name(call.operation))().result  # made anew by moto
    return answer
