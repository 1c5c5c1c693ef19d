"""Translate botocore's errors into the project's own."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from dropcap.errors import ConflictError, ServiceError, without_addresses

P = ParamSpec("P")
Answer = TypeVar("Answer")

CONFLICTS = frozenset(
    {
        "ConditionalCheckFailedException",
        "TransactionCanceledException",
        "TransactionConflictException",
        "PreconditionFailed",
        "ConditionalRequestConflict",
        "412",
        "409",
    }
)
MISSING = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound", "KeyTooLongError"})
"""The last one: no object has a key that is longer than S3 allows, such as the journal of a source with a long one."""


def code_of(error: ClientError) -> str:
    """Return the service's code for ERROR."""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_missing(error: ClientError) -> bool:
    """Return whether ERROR means that the object does not exist; S3 says so only to a role with ListBucket."""
    return code_of(error) in MISSING


def was_repeated(error: ClientError) -> bool:
    """Return whether botocore had sent the request before: then an attempt whose answer was lost may have worked."""
    return error.response.get("ResponseMetadata", {}).get("RetryAttempts", 0) > 0


def unless_missing(call: Callable[P, Answer], *arguments: P.args, **request: P.kwargs) -> Answer | None:
    """Return what CALL, a method of the S3 client, answers to REQUEST; None if its object does not exist."""
    try:
        return call(*arguments, **request)
    except ClientError as error:
        if is_missing(error):
            return None
        raise


class service_errors:  # noqa: N801  # used like a function; a generator's overhead would be paid at every call of AWS
    """Turn an error of botocore inside the block into ConflictError or ServiceError, which name WHAT was tried."""

    __slots__ = ("_what",)

    def __init__(self, what: str) -> None:
        """Store WHAT is tried."""
        self._what = what

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        """Raise the project's own error in place of botocore's, whose message is logged with it."""
        if isinstance(error, (ClientError, BotoCoreError)):
            error.args = (without_addresses(str(error)),)
        if isinstance(error, ClientError):
            code = code_of(error)
            kind = ConflictError if code in CONFLICTS else ServiceError
            raise kind.refused(self._what, code) from error
        if isinstance(error, BotoCoreError):
            raise ServiceError.refused(self._what, type(error).__name__) from error
