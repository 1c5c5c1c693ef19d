"""What the services say when they are fault_seed, call by call."""

import random
from collections.abc import Mapping
from typing import Any

from dropcap_local.events.calls import Refused

THROTTLES = {
    "s3": ("SlowDown", 503),
    "dynamodb": ("ThrottlingException", 400),
    "sqs": ("ThrottlingException", 400),
    "sesv2": ("TooManyRequestsException", 429),
    "scheduler": ("ThrottlingException", 429),
    "cloudfront": ("Throttling", 400),
}


def refusal(service: str, operation: str, parameters: Mapping[str, Any], chance: random.Random) -> Refused:
    """Return a refusal that a caller of OPERATION has to expect: a conflict where there may be one, or a throttle."""
    if chance.random() < 0.5:  # noqa: PLR2004  # a coin
        if operation == "TransactWriteItems":
            return _transaction_conflict(parameters)
        if service == "dynamodb" and operation in {"PutItem", "UpdateItem", "DeleteItem"}:
            return Refused("TransactionConflictException")
        if service == "s3" and {"IfMatch", "IfNoneMatch"} & parameters.keys() and operation != "GetObject":
            return Refused("ConditionalRequestConflict", 409)
    return Refused(*THROTTLES.get(service, ("ThrottlingException", 400)))


def _transaction_conflict(parameters: Mapping[str, Any]) -> Refused:
    """Say that somebody else was writing the first item of the transaction."""
    reasons = [{"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}]
    reasons += [{"Code": "None"} for _ in parameters["TransactItems"][1:]]
    return Refused("TransactionCanceledException", CancellationReasons=reasons)
