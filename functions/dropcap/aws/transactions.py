"""Transactions over single items of one or two tables: all applied, or none because a condition does not hold."""

import random
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dropcap.aws.conditional import expressions, image_of
from dropcap.aws.failures import code_of, service_errors
from dropcap.errors import ConflictError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ROUNDS = 8
"""Attempts while other transactions touch the same items, with pauses of up to 20 ms more each time."""
PAUSE = 0.02

FAILED, CONFLICT = "ConditionalCheckFailed", "TransactionConflict"
Key = tuple[str, str]
Action = dict[str, Any]


def update_action(table: str, key: Key, arguments: Mapping[str, Any]) -> Action:
    """Return the update of the item at KEY of TABLE with ARGUMENTS (see `expressions`)."""
    return {"Update": {"TableName": table, "Key": image_of(key), **arguments}}


def check_action(table: str, key: Key, arguments: Mapping[str, Any]) -> Action:
    """Return the condition on the item at KEY of TABLE with ARGUMENTS (see `expressions`)."""
    return {"ConditionCheck": {"TableName": table, "Key": image_of(key), **arguments}}


def delete_action(table: str, key: Key) -> Action:
    """Return the deletion of the item at KEY of TABLE, if there is one."""
    return {"Delete": {"TableName": table, "Key": image_of(key)}}


def put_new_action(table: str, image: Mapping[str, Any]) -> Action:
    """Return the action that writes a new item with IMAGE, in the form of the API, into TABLE."""
    return {"Put": {"TableName": table, "Item": dict(image), **expressions(where="attribute_not_exists(#pk)")}}


def transact(client: "DynamoDBClient", actions: Sequence[Action]) -> tuple[str, ...]:
    """Apply all ACTIONS or none; return () once applied, else the code of each action, in order.

    Raises ConflictError where other transactions keep touching the same items, ServiceError for any other failure.
    """
    codes: tuple[str, ...] = ()
    for attempt in range(ROUNDS):
        if attempt:
            time.sleep(random.random() * PAUSE * attempt)  # noqa: S311  # a pause, not a secret
        codes = _attempt(client, list(actions))
        if not codes or FAILED in codes:
            return codes
    raise ConflictError.refused("TransactWriteItems", ", ".join(sorted(set(codes))))


def _attempt(client: "DynamoDBClient", actions: list[Any]) -> tuple[str, ...]:
    with service_errors("TransactWriteItems"):
        try:
            client.transact_write_items(TransactItems=actions)
        except ClientError as error:
            codes = _codes(error)
            if not set(codes) & {FAILED, CONFLICT}:
                raise
            return codes
    return ()


def _codes(error: ClientError) -> tuple[str, ...]:
    """Return the code that the transaction gives for each of its actions; () where it was not cancelled."""
    if code_of(error) != "TransactionCanceledException":
        return ()
    response: Mapping[str, Any] = error.response
    return tuple(str(reason.get("Code", "None")) for reason in response.get("CancellationReasons", ()))
