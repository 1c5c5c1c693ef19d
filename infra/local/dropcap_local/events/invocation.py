"""Calls handlers as Lambda does: with the template's environment, a timeout, and containers that are reused."""

import importlib
import importlib.util
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch
from uuid import UUID

from dropcap_local.clients import ACCOUNT
from dropcap_local.clock import Clock, VirtualClock
from dropcap_local.deploy.stack import Function
from dropcap_local.events.calls import Calls, Crash
from dropcap_local.events.payload_limits import check_answer

JSON = dict[str, Any]


class TimedOut(Crash):
    """The function was killed at its timeout."""


@dataclass(slots=True)
class LambdaContext:
    """The context of one invocation, as Lambda passes it to the handler."""

    function_name: str
    invoked_function_arn: str
    aws_request_id: str
    timeout: int
    memory_limit_in_mb: int = 512
    function_version: str = "$LATEST"
    identity: None = None
    client_context: None = None
    spent: float = 0.0
    """Seconds that the invocation has taken, on the clock of the local cloud."""
    started: float | None = None
    """When it began by `time.monotonic`; None if the clock of the local cloud is virtual."""

    @property
    def log_group_name(self) -> str:
        """Return the log group that Lambda would write to."""
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        """Return the log stream that Lambda would write to."""
        return f"local/[{self.function_version}]{self.aws_request_id}"

    def get_remaining_time_in_millis(self) -> int:
        """Return the time left before Lambda kills the function."""
        spent = self.spent if self.started is None else time.monotonic() - self.started
        return max(0, round((self.timeout - spent) * 1000))


class FunctionInvoker:
    """The functions of a stack, ready to be called."""

    def __init__(self, calls: Calls, clock: Clock, environment: Mapping[str, str], region: str) -> None:
        """Override each function's environment with ENVIRONMENT; waiting advances CLOCK."""
        self._calls = calls
        self._clock = clock
        self._environment = environment
        self._region = region
        self.requests = 0
        """How many invocations there were; the number of the last one is its request id."""
        self.running: list[LambdaContext] = []
        """The invocations that have not ended, the innermost last."""
        self._containers: dict[str, list[ModuleType]] = {}

    def forget(self) -> None:
        """Clear the caches of all handlers and of their tools, as if each function started in a new container."""
        forget_caches(["dropcap.wiring", *(module.__name__ for idle in self._containers.values() for module in idle)])

    def spend(self, seconds: float) -> None:
        """Advance the running handler's time by SECONDS; raise TimedOut if its function's timeout comes first."""
        if not self.running:
            self._clock.advance(seconds)
            return
        context = self.running[-1]
        left = context.timeout - context.spent
        self._clock.advance(min(seconds, left))
        context.spent += seconds
        if seconds >= left:
            message = f"{context.function_name} timed out after {context.timeout} seconds"
            raise TimedOut(message)

    def invoke(self, function: Function, event: JSON) -> Any:  # noqa: ANN401  # a handler answers with any JSON
        """Call the handler of FUNCTION with EVENT; its exceptions pass through.

        Event and answer pass through JSON, as they do on their way to Lambda and back.
        """
        self.requests += 1
        request = str(UUID(int=self.requests, version=4))
        arn = f"arn:aws:lambda:{self._region}:{ACCOUNT}:function:{function.logical_id}"
        context = LambdaContext(function.logical_id, arn, request, function.timeout)
        context.started = None if isinstance(self._clock, VirtualClock) else time.monotonic()
        sent = json.dumps(event)
        del event  # a thousand records, of which the handler has copies
        with self._set_up(function, context), self._container(function) as handler, self._calls.by_handler():
            answer = handler(json.loads(sent), context)
        check_answer(function.logical_id, answer)
        return json.loads(json.dumps(answer))

    @contextmanager
    def _set_up(self, function: Function, context: LambdaContext) -> Iterator[None]:
        named = {"AWS_LAMBDA_FUNCTION_NAME": function.logical_id, "_HANDLER": function.handler}
        environment = {**named, **function.environment, **self._environment}
        before = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        self.running.append(context)
        try:
            with patch.object(time, "sleep", self.spend):
                yield
        finally:
            self.running.remove(context)
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    @contextmanager
    def _container(self, function: Function) -> Iterator[Callable[[JSON, LambdaContext], object]]:
        """Yield a handler in a module that no other invocation uses now: a handler may keep values in its globals."""
        name, _, attribute = function.handler.rpartition(".")
        if name not in self._containers:
            self._containers[name] = [importlib.import_module(name)]
        idle = self._containers[name]
        module = idle.pop() if idle else _another(sys.modules[name])
        try:
            yield getattr(module, attribute)
        finally:
            idle.append(module)


def _another(module: ModuleType) -> ModuleType:
    """Return another copy of MODULE, as in a second container."""
    name = f"{module.__name__}__{next(_loaded)}"
    spec = importlib.util.spec_from_file_location(name, module.__file__)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    sys.modules[name] = again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    return again


_loaded = itertools.count(2)


def forget_caches(packages: Collection[str]) -> None:
    """Empty every `functools` cache in the modules of PACKAGES, so that no values of one stack reach the next."""
    for name, module in tuple(sys.modules.items()):
        if name in packages or name.startswith(tuple(f"{package}." for package in packages)):
            for value in tuple(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()
