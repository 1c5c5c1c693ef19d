"""Which files of a folder are uploaded."""

import os
from pathlib import Path

import pytest

from dropcap_cli.site_folder import LeftOut, SiteFolder, Source


def keys(folder: Path) -> list[str]:
    """Give the source keys of what would be uploaded, in order."""
    return [one.key for one in SiteFolder(folder).files() if isinstance(one, Source)]


def left_out(folder: Path) -> list[str]:
    """Give the paths of what would not."""
    return [one.path for one in SiteFolder(folder).files() if isinstance(one, LeftOut)]


def test_the_settings_come_first(tmp_path: Path) -> None:
    """Nothing is made under settings that change a moment later."""
    (tmp_path / "posts").mkdir()
    for name in ("a.md", "posts/b.md", "site.yaml"):
        (tmp_path / name).touch()
    assert ["site.yaml", "a.md", "posts/b.md"] == keys(tmp_path)


def test_hidden_files_and_folders_are_left_out_once(tmp_path: Path) -> None:
    """A hidden folder is one line of the account, whatever it holds."""
    (tmp_path / ".git/objects").mkdir(parents=True)
    for name in (".git/config", ".git/objects/x", ".env"):
        (tmp_path / name).touch()
    assert [".env", ".git/"] == left_out(tmp_path)
    assert [] == keys(tmp_path)


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    """Nothing from elsewhere is published by accident; a link within the folder is a file like any other."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.md").touch()
    (site / "a.md").touch()
    (site / "same.md").symlink_to(site / "a.md")
    (site / "out.md").symlink_to(tmp_path / "secret.md")
    (site / "folder").symlink_to(tmp_path)
    (site / "nothing.md").symlink_to(site / "gone.md")
    assert ["a.md", "same.md"] == keys(site)
    assert ["folder/", "nothing.md", "out.md"] == left_out(site)


def test_a_link_to_a_folder_of_the_site_is_not_followed(tmp_path: Path) -> None:
    """A link to the folder above would never end."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").touch()
    (tmp_path / "posts/round").symlink_to(tmp_path)
    assert ["posts/a.md"] == keys(tmp_path)
    assert ["posts/round/"] == left_out(tmp_path)


def test_what_s3_cannot_name_is_left_out(tmp_path: Path) -> None:
    """A name that is not UTF-8 or too long, or a pipe that would block for ever."""
    (tmp_path / os.fsdecode(b"caf\xe9.md")).touch()
    os.mkfifo(tmp_path / "pipe.md")
    deep = tmp_path.joinpath(*["n" * 200] * 5)
    deep.mkdir(parents=True)
    (deep / "post.md").touch()
    assert [] == keys(tmp_path)
    assert 3 == len(left_out(tmp_path))


@pytest.mark.parametrize("name", ["a b+c.md", "Ärger & Glück.md", "100%.md"])
def test_any_other_name_is_a_key(tmp_path: Path, name: str) -> None:
    """Spaces, plus signs, accents and percent signs are nothing special."""
    (tmp_path / name).touch()
    assert [name] == keys(tmp_path)
