"""Every function of the local cloud in a process of its own, with real boto3 and moto's server on a port.

The event loop of the local cloud goes on as it is; only its calls of handlers go to another process, as they go to
another machine on AWS.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from container import Container
from dropcap_local.deploy.stack import Function
from dropcap_local.events.invocation import FunctionInvoker
from dropcap_local.server.aws import AwsEndpoint
from dropcap_local.server.main_thread import MainThreadQueue
from kept_connections import kept_connections

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass
class Containers:
    """One process a function, started when it is first called; `calls` counts AWS requests by function and service."""

    main_thread: MainThreadQueue
    aws: str
    calls: dict[str, Counter[str]]
    running: dict[str, Container] = field(default_factory=dict)
    at_work: str = ""

    def invoke(self, function: Function, event: dict[str, Any], environment: dict[str, str]) -> Any:  # noqa: ANN401  # any JSON
        """Call FUNCTION with EVENT in its process."""
        name = function.handler.partition(".")[0]
        if name not in self.running:
            settings = {**function.environment, **environment}
            self.running[name] = Container(function.handler, settings, self.aws).__enter__()
        self.at_work = name
        return self.running[name].invoke(event, self.main_thread)

    def seconds(self) -> Counter[str]:
        """Return the seconds of CPU that each function has used since its process started."""
        return Counter({name: container.seconds() for name, container in self.running.items()})

    def failures(self) -> list[str]:
        """Return the errors that handlers raised."""
        return [failure for container in self.running.values() for failure in container.failures]

    def stop(self) -> None:
        """End all processes: the next call of each function is a cold start."""
        for container in self.running.values():
            container.__exit__()
        self.running.clear()


@contextmanager
def handlers_in_processes(environment: dict[str, str], functions: Collection[str] = ()) -> Iterator[Containers]:
    """Run every handler of the open local cloud in a process of its own until the block ends; ENVIRONMENT leads.

    With FUNCTIONS, only those run in such processes.
    """
    main_thread = MainThreadQueue()
    moto = AwsEndpoint(main_thread)
    calls: dict[str, Counter[str]] = {}

    def counting(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        scope = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split(",")[0].split("/")
        service = {"ses": "sesv2"}.get(scope[-2], scope[-2]) if len(scope) > 1 else ""
        calls.setdefault(containers.at_work, Counter())[service] += 1
        return moto(environ, start_response)

    with kept_connections(counting) as address:
        containers = Containers(main_thread, address, calls)

        in_this_process = FunctionInvoker.invoke

        def invoke(invoker: FunctionInvoker, function: Function, event: dict[str, Any]) -> Any:  # noqa: ANN401  # any JSON
            if functions and function.handler.partition(".")[0] not in functions:
                return in_this_process(invoker, function, event)
            return containers.invoke(function, event, environment)

        try:
            with patch.object(FunctionInvoker, "invoke", invoke):
                yield containers
        finally:
            containers.stop()
            main_thread.close()
