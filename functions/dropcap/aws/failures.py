"""Translate botocore's errors into the project's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from dropcap.errors import ConflictError, ServiceError

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
MISSING = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound"})


def code_of(error: ClientError) -> str:
    """Return the service's code for ERROR."""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_missing(error: ClientError) -> bool:
    """Return whether ERROR means that the object is not there; a role without ListBucket never gets to hear it."""
    return code_of(error) in MISSING


@contextmanager
def service_errors(what: str) -> Iterator[None]:
    """Turn what botocore raises inside into ConflictError or ServiceError, saying WHAT was tried."""
    try:
        yield
    except ClientError as error:
        code = code_of(error)
        kind = ConflictError if code in CONFLICTS else ServiceError
        raise kind.refused(what, code) from error
    except BotoCoreError as error:
        raise ServiceError.refused(what, type(error).__name__) from error
