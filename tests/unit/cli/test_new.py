"""`dropcap new`: a new site, or a new post."""

from pathlib import Path

import pytest
import yaml

from support.site_folders import CommandLine


def test_a_new_site_is_valid(dropcap: CommandLine, tmp_path: Path) -> None:
    """Every file would be published, without a warning."""
    result = dropcap("new", "site", tmp_path / "my-notes")
    assert (0, True) == (result.code, f"dropcap dev {tmp_path}/my-notes" in result.output)
    ran = dropcap("check", "--json", tmp_path / "my-notes")
    assert (0, 3) == (ran.code, ran.account["published"])
    assert [] == [file["warnings"] for file in ran.account["files"] if file["warnings"]]
    assert "title: My Notes" in (tmp_path / "my-notes/site.yaml").read_text()


@pytest.mark.parametrize("name", ["long: " * 40 + "name", "'quoted' " * 20 + "name", "two\nlines", "yes", "#1"])
def test_any_folder_name_becomes_a_title(dropcap: CommandLine, tmp_path: Path, name: str) -> None:
    """Also one that YAML would fold, or read as something else."""
    assert 0 == dropcap("new", "site", tmp_path / name).code
    assert name.title() == yaml.safe_load((tmp_path / name / "site.yaml").read_text())["title"]
    assert 3 == dropcap("check", "--json", tmp_path / name).account["published"]


@pytest.mark.parametrize(("option", "outcome"), [((), "published"), (("--draft",), "draft")])
def test_a_new_post_is_valid(dropcap: CommandLine, tmp_path: Path, option: tuple[str, ...], outcome: str) -> None:
    """Any title becomes a file name and stays the title."""
    dropcap("new", "site", tmp_path / "notes")
    title = 'Naps: "why" & how #1'
    assert 0 == dropcap("new", "post", title, "--site", tmp_path / "notes", *option).code
    ran = dropcap("check", "--json", tmp_path / "notes/posts/naps-why-how-1.md")
    assert (0, 1) == (ran.code, ran.account[outcome])


def test_existing_files_are_kept(dropcap: CommandLine, tmp_path: Path) -> None:
    """A site needs a new folder, and a post a new name."""
    dropcap("new", "site", tmp_path / "notes")
    assert 2 == dropcap("new", "site", tmp_path / "notes").code
    dropcap("new", "post", "Naps", "--site", tmp_path / "notes")
    before = (tmp_path / "notes/posts/naps.md").read_bytes()
    again = dropcap("new", "post", "Naps", "--site", tmp_path / "notes")
    assert (2, True) == (again.code, "naps.md exists" in again.error)
    assert before == (tmp_path / "notes/posts/naps.md").read_bytes()


@pytest.mark.parametrize(
    "arguments", [("new", "post", "***"), ("new", "post", "A", "--site", "missing"), ("new", "site", "x", "--draft")]
)
def test_a_name_that_cannot_be_used_is_wrong_use(
    dropcap: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """And no file is made."""
    monkeypatch.chdir(tmp_path)
    assert 2 == dropcap(*arguments).code
    assert [] == list(tmp_path.iterdir())
