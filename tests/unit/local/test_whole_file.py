"""Files that are written whole or not at all."""

from pathlib import Path

import pytest

from dropcap_local.whole_file import write_whole_file


def test_a_file_is_replaced_by_one_with_the_permissions_of_a_new_one(tmp_path: Path) -> None:
    """A web server may have to read it."""
    (tmp_path / "usual").touch()
    (tmp_path / "a.md").write_bytes(b"old")
    write_whole_file(tmp_path / "a.md", [b"new"])
    assert b"new" == (tmp_path / "a.md").read_bytes()
    assert (tmp_path / "usual").stat().st_mode == (tmp_path / "a.md").stat().st_mode


def test_a_new_file_does_not_replace_another(tmp_path: Path) -> None:
    """It may have been written a moment ago."""
    (tmp_path / "a.md").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_whole_file(tmp_path / "a.md", [b"new"], is_new=True)
    assert {"a.md": b"mine"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_a_full_disk_leaves_the_former_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_bytes(b"old")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole_file(tmp_path / "a.md", [b"new"])
    assert {"a.md": b"old"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
