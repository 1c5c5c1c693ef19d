"""The folder that a build writes."""

from pathlib import Path

import pytest

from dropcap_cli.output_folder import MARKER, OutputFolder, file_name
from dropcap_local.usage_error import UnfinishedError, UsageError


def names(folder: Path) -> list[str]:
    """Return the files in FOLDER without the marker."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in files if name != MARKER)


def test_obsolete_files_are_removed_with_their_folders(tmp_path: Path) -> None:
    """The folder holds exactly the files of the last run."""
    out = tmp_path / "out"
    OutputFolder(out).replace({"a/index.html": b"1", "b": b"2"})
    OutputFolder(out).replace({"b/index.html": b"3"})
    assert ["b/index.html"] == names(out)
    assert not (out / "a").exists()


def test_a_file_that_dropcap_did_not_write_is_never_overwritten(tmp_path: Path) -> None:
    """The error names it, and nothing is written."""
    OutputFolder(tmp_path).replace({"a": b"1"})
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(UsageError, match="in the way"):
        OutputFolder(tmp_path).replace({"a": b"2", "b": b"3"})
    assert b"1" == (tmp_path / "a").read_bytes()
    assert b"mine" == (tmp_path / "b").read_bytes()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """A link in the folder must not lead a build elsewhere."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    OutputFolder(out).replace({"x": b"1"})
    (out / "a").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="leads out"):
        OutputFolder(out).replace({"a/index.html": b"2"})
    assert [] == names(elsewhere)


def test_a_manipulated_marker_cannot_remove_files_elsewhere(tmp_path: Path) -> None:
    """Only files in the folder are removed."""
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_bytes(b"1")
    (out / MARKER).write_text('{"files": ["../precious"]}')
    with pytest.raises(UnfinishedError, match="leads out"):
        OutputFolder(out).replace({"a": b"1"})
    assert (tmp_path / "precious").exists()


def test_a_folder_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    """Before the build, not after it."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        OutputFolder(tmp_path / "file/out")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc, where nobody may make a file, is only on Linux")
def test_a_folder_that_permissions_allow_is_tried() -> None:
    """An administrator may write anywhere, but not on a read-only disk, and not where the system makes the files."""
    with pytest.raises(UsageError, match="/proc/site cannot be written"):
        OutputFolder(Path("/proc/site"))


@pytest.mark.parametrize("marker", ["", "[]", "{}", '{"files": 7}'])
def test_a_damaged_marker_is_refused(tmp_path: Path, marker: str) -> None:
    """Dropcap does not guess which files are its own."""
    (tmp_path / MARKER).write_text(marker)
    with pytest.raises(UsageError, match="damaged"):
        OutputFolder(tmp_path)


def test_a_full_disk_leaves_a_marker_that_the_next_run_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was changed, and no file lost its owner."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    OutputFolder(tmp_path).replace({"a": b"1", "b": b"2"})
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(UsageError, match="No space left on device"):
            OutputFolder(tmp_path).replace({"c": b"3"})
    assert ["a", "b"] == names(tmp_path)
    OutputFolder(tmp_path).replace({"c": b"3"})
    assert ["c"] == names(tmp_path)


def test_a_disk_that_is_full_amid_a_run_leaves_a_folder_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has changed something, so that it is no wrong use; the marker lists the files of both runs."""

    def full(path: Path, body: bytes) -> None:
        path.touch()
        raise OSError(28, f"No space left on device for {len(body)} bytes")

    OutputFolder(tmp_path).replace({"a": b"1", "b": b"2"})
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(UnfinishedError, match="No space left on device"):
            OutputFolder(tmp_path).replace({"b": b"2", "c": b"3"})
    OutputFolder(tmp_path).replace({"b": b"2"})
    assert ["b"] == names(tmp_path)


def test_a_name_that_is_also_a_folder_is_reported(tmp_path: Path) -> None:
    """A bucket can hold both, a file system cannot."""
    assert ["a"] == OutputFolder(tmp_path / "out").replace({"a": b"1", "a/index.html": b"2"})
    assert ["a/index.html"] == names(tmp_path / "out")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("naps/index.html", "naps/index.html"),
        ("café/ö%20x.html", "café/ö%20x.html"),
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd"),
        ("/a//b/./c", "%2F/a/%2F/b/%2E/c"),
        ("a\0b", "a%00b"),
        (MARKER, MARKER.replace(".", "%2E")),
    ],
)
def test_a_key_stays_within_the_folder(key: str, name: str) -> None:
    """Names with a special meaning on a file system are percent-encoded."""
    assert name == file_name(key)


def test_long_names_are_cut_and_stay_different() -> None:
    """File systems allow 255 bytes per name."""
    name, other = file_name("é" * 300), file_name("é" * 301)
    assert name != other
    assert 255 >= len(name.encode())
