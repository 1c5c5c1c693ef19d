"""Every cache of a function has a bound: a container lives for hours and many texts."""

import ast
from collections.abc import Iterator

import pytest

from support.template import ROOT

FEW = {
    "code._short_name": "Pygments has about a hundred kinds of tokens",
    "social_card._font": "the theme's fonts, in the sizes of a card",
    "clients.client": "the services that the functions use",
}
"""Caches without a bound of functions whose arguments have few values, and why."""
FINITE = {"bool"}
"""Types of arguments with few values; settings of a container never change."""


def unbounded(source: str, module: str) -> Iterator[str]:
    """Yield the functions in SOURCE, of MODULE, that have a cache without a bound and arguments of many values."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        types = {ast.unparse(argument.annotation) if argument.annotation else "" for argument in arguments}
        if decorators & {"cache", "functools.cache", "lru_cache(maxsize=None)"} and any(
            name not in FINITE and not name.endswith("Settings") for name in types
        ):
            yield f"{module}.{node.name}"


def test_every_cache_has_a_bound_or_few_arguments() -> None:
    """Authors choose names of elements, colours and texts: a container must not keep one of each for ever."""
    paths = sorted((ROOT / "functions").rglob("*.py"))
    assert sorted(FEW) == sorted(name for path in paths for name in unbounded(path.read_text("utf-8"), path.stem))


@pytest.mark.parametrize(
    ("decorator", "arguments", "is_named"),
    [
        ("cache", "name: str", True),
        ("lru_cache(maxsize=None)", "*, name: str", True),
        ("lru_cache(maxsize=8)", "name: str", False),
        ("cache", "", False),
        ("cache", "settings: RenderSettings, *, trusted: bool", False),
    ],
)
def test_a_cache_without_a_bound_is_named(decorator: str, arguments: str, *, is_named: bool) -> None:
    """In each spelling."""
    source = f"@{decorator}\ndef read({arguments}) -> int:\n    return 1\n"
    assert (["module.read"] if is_named else []) == [*unbounded(source, "module")]
