"""Third-party packages that a cold start of each function imports: none that the function does not use."""

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from support.template import ROOT

FUNCTIONS = ROOT / "functions"
ALL = {"aws_lambda_powertools", "botocore"}  # boto3 would be 60 modules more, for resources and transfers
READS_MARKDOWN = {"markdown", "markdown_it", "nh3", "yaml"}
FILLS_IN_TEMPLATES = {"jinja2", "markupsafe"}
IMPORTS = {
    "render": ALL | READS_MARKDOWN,
    "index": ALL,
    "publish": ALL | FILLS_IN_TEMPLATES | {"nh3"},  # nh3 takes the words of a text for the search
    "announce": ALL | FILLS_IN_TEMPLATES | {"css_inline"},
    "deliver": ALL | FILLS_IN_TEMPLATES | {"css_inline"},  # for mails that ask to confirm
    "feedback": ALL,
    "subscribe": ALL | FILLS_IN_TEMPLATES,
    "images": ALL,
    "refresh": ALL,
    "reconcile": ALL,
}
"""Babel, Pillow, Pygments, latex2mathml and idna are imported by the first post, page or address that needs them."""


def path_of(module: str) -> Path | None:
    """Return the file of MODULE of the deployed package; None for another package, or for a name within a module."""
    parts = FUNCTIONS.joinpath(*module.split("."))
    return next((path for path in (parts.with_suffix(".py"), parts / "__init__.py") if path.is_file()), None)


def at_import(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names that NODES import when the module is imported: not in functions, and not for types alone."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            yield from at_import(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from at_import(ast.iter_child_nodes(node))


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Return the names that the module at PATH imports at once."""
    return frozenset(at_import(ast.parse(path.read_text(encoding="utf-8")).body))


def packages_of(handler: str) -> set[str]:
    """Return the third-party packages that an import of HANDLER imports, through however many modules of our own."""
    packages: set[str] = set()
    pending, seen = [handler], set[str]()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        if path := path_of(name):
            pending += imports_of(path)
        elif name.split(".")[0] not in {*sys.stdlib_module_names, "dropcap"}:
            packages.add(name.split(".")[0])
        if "." in name:
            pending.append(name.rpartition(".")[0])
    return packages


@pytest.mark.parametrize("handler", sorted(path.stem for path in FUNCTIONS.glob("*.py")))
def test_a_cold_start_imports_only_what_the_function_uses(handler: str) -> None:
    """A package more in a list is a longer cold start: move the code that needs it, or import it where it is used."""
    assert IMPORTS[handler] == packages_of(handler)


def test_an_import_in_a_function_or_for_types_is_not_counted() -> None:
    """Those in a class, or in a condition, are."""
    source = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import typed
try:
    import tried
except ImportError:
    import instead
class Thing:
    import in_class
def function():
    import lazy
"""
    names = set(at_import(ast.parse(source).body))
    assert {"typing", "typing.TYPE_CHECKING", "tried", "instead", "in_class"} == names


def test_only_one_module_imports_powertools() -> None:
    """It leaves out asyncio, which must be done before; metrics are imported by the first that is written."""
    places = [
        path
        for path in FUNCTIONS.rglob("*.py")
        if "aws_lambda_powertools" in {name.split(".")[0] for name in imports_of(path)}
    ]
    assert [FUNCTIONS / "dropcap" / "powertools.py"] == places
