"""The errors and partial failures that a service may answer with, call by call."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from dropcap_local.events.calls import PartlyDone, Refused

THROTTLES = {
    "s3": ("SlowDown", 503),
    "dynamodb": ("ThrottlingException", 400),
    "sqs": ("ThrottlingException", 400),
    "sesv2": ("TooManyRequestsException", 429),
    "scheduler": ("ThrottlingException", 429),
    "cloudfront": ("Throttling", 400),
}
SERVER_ERRORS = {
    "s3": ("InternalError", 500),
    "dynamodb": ("InternalServerError", 500),
    "sqs": ("InternalFailure", 500),
    "sesv2": ("InternalServiceErrorException", 500),
    "scheduler": ("InternalServerException", 500),
    "cloudfront": ("ServiceUnavailable", 503),
}
"""Errors of the service itself, from its list of common errors."""


def refusal(service: str, operation: str, parameters: Mapping[str, Any], chance: random.Random) -> Refused:
    """Return an error that a caller of OPERATION must expect: a conflict if possible, a throttle, or a 500."""
    if chance.random() < 0.5 and (collision := conflict(service, operation, parameters)):  # noqa: PLR2004  # a coin
        return collision
    kinds = chance.choice([THROTTLES, THROTTLES, SERVER_ERRORS])
    return Refused(*kinds.get(service, ("ThrottlingException", 400)))


def partial_failure(operation: str, parameters: Mapping[str, Any], chance: random.Random) -> PartlyDone | None:
    """Return a partial failure of a batch call, with at least one entry left undone; None for any other call."""
    if operation == "SendMessageBatch":
        done, left = _split(parameters["Entries"], chance)
        failed = [{"Id": entry["Id"], "SenderFault": False, "Code": "InternalError"} for entry in left]
        return PartlyDone({**parameters, "Entries": done} if done else None, {"Failed": failed})
    if operation == "BatchWriteItem":
        ((table, writes),) = parameters["RequestItems"].items()
        done, left = _split(writes, chance)
        request = {**parameters, "RequestItems": {table: done}} if done else None
        return PartlyDone(request, {"UnprocessedItems": {table: left}})
    if operation == "BatchGetItem":
        ((table, wanted),) = parameters["RequestItems"].items()
        done, left = _split(wanted["Keys"], chance)
        request = {**parameters, "RequestItems": {table: {**wanted, "Keys": done}}} if done else None
        unprocessed = {"UnprocessedKeys": {table: {**wanted, "Keys": left}}}
        return PartlyDone(request, unprocessed if done else {"Responses": {}, **unprocessed})
    if operation == "DeleteObjects":
        done, left = _split(parameters["Delete"]["Objects"], chance)
        request = {**parameters, "Delete": {**parameters["Delete"], "Objects": done}} if done else None
        return PartlyDone(request, {"Errors": [{"Key": entry["Key"], "Code": "InternalError"} for entry in left]})
    return None


def _split(entries: Sequence[Any], chance: random.Random) -> tuple[list[Any], list[Any]]:
    """Return the entries that are done, and those that are not: at least one."""
    left = set(chance.sample(range(len(entries)), chance.randint(1, len(entries))))
    return [e for i, e in enumerate(entries) if i not in left], [e for i, e in enumerate(entries) if i in left]


def conflict(service: str, operation: str, parameters: Mapping[str, Any]) -> Refused | None:
    """Return the error where somebody else is writing the same; None for a call that knows no conflicts."""
    if operation == "TransactWriteItems":
        return _transaction_conflict(parameters)
    if service == "dynamodb" and operation in {"PutItem", "UpdateItem", "DeleteItem"}:
        return Refused("TransactionConflictException")
    if service == "s3" and {"IfMatch", "IfNoneMatch"} & parameters.keys() and operation != "GetObject":
        return Refused("ConditionalRequestConflict", 409)
    return None


def _transaction_conflict(parameters: Mapping[str, Any]) -> Refused:
    """Return the error for a transaction whose first item another one is writing."""
    reasons = [{"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}]
    reasons += [{"Code": "None"} for _ in parameters["TransactItems"][1:]]
    return Refused("TransactionCanceledException", CancellationReasons=reasons)
