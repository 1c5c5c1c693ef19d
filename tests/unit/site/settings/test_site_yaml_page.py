"""`docs/site-yaml.md` is true: what it lists is read, and what is read is listed."""

import re
from pathlib import Path

import pytest

from dropcap.document.paths.folders import MEANINGS
from dropcap.errors import Finding
from dropcap.site.settings.reader import read_site
from dropcap.site.settings.yaml_reader import SettingsTable

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "site-yaml.md").read_text()
ROWS = re.findall(r"^\| `([\w.]+)` \|([^|]*)\|", PAGE, re.MULTILINE)
TABLES = b"about: {title: A}\nnewsletter: {sender: S}\ntheme: {dark: {accent: '#000'}}\n"
"""Settings with every table that may stand in them."""


def names_read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the name of everything that reading settings asks for, with the tables around it."""
    readers: list[tuple[tuple[str, ...], SettingsTable]] = []
    make = SettingsTable.__init__

    def noting(self: SettingsTable, *arguments: object) -> None:
        make(self, *arguments)  # type: ignore[arg-type]  # handed on as it comes
        readers.append((arguments[3] if len(arguments) > 3 else (), self))  # type: ignore[arg-type]  # the path

    monkeypatch.setattr(SettingsTable, "__init__", noting)
    read_site(TABLES, "e1", lambda _warning: None)
    return {
        ".".join((*path, name))
        for path, reader in readers
        for name in reader.names_read.values()
        if name not in path[-1:]
    }


def test_the_page_lists_what_is_read_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry, and how else it may be written."""
    listed = {name for first, others in ROWS for name in (first, *re.findall(r"`([\w.]+)`", others))}
    assert names_read(monkeypatch) - {"theme", "theme.dark"} == listed


def test_the_page_s_example_and_the_site_in_examples_are_as_they_should_be() -> None:
    """No errors and no warnings."""
    warnings: list[Finding] = []
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    for text in (example.encode(), (ROOT / "examples" / "site.yaml").read_bytes()):
        read_site(text, "e1", warnings.append)
    assert [] == warnings


def test_the_page_lists_what_a_folder_may_mean() -> None:
    """In the row of `folders`."""
    (row,) = re.findall(r"^\| `folders`.*", PAGE, re.MULTILINE)
    assert set(MEANINGS) == set(re.findall(r"`(posts|pages|drafts|ignored)`", row))
