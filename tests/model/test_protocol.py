"""The protocol itself, before any code: random histories hold, and every rule that keeps them whole is needed."""

import pytest

from model.directed import DIRECTED
from model.explorer import Explorer
from model.mutations import FIRST_SEED, MUTATIONS
from model.rest import rests
from support.mutations import mutated

HISTORIES = 60
ENOUGH = 1_500
"""Most histories searched for one that detects a mutation; most mutations need a few dozen."""


def first_failure(seeds: range) -> int | None:
    """Return the first of SEEDS whose history does not end well."""
    for seed in seeds:
        try:
            rests(Explorer(seed).run(20))
        except (AssertionError, KeyError, TypeError, AttributeError, IndexError):
            return seed
    return None


def test_every_history_holds() -> None:
    """No reader meets a dead link or a hidden text, no report lies, and at rest the site is as an empty stack's."""
    for seed in range(HISTORIES):
        rests(Explorer(seed).run(20))


@pytest.mark.parametrize("name", DIRECTED)
def test_every_directed_history_holds(name: str) -> None:
    """In a given order, since random ones come to it only once in thousands."""
    DIRECTED[name]()


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_is_detected(name: str) -> None:
    """With one rule broken, some history ends badly."""
    with mutated(MUTATIONS[name]):
        if name in DIRECTED:
            with pytest.raises(AssertionError):
                DIRECTED[name]()
        else:
            assert first_failure(range(FIRST_SEED.get(name, 0), ENOUGH)) is not None
