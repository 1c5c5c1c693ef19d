"""The AWS calls of handlers: counted, shown to callbacks, and the place where faults are injected."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.exceptions import ClientError

_METHOD = "_make_api_call"
"""The method of botocore through which every call of every client passes."""

Phase = Literal["before", "after"]
OnCall = Callable[[str, str, Mapping[str, Any], Phase], None]


class Crash(BaseException):
    """The function crashes here. No `except Exception` catches it, as none catches a killed sandbox."""


class CallbackError(BaseException):
    """A callback raised ERROR, an assertion for example. It passes through the handler to the caller of the loop."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class Refused(Exception):  # noqa: N818  # the answer of a service, which the handler gets as a ClientError
    """Raised by a callback: the service answers with the error CODE, and has done nothing before the call.

    Raised after the call, it is an error of a service that has done its work all the same.
    """

    def __init__(self, code: str, status: int = 400, **answer: object) -> None:
        """Store further members of the error's answer as keywords, such as `CancellationReasons`."""
        super().__init__(code)
        self.code = code
        self.status = status
        self.answer = answer


class PartlyDone(Exception):  # noqa: N818  # the answer of a service: the call succeeds, but not for every entry
    """Raised by a callback before a batch call: the service does a part of it and lists the rest in its answer."""

    def __init__(self, parameters: Mapping[str, Any] | None, unprocessed: Mapping[str, Any]) -> None:
        """Call with PARAMETERS (None: not at all), and add the UNPROCESSED members to the answer."""
        super().__init__(", ".join(unprocessed))
        self.parameters = parameters
        self.unprocessed = unprocessed


class Calls:
    """Observes botocore while it is patched. Only calls within `by_handler` count."""

    def __init__(self, check: Callable[[str, str, Mapping[str, Any]], None] | None = None) -> None:
        """Start without counts and callbacks. CHECK may refuse a call before any callback sees it."""
        self._check = check
        self.counts: Counter[tuple[str, str]] = Counter()
        self.on_call: list[OnCall] = []
        self._handlers = 0
        self._real: Callable[..., Any] = vars(BaseClient)[_METHOD]

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Patch botocore until the block ends, on top of patches that are there already."""
        self._real = vars(BaseClient)[_METHOD]

        def observed(client: BaseClient, operation: str, parameters: Mapping[str, Any]) -> object:
            return self._make(client, operation, parameters)

        with patch.object(BaseClient, _METHOD, observed):
            yield

    @contextmanager
    def by_handler(self) -> Iterator[None]:
        """Count the calls in this block as calls of a handler."""
        self._handlers += 1
        try:
            yield
        finally:
            self._handlers -= 1

    @contextmanager
    def by_nobody(self) -> Iterator[None]:
        """Ignore the calls in this block: they are a callback's own."""
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
        unprocessed: Mapping[str, Any] = {}
        do: Mapping[str, Any] | None = parameters
        try:
            if self._check:
                self._check(service, operation, parameters)
            self._show(service, operation, parameters, "before")
        except Refused as refusal:
            raise _client_error(client, operation, refusal) from None
        except PartlyDone as partly:
            do, unprocessed = partly.parameters, partly.unprocessed
        answer = {} if do is None else self._real(client, operation, do)
        try:
            self._show(service, operation, parameters, "after")
        except Refused as refusal:
            raise _client_error(client, operation, refusal) from None
        return {**answer, **unprocessed} if unprocessed else answer

    def _show(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        """Run the callbacks. One may refuse the call or let the function crash; its other errors end the event loop."""
        if not self.on_call:
            return
        with self.by_nobody():
            for callback in tuple(self.on_call):
                try:
                    callback(service, operation, parameters, phase)
                except (Refused, PartlyDone):
                    raise
                except Exception as error:  # such as an assertion: the handler must not swallow it
                    raise CallbackError(error) from error


def _client_error(client: BaseClient, operation: str, refusal: Refused) -> ClientError:
    """Return the error that CLIENT would have raised, of the class that its `exceptions` names."""
    kind: Any = client.exceptions.from_code(refusal.code)
    answer: Any = {
        "Error": {"Code": refusal.code, "Message": "refused by the local cloud"},
        "ResponseMetadata": {"HTTPStatusCode": refusal.status, "HTTPHeaders": {}, "RetryAttempts": 0},
        **refusal.answer,
    }
    error: ClientError = kind(answer, operation)
    return error
