"""House style that no linter checks: names of variables, and the length of modules."""

import io
import tokenize
from pathlib import Path

import pytest

from support.template import ROOT

VAGUE = {"found", "one", "told", "asked"}
"""Names that do not say what they hold."""
MOST_LINES = 200
OUTSIDE_TESTS = sorted(
    path for folder in ("functions", "infra", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
MODULES = sorted([*OUTSIDE_TESTS, *(ROOT / "tests").rglob("*.py")])


def names_in(source: str) -> set[str]:
    """Return the names in SOURCE, without leading underscores."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.string.lstrip("_") for token in tokens if token.type == tokenize.NAME}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_name_says_what_it_holds(path: Path) -> None:
    """A match, an item, an answer, an address: never only that it was found, told or asked."""
    assert set() == VAGUE & names_in(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", OUTSIDE_TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short(path: Path) -> None:
    """What needs more lines has more than one topic."""
    assert MOST_LINES >= len(path.read_text(encoding="utf-8").splitlines())


def test_vague_names_are_noticed() -> None:
    """As a local, a parameter or an attribute, with or without an underscore."""
    assert {"found", "told"} == VAGUE & names_in("def f(told):\n    return self._found")
