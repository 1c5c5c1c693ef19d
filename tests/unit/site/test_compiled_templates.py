"""Compiled templates give the same text as their sources, and an old one is never used."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from unittest.mock import patch

import pytest
from jinja2 import Environment

from dropcap.site.theme import Theme
from support.pages import FULL, PAGES, TEMPLATES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the templates without compiled ones."""
    copy = tmp_path / "templates"
    shutil.copytree(TEMPLATES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def compiled() -> Iterator[list[str]]:
    """Return the names of the templates that are compiled in this test."""
    names: list[str] = []
    real: Callable[..., Any] = Environment.compile

    def compile_(self: Environment, source: str, name: str | None, *rest: str) -> object:
        names.append(name or "")
        return real(self, source, name, *rest)

    with patch.object(Environment, "compile", compile_):
        yield names


def pages(folder: Path, language: str = "en") -> list[str]:
    """Return all pages of a site in LANGUAGE as a new process renders them with the theme in FOLDER."""
    theme, site = Theme(folder), replace(FULL, language=language)
    return [theme.render(f"site/{name}", site=site, path="/", **values) for name, values in PAGES.items()]


def test_the_second_process_compiles_nothing_in_any_language(folder: Path, compiled: list[str]) -> None:
    """The first one leaves what it compiled; languages share it, and have their own words."""
    first = pages(folder)
    assert len(compiled) == len(set(compiled))
    compiled.clear()
    assert [first, True] == [pages(folder), pages(folder, "de") != first]
    assert [] == compiled


def test_the_package_has_every_template_for_its_place_on_lambda(folder: Path, compiled: list[str]) -> None:
    """Read from there they give the pages that the sources give, in another language than they were compiled in."""
    sources = sorted(
        path.relative_to(folder).as_posix() for kind in ("site", "feeds", "email") for path in (folder / kind).iterdir()
    )
    assert sources == sorted(Theme(folder).compile(PurePosixPath("/opt/templates")))
    assert all(b"/opt/templates/" in path.read_bytes() for path in (folder / "__pycache__").iterdir())
    assert {0o644} == {path.stat().st_mode & 0o777 for path in (folder / "__pycache__").iterdir()}
    elsewhere = folder.rename(folder.with_name("opt"))
    compiled.clear()
    german = pages(elsewhere, "de")
    assert [] == compiled
    shutil.rmtree(elsewhere / "__pycache__")
    assert german == pages(elsewhere, "de")
    assert compiled


def test_a_changed_template_is_compiled_again(folder: Path, compiled: list[str]) -> None:
    """Its bytes are compared, not its time of change."""
    before = pages(folder)
    template = folder / "site" / "404.html"
    template.write_text(template.read_text().replace("{% block words %}", "{% block words %}Changed."))
    compiled.clear()
    assert before != pages(folder)
    assert ["site/404.html"] == compiled


def test_a_template_of_ones_own_and_the_one_it_extends_have_one_name_but_are_two(folder: Path) -> None:
    """One that was compiled before its own version was there does not stand for it, nor the other way round."""
    before = pages(folder)
    (folder / "overrides" / "site").mkdir(parents=True, exist_ok=True)
    own = folder / "overrides" / "site" / "page.html"
    own.write_text('{% extends "default/site/page.html" %}{% block colophon %}<footer>Ours</footer>{% endblock %}')
    first, second = pages(folder), pages(folder)
    assert first == second != before
    own.unlink()
    assert before == pages(folder)


def test_compiled_with_other_options_it_is_compiled_again(folder: Path, compiled: list[str], tmp_path: Path) -> None:
    """The module that has them is part of the digest."""
    pages(folder)
    compiled.clear()
    (tmp_path / "theme.py").write_text("trim_blocks=False")
    with patch("dropcap.site.compiled_templates.OPTIONS", tmp_path / "theme.py"):
        pages(folder)
    assert set(PAGES) <= {name.removeprefix("site/") for name in compiled}


def test_in_a_folder_that_cannot_be_written_every_process_compiles(folder: Path, compiled: list[str]) -> None:
    """As Python does with modules; only the package step says that it cannot write."""
    with patch("jinja2.bccache.tempfile.NamedTemporaryFile", side_effect=PermissionError("read-only")):
        first = pages(folder)
        compiled.clear()
        assert first == pages(folder)
        assert compiled
        with pytest.raises(PermissionError, match="read-only"):
            Theme(folder).compile(PurePosixPath("/opt/templates"))


def test_no_filter_is_called_when_a_template_is_compiled(folder: Path) -> None:
    """Jinja2 applies a filter to a constant at once: its result would stay after a change of the filter's code."""
    environment = Theme(folder)._environment("en")  # noqa: SLF001  # its filters are replaced
    called: list[str] = []
    environment.filters |= {
        name: lambda *_, name=name: called.append(name)
        for name in environment.filters
        if name not in Environment(autoescape=True).filters
    }
    for kind in ("site", "feeds", "email"):
        for path in (folder / kind).iterdir():
            environment.compile(path.read_text(encoding="utf-8"), f"{kind}/{path.name}", str(path))
    assert [] == called
