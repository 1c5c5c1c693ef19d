"""The folder that a build writes."""

from pathlib import Path

import pytest

from dropcap_cli.output_folder import MARKER, OutputFolder, file_name
from dropcap_local.usage_error import UsageError


def names(folder: Path) -> list[str]:
    """Give the files in FOLDER without the marker."""
    found = (place.relative_to(folder).as_posix() for place in folder.rglob("*") if place.is_file())
    return sorted(name for name in found if name != MARKER)


def test_what_is_not_wanted_any_more_goes_with_its_folders(tmp_path: Path) -> None:
    """The folder holds just what the last run wrote."""
    out = tmp_path / "out"
    OutputFolder(out).replace({"a/index.html": b"1", "b": b"2"})
    OutputFolder(out).replace({"b/index.html": b"3"})
    assert ["b/index.html"] == names(out)
    assert not (out / "a").exists()


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    """It is named, and nothing is written."""
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


def test_a_marker_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    """Whatever somebody wrote into it, only the folder's own files are removed."""
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_bytes(b"1")
    (out / MARKER).write_text('{"files": ["../precious"]}')
    with pytest.raises(UsageError, match="leads out"):
        OutputFolder(out).replace({"a": b"1"})
    assert (tmp_path / "precious").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Without a traceback: whoever typed it knows what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        OutputFolder(tmp_path / "file/out").replace({"a": b"1"})


@pytest.mark.parametrize("marker", ["", "[]", "{}", '{"files": 7}'])
def test_a_damaged_marker_is_told(tmp_path: Path, marker: str) -> None:
    """Nothing is guessed from it."""
    (tmp_path / MARKER).write_text(marker)
    with pytest.raises(UsageError, match="damaged"):
        OutputFolder(tmp_path)


def test_a_name_that_another_needs_as_a_folder_is_told(tmp_path: Path) -> None:
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
    """What a file system would take for something else is percent-encoded."""
    assert name == file_name(key)


def test_a_name_that_is_too_long_is_cut_and_told_apart() -> None:
    """File systems take 255 bytes a name."""
    one, other = file_name("é" * 300), file_name("é" * 301)
    assert one != other
    assert 255 >= len(one.encode())
