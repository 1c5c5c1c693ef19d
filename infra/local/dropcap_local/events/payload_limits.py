"""Limits on the size of a payload that moto does not know, enforced on what handlers send and answer.

moto itself refuses a batch of SQS messages over 1 MiB and an item over 400 KB.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from dropcap_local.events.calls import Refused

TRANSACTION_BYTES: Final = 4 * 1024 * 1024
ITEM_BYTES: Final = 400 * 1024
METADATA_BYTES: Final = 2 * 1024
KEY_BYTES: Final = 1024
ANSWER_BYTES: Final = 6 * 1024 * 1024
ENVIRONMENT_BYTES: Final = 4 * 1024


class AnswerTooLargeError(Exception):
    """A handler's answer is larger than Lambda returns: the invocation fails."""


def check_call(service: str, operation: str, parameters: Mapping[str, Any]) -> None:
    """Raise Refused, as the service answers, for a call of a handler that is too large."""
    if service == "s3" and _metadata_bytes(parameters.get("Metadata", {})) > METADATA_BYTES:
        raise Refused("MetadataTooLarge")
    if service == "s3" and len(str(parameters.get("Key", "")).encode()) > KEY_BYTES:
        raise Refused("KeyTooLongError")
    if operation == "TransactWriteItems" and _transaction_bytes(parameters["TransactItems"]) > TRANSACTION_BYTES:
        raise Refused("ValidationException")


def check_answer(function: str, answer: object) -> None:
    """Raise AnswerTooLargeError if the ANSWER of FUNCTION, as JSON, has more than 6 MB."""
    size = len(json.dumps(answer, ensure_ascii=False).encode())
    if size > ANSWER_BYTES:
        message = (
            f"{function} answered with {size} bytes; Lambda returns {ANSWER_BYTES} at most. Return less, or a link."
        )
        raise AnswerTooLargeError(message)


def environment_bytes(environment: Mapping[str, str]) -> int:
    """Return the size of a function's variables, names and values together."""
    return sum(len(name.encode()) + len(value.encode()) for name, value in environment.items())


def _metadata_bytes(metadata: Mapping[str, str]) -> int:
    return sum(len(name.encode()) + len(value.encode()) for name, value in metadata.items())


def _transaction_bytes(actions: list[Mapping[str, Any]]) -> int:
    """Return the size of all items of ACTIONS, or a larger number where that is no more than the limit."""
    puts = [action["Put"]["Item"] for action in actions if "Put" in action]
    at_most = len(puts) * ITEM_BYTES
    return at_most if at_most <= TRANSACTION_BYTES else sum(map(_bytes, puts))


def _bytes(value: Any) -> int:  # noqa: ANN401  # DynamoDB JSON of any depth
    if isinstance(value, Mapping):
        return sum(len(name) + _bytes(inner) for name, inner in value.items())
    if isinstance(value, list):
        return sum(map(_bytes, value))
    return len(value) if isinstance(value, bytes) else len(str(value).encode())
