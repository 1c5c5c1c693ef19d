"""Regular expressions that are compiled at first use."""

import ast
import re
from pathlib import Path
from unittest.mock import patch

import pytest

from dropcap.patterns import lazy_pattern
from support.template import ROOT

MODULES = sorted((ROOT / "functions").rglob("*.py"))


def test_a_pattern_is_compiled_once_and_when_it_is_first_used() -> None:
    """A definition alone compiles nothing."""
    with patch.object(re, "compile", wraps=re.compile) as compile_pattern:
        letters = lazy_pattern(r"[a-z]+", re.IGNORECASE)
        assert None is getattr(letters, "cache_clear", None)
        assert 0 == compile_pattern.call_count
        assert (["Ab"], "1-2") == (letters.findall("1Ab2"), letters.sub("-", "1Ab2"))
        assert (r"[a-z]+", re.compile("a", re.IGNORECASE).flags) == (letters.pattern, letters.flags)
        assert 1 == sum(call.args[0] == r"[a-z]+" for call in compile_pattern.call_args_list)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_compiles_a_pattern_when_it_is_imported(path: Path) -> None:
    """`lazy_pattern` defines those of a module; `re.compile` remains within functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    assert [] == [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile" and id(node) not in inside
    ]
