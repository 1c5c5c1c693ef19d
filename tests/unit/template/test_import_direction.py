"""Allowed import directions: handlers, then steps, then the pure packages; nothing imports its caller."""

import ast
from pathlib import Path

import pytest

from support.template import ROOT

FUNCTIONS = ROOT / "functions"
PURE = {"document", "site", "newsletter", "pictures"}
LEAVES = {
    "contracts",
    "errors",
    "html_tags",
    "newsletter_contracts",
    "observability",
    "patterns",
    "release",
    "walk_contracts",
    "web_addresses",
}
AWS_MAY = PURE | LEAVES | {"aws"}
STEPS_MAY = AWS_MAY | {"steps"}
MAY_IMPORT = {
    "contracts": {"message"},
    "newsletter_contracts": {"message"},
    "walk_contracts": {"message"},
    "message": {"errors"},
    "observability": {"message"},
    "metrics": {"observability"},
    "errors": {"patterns"},
    "html_tags": {"patterns"},
    "patterns": set[str](),
    "web_addresses": set[str](),
    "powertools": set[str](),
    "message_batch": {"powertools"},
    "settings": {"errors"},
    "newsletter_settings": {"errors", "settings"},
    "document": LEAVES | {"document"},
    "site": LEAVES | {"site", "document"},
    "newsletter": LEAVES | {"newsletter"},
    "pictures": LEAVES | {"pictures"},
    "aws": AWS_MAY,
    "steps": STEPS_MAY,
    "clients": set[str](),
    "wiring": STEPS_MAY | {"clients", "metrics", "newsletter_settings", "settings"},
}
"""The rooms of `functions/dropcap`, and the rooms that each may import."""
MODULES = sorted(FUNCTIONS.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the modules that PATH imports, `from a import b` as `a.b`."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def rooms(names: set[str]) -> set[str]:
    """Return the packages of `dropcap` among the modules NAMES."""
    return {name.split(".")[1] for name in names if name.startswith("dropcap.")}


@pytest.mark.parametrize("path", sorted((FUNCTIONS / "dropcap").rglob("*.py")), ids=str)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    """A step knows the adapters and the pure code; these do not know the step."""
    room = path.relative_to(FUNCTIONS / "dropcap").parts[0].removesuffix(".py")
    assert set() == rooms(imported(path)) - MAY_IMPORT.get(room, set())


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_nothing_that_is_shipped_imports_what_is_not(path: Path) -> None:
    """Handlers import no handler, and nothing imports the local cloud or the tests."""
    handlers = {path.stem for path in FUNCTIONS.glob("*.py")}
    tops = {name.split(".")[0] for name in imported(path)}
    assert set() == tops & (handlers | {"dropcap_local", "dropcap_cli", "support", "moto"})


def imported_from(folder: str) -> set[str]:
    """Return the modules that the Python files below FOLDER import."""
    return set().union(*(imported(path) for path in (ROOT / folder).rglob("*.py")))


def within(names: set[str], *packages: str) -> set[str]:
    """Return those of NAMES that are one of PACKAGES or lie in one."""
    return {name for name in names for package in packages if f"{name}.".startswith(f"{package}.")}


@pytest.mark.parametrize("step", ["render", "index", "publish", "newsletter"])
def test_steps_share_no_import(step: str) -> None:
    """A step never uses another step's modules, only those that lie beside the four folders."""
    others = {"render", "index", "publish", "newsletter"} - {step}
    names = imported_from(f"functions/dropcap/steps/{step}")
    assert set() == within(names, *(f"dropcap.steps.{other}" for other in others))


@pytest.mark.parametrize(
    ("folder", "banned"),
    [
        ("document/front_matter", ("document.paths", "document.markdown", "document.html", "document.metadata")),
        ("document/paths", ("document.front_matter", "document.markdown", "document.html", "document.metadata")),
        ("document/markdown", ("document.front_matter", "document.metadata")),
        ("document/html", ("document.front_matter", "document.metadata")),
        ("document/metadata", ("document.markdown", "document.html")),
        ("site/settings", ("site.content", "site.reports", "site.theme")),
        ("site/reports", ("site.content",)),
        ("site/content", ("site.reports",)),
    ],
)
def test_a_folder_of_pure_code_imports_only_from_below(folder: str, banned: tuple[str, ...]) -> None:
    """Metadata uses front matter and paths; content and reports use settings, and do not use each other."""
    names = imported_from(f"functions/dropcap/{folder}")
    assert set() == within(names, *(f"dropcap.{package}" for package in banned))


def test_the_local_cloud_does_not_import_the_command_line() -> None:
    """The command line uses the local cloud, never the other way round."""
    assert set() == within(imported_from("infra/local/dropcap_local"), "dropcap_cli")
