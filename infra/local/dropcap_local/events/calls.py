"""The AWS calls that handlers make: counted, shown to whoever wants to look, and the place where things go wrong."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError

_DOOR = "_make_api_call"
"""The method through which all calls of all clients pass."""

Phase = Literal["before", "after"]
OnCall = Callable[[str, str, Mapping[str, Any], Phase], None]


class Crash(BaseException):
    """The function dies here. No `except Exception` catches it, as none catches a killed sandbox."""


class CallbackError(BaseException):
    """A callback has something against what it saw: ERROR, which is for whoever runs the event loop."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class Refused(Exception):  # noqa: N818  # it is what the service says, and reaches the handler as a ClientError
    """Raised by a callback before a call: the service answers with the error CODE instead of doing it."""

    def __init__(self, code: str, status: int = 400, **answer: object) -> None:
        """Take further members of the error's answer as keywords, such as `CancellationReasons`."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.answer = answer


class Calls:
    """Watches botocore while it is in place. Only what happens within `by_handler` counts."""

    def __init__(self) -> None:
        """Count nothing yet, and let nobody look."""
        self.counts: Counter[tuple[str, str]] = Counter()
        self.on_call: list[OnCall] = []
        self._handlers = 0
        self._real: Callable[..., Any] = vars(BaseClient)[_DOOR]

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Stand at botocore's door, in front of whoever stands there already."""
        self._real = vars(BaseClient)[_DOOR]

        def door(client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> object:
            return self._make(client, operation, parameters)

        with patch.object(BaseClient, _DOOR, door):
            yield

    @contextmanager
    def by_handler(self) -> Iterator[None]:
        """Take the calls in this block for calls of a handler."""
        self._handlers += 1
        try:
            yield
        finally:
            self._handlers -= 1

    @contextmanager
    def by_nobody(self) -> Iterator[None]:
        """Look away, so that a callback may make calls of its own."""
        handlers, self._handlers = self._handlers, 0
        try:
            yield
        finally:
            self._handlers = handlers

    def _make(self, client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> Any:  # noqa: ANN401  # botocore's
        if not self._handlers:
            return self._real(client, operation, parameters)
        service = client.meta.service_model.service_name
        self.counts[service, operation] += 1
        try:
            self._show(service, operation, parameters, "before")
        except Refused as refusal:
            raise _client_error(client, operation, refusal) from None
        answer = self._real(client, operation, parameters)
        self._show(service, operation, parameters, "after")
        return answer

    def _show(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        if not self.on_call:
            return
        with self.by_nobody():
            for look in tuple(self.on_call):
                try:
                    look(service, operation, parameters, phase)
                except Refused:
                    raise
                except Exception as error:  # an assertion, for one: the handler must not swallow it
                    raise CallbackError(error) from error


def _client_error(client: BaseClient, operation: str, refusal: Refused) -> ClientError:
    """Make the error that CLIENT would have raised, of the class that its `exceptions` names."""
    kind: Any = client.exceptions.from_code(refusal.code)
    answer: Any = {
        "Error": {"Code": refusal.code, "Message": "refused by the local cloud"},
        "ResponseMetadata": {"HTTPStatusCode": refusal.status, "HTTPHeaders": {}, "RetryAttempts": 0},
        **refusal.answer,
    }
    error: ClientError = kind(answer, operation)
    return error
