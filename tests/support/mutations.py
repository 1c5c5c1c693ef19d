"""Mutation of code for mutation tests: lines of one function are replaced while a block runs."""

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Mutation:
    """Replace LINE of the function NAME in OWNER with INSTEAD.

    ALSO has further pairs of a line and its replacement, for a line that moves.
    """

    owner: ModuleType | type
    name: str
    line: str
    instead: str
    also: tuple[tuple[str, str], ...] = ()


@contextmanager
def mutated(mutation: Mutation) -> Iterator[None]:
    """Apply the mutation until the block ends, also for callers that imported the function before."""
    function = vars(mutation.owner)[mutation.name]
    original = function.__code__
    function.__code__ = mutated_function(function, mutation).__code__
    try:
        yield
    finally:
        function.__code__ = original


def mutated_function(function: FunctionType, mutation: Mutation) -> FunctionType:
    """Return FUNCTION with MUTATION applied; raise AssertionError if a line does not occur exactly once."""
    source = textwrap.dedent(inspect.getsource(function))
    for line, instead in ((mutation.line, mutation.instead), *mutation.also):
        assert 1 == source.count(line), f"{mutation.name} does not have this line exactly once: {line}"
        source = source.replace(line, instead)
    namespace: dict[str, Any] = {}
    code = compile(source, mutation.name, "exec")
    exec(code, dict(function.__globals__), namespace)  # noqa: S102  # our own source
    mutated: FunctionType = namespace[mutation.name]
    return mutated
