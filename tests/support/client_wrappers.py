"""Clients of boto3 whose calls are intercepted: for a crash now and then, or a recording."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from support.newsletter_bench import Died

Method = Callable[..., Any]
Through = Callable[[str, Method, dict[str, Any]], Any]
"""Makes a call, from the method's name, the method and its arguments."""


class Around:
    """A client whose every call is made by THROUGH."""

    def __init__(self, client: Any, through: Through) -> None:  # noqa: ANN401  # a client of boto3
        """Wrap CLIENT."""
        self._client = client
        self._through = through

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a boto3 method
        """Return the method NAME."""
        method = getattr(self._client, name)
        if not callable(method):
            return method

        def call(**arguments: Any) -> Any:  # noqa: ANN401  # as boto3 takes and returns it
            return self._through(name, method, arguments)

        self.__dict__[name] = call
        return call


@dataclass
class Crashes:
    """Crashes the function before or after each call whose number EVERY divides; OPERATIONS counts them by call."""

    every: int
    calls: int = 0
    are_on: bool = False
    operations: Counter[str] = field(default_factory=Counter)

    def __call__(self, name: str, method: Method, arguments: dict[str, Any]) -> Any:  # noqa: ANN401  # a client's answer
        """Make one call, and perhaps crash before or after it."""
        self.calls += 1
        dies = self.are_on and self.calls % self.every == 0
        if dies and self.calls // self.every % 2:
            self.operations[f"before {name}"] += 1
            raise Died
        answer = method(**arguments)
        if dies:
            self.operations[f"after {name}"] += 1
            raise Died
        return answer


@dataclass
class Tape:
    """Records the answers of calls, and replays them in the same order, so that only our own CPU time counts."""

    answers: deque[Any] = field(default_factory=deque)
    replays: bool = False

    def __call__(self, name: str, method: Method, arguments: dict[str, Any]) -> Any:  # noqa: ANN401  # a client's answer
        """Record or replay one answer; the letter, a stream that can be read only once, is fetched again."""
        if name == "get_object":
            return method(**arguments)
        if self.replays:
            return self.answers.popleft()
        answer = method(**arguments)
        self.answers.append(answer)
        return answer
