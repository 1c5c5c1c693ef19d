"""House style that no linter checks: names of variables, first words of docstrings, and the length of modules."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

from support.template import ROOT

VAGUE = {"found", "one", "told", "asked"}
"""Names that do not say what they hold."""
ODD_VERBS = {
    "Give",
    "Gives",
    "Have",
    "Hold",
    "Holds",
    "Let",
    "Lets",
    "Say",
    "Says",
    "Tell",
    "Tells",
    "What",
    "Whatever",
    "However",
    "Wherever",
    "Whoever",
}
"""Docstrings begin with the verb that programmers use: Return, Raise, Write, Check …"""
MOST_LINES = 200
FOLDERS = ("functions", "infra", "benchmarks")
OUTSIDE_TESTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MODULES = sorted([*OUTSIDE_TESTS, *(ROOT / "tests").rglob("*.py")])
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def names_in(source: str) -> set[str]:
    """Return the names in SOURCE, without leading underscores."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.string.lstrip("_") for token in tokens if token.type == tokenize.NAME}


def first_words(source: str) -> set[str]:
    """Return the first word of each docstring in SOURCE."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, DOCUMENTED)]
    return {docstring.split()[0] for node in nodes if (docstring := ast.get_docstring(node))}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_and_docstrings_use_plain_words(path: Path) -> None:
    """A name says what it holds: a match, an item, an answer. A docstring begins with a verb that others use, too."""
    source = path.read_text(encoding="utf-8")
    assert set() == VAGUE & names_in(source)
    assert set() == ODD_VERBS & first_words(source)


@pytest.mark.parametrize("path", OUTSIDE_TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short(path: Path) -> None:
    """A longer module has more than one topic."""
    assert MOST_LINES >= len(path.read_text(encoding="utf-8").splitlines())


def test_vague_names_are_noticed() -> None:
    """As a local, a parameter or an attribute, with or without an underscore."""
    assert {"found", "told"} == VAGUE & names_in("def f(told):\n    return self._found")


def test_odd_first_words_are_noticed() -> None:
    """In the docstring of a module, a class or a function."""
    source = '"""What it is."""\nclass C:\n    """Tells it."""\n    def f(self):\n        """Return it."""\n'
    assert {"What", "Tells"} == ODD_VERBS & first_words(source)
