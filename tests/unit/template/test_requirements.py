"""The pinned packages, held against what pyproject.toml asks for."""

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.template import ROOT

LAMBDA = ROOT / "functions" / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
SAM = ROOT / "infra" / "package" / "requirements-sam.txt"
CONSTRAINTS = ROOT / "constraints.txt"
BROUGHT_BY_LAMBDA = {"boto3"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def lines(path: Path) -> list[str]:
    """Return the lines of PATH without comments and blank lines."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def pinned(path: Path) -> set[str]:
    """Return the packages that PATH and the files it includes pin."""
    names: set[str] = set()
    for line in lines(path):
        if line.startswith("-r "):
            names |= pinned(path.parent / line.removeprefix("-r "))
        else:
            names.add(canonicalize_name(line.split("==")[0]))
    return names


def package_names(texts: list[str]) -> set[str]:
    """Return the names of the packages that the requirements TEXTS ask for."""
    return {canonicalize_name(Requirement(text).name) for text in texts}


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """Return NAME and the packages it requires, recursively."""
    names = {name}
    for text in requires(name) or ():
        inner = Requirement(text)
        if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in {*extras, ""}):
            names |= needed(canonicalize_name(inner.name), frozenset(inner.extras))
    return names


@pytest.mark.parametrize("path", [LAMBDA, DEVELOPMENT, SAM, CONSTRAINTS], ids=lambda path: path.name)
def test_every_line_pins_one_version(path: Path) -> None:
    """Names and versions, and no package index: that is whoever installs's to choose."""
    assert [] == [line for line in lines(path) if not re.fullmatch(r"-r [\w./-]+\.txt|[\w.-]+==[\w.]+", line)]


def test_lambda_gets_what_the_project_asks_for_and_what_that_needs() -> None:
    """The package has all that is needed and nothing else; boto3 is part of Lambda's runtime."""
    direct = package_names(PROJECT["dependencies"]) - BROUGHT_BY_LAMBDA
    assert set().union(*map(needed, direct)) == pinned(LAMBDA)


def test_development_gets_what_the_project_asks_for() -> None:
    """Every direct dependency is pinned, with what it needs on the Python that runs this."""
    texts = [Requirement(text) for text in PROJECT["dependencies"] + EXTRAS["local"] + EXTRAS["dev"]]
    wanted = set().union(*(needed(canonicalize_name(text.name), frozenset(text.extras)) for text in texts))
    assert set() == wanted - pinned(DEVELOPMENT)


def test_the_constraints_pin_the_extra_local_as_development_does() -> None:
    """With everything that it needs: pip takes minutes to find versions that fit each other."""
    texts = [Requirement(text) for text in PROJECT["dependencies"] + EXTRAS["local"]]
    wanted = set().union(*(needed(canonicalize_name(text.name), frozenset(text.extras)) for text in texts))
    assert wanted <= pinned(CONSTRAINTS)
    assert set(lines(CONSTRAINTS)) <= {*lines(LAMBDA), *lines(DEVELOPMENT)}
