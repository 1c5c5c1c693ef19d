"""Plants a mistake: a few lines of one function are replaced while a block runs, as if somebody had written them so."""

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Mistake:
    """LINE of the function NAME in OWNER, which keeps something whole, and what stands there INSTEAD.

    Where a line moves, ALSO says what changes at its new place.
    """

    owner: ModuleType | type
    name: str
    line: str
    instead: str
    also: tuple[tuple[str, str], ...] = ()


@contextmanager
def planted(mistake: Mistake) -> Iterator[None]:
    """Make the function be broken until the block ends, also for those who hold it already."""
    place = vars(mistake.owner)[mistake.name]
    whole = place.__code__
    place.__code__ = _broken(place, mistake).__code__
    try:
        yield
    finally:
        place.__code__ = whole


def _broken(place: FunctionType, mistake: Mistake) -> FunctionType:
    source = textwrap.dedent(inspect.getsource(place))
    for line, instead in ((mistake.line, mistake.instead), *mistake.also):
        assert 1 == source.count(line), f"{mistake.name} does not say so once: {line}"
        source = source.replace(line, instead)
    namespace: dict[str, Any] = {}
    broken = compile(source, mistake.name, "exec")
    exec(broken, dict(place.__globals__), namespace)  # noqa: S102  # our own source
    function: FunctionType = namespace[mistake.name]
    return function
