"""Which files of a folder are uploaded."""

import os
from pathlib import Path

import pytest

from dropcap_cli.site_folder import SiteFolder, SkippedFile, SourceFile
from dropcap_local.usage_error import UsageError


def keys(folder: Path) -> list[str]:
    """Return the source keys of the files to upload, in order."""
    return [file.key for file in SiteFolder(folder).files() if isinstance(file, SourceFile)]


def skipped(folder: Path) -> list[str]:
    """Return the paths of the files to skip."""
    return [file.path for file in SiteFolder(folder).files() if isinstance(file, SkippedFile)]


def test_the_settings_come_first(tmp_path: Path) -> None:
    """No page is made with settings that change a moment later."""
    (tmp_path / "posts").mkdir()
    for name in ("a.md", "posts/b.md", "site.yaml"):
        (tmp_path / name).touch()
    assert ["site.yaml", "a.md", "posts/b.md"] == keys(tmp_path)


def test_a_hidden_folder_is_skipped_as_one(tmp_path: Path) -> None:
    """A hidden folder is one entry, whatever it holds."""
    (tmp_path / ".git/objects").mkdir(parents=True)
    for name in (".git/config", ".git/objects/x", ".env"):
        (tmp_path / name).touch()
    assert [".env", ".git/"] == skipped(tmp_path)
    assert [] == keys(tmp_path)


def test_a_link_out_of_the_folder_is_skipped(tmp_path: Path) -> None:
    """Nothing outside the folder is published by accident; a link within it is a file like any other."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.md").touch()
    (site / "a.md").touch()
    (site / "same.md").symlink_to(site / "a.md")
    (site / "out.md").symlink_to(tmp_path / "secret.md")
    (site / "folder").symlink_to(tmp_path)
    (site / "nothing.md").symlink_to(site / "gone.md")
    assert ["a.md", "same.md"] == keys(site)
    assert ["folder/", "nothing.md", "out.md"] == skipped(site)


def test_a_link_to_a_folder_of_the_site_is_not_followed(tmp_path: Path) -> None:
    """A link to the parent folder would never end."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").touch()
    (tmp_path / "posts/round").symlink_to(tmp_path)
    assert ["posts/a.md"] == keys(tmp_path)
    assert ["posts/round/"] == skipped(tmp_path)


def test_a_file_that_s3_cannot_name_is_skipped(tmp_path: Path) -> None:
    """A name that is not UTF-8 or too long; and a pipe, which would block for ever."""
    (tmp_path / os.fsdecode(b"caf\xe9.md")).touch()
    os.mkfifo(tmp_path / "pipe.md")
    deep = tmp_path.joinpath(*["n" * 200] * 5)
    deep.mkdir(parents=True)
    (deep / "post.md").touch()
    assert [] == keys(tmp_path)
    assert 3 == len(skipped(tmp_path))


@pytest.mark.parametrize("name", ["a b+c.md", "Ärger & Glück.md", "100%.md"])
def test_any_other_name_is_a_key(tmp_path: Path, name: str) -> None:
    """Spaces, plus signs, accents and percent signs need no special care."""
    (tmp_path / name).touch()
    assert [name] == keys(tmp_path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("notse", "does not exist. Name the folder that holds your posts. Did you mean {0}/notes?"),
        ("post.md", "is not a folder. Name the folder that holds your posts."),
    ],
)
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str, message: str) -> None:
    """A similar name is suggested; never the name that was typed."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "post.md").touch()
    with pytest.raises(UsageError) as refusal:
        SiteFolder(tmp_path / name)
    assert f"{tmp_path / name} {message.format(tmp_path)}" == str(refusal.value)


@pytest.mark.parametrize("call", ["iterdir", "stat"])
def test_what_may_not_be_read_is_skipped_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """A folder or a file of another user; the others are uploaded."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "naps.md").write_text("Twenty are enough.\n")
    whole = getattr(Path, call)

    def refused(path: Path, **options: bool) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return whole(path, **options)

    monkeypatch.setattr(Path, call, refused)
    skipped, naps = SiteFolder(tmp_path).files()
    assert isinstance(skipped, SkippedFile)
    assert ("locked", "It cannot be read: Permission denied.") == (skipped.path.rstrip("/"), skipped.reason.message)
    assert isinstance(naps, SourceFile)
