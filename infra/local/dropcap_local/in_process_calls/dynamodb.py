"""DynamoDB: moto's handler is given the parameters as its own parser would give them."""

from collections.abc import Mapping
from typing import Any

from botocore import xform_name
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.responses import DynamoHandler

from dropcap_local.in_process_calls.call import Asked, prepare

OPERATIONS = frozenset({
    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"
})  # fmt: skip


class Handler(DynamoHandler):
    """moto's handler, with the backend that it would look up each time it needs it."""

    dynamodb_backend: DynamoDBBackend = None  # type: ignore[assignment]  # found before anything is asked


def ask_table(asked: Asked) -> Mapping[str, Any]:
    """Give the answer, or raise what moto raises."""
    handler = Handler()
    prepare(handler, asked)
    handler.dynamodb_backend = asked.backend
    handler.body = handler.params  # as its `call_action` does
    answer: Mapping[str, Any] = getattr(handler, xform_name(asked.operation))().result  # made anew by moto
    return answer
