"""The file with the saved state of a local cloud: whole or not at all, for one version, with plain values only."""

import pickle
from hashlib import sha256
from pathlib import Path

import pytest

from dropcap_local.saved_state.state_file import StateError, read_state, write_state

VERSION = "5" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a state that was written, in a folder that did not exist."""
    place = tmp_path / "cache/state"
    write_state(place, VERSION, {"first": b"\x00"}, [1, "two"])
    return place


def test_both_parts_come_back(path: Path) -> None:
    """The second one when it is asked for."""
    state = read_state(path, VERSION)
    assert state
    assert ({"first": b"\x00"}, [1, "two"]) == (state[0], state[1]())


def test_no_file_is_no_state(tmp_path: Path) -> None:
    """That is the first start."""
    assert read_state(tmp_path / "state", VERSION) is None


def test_another_version_reads_nothing(path: Path) -> None:
    """Its reader would not know what the values mean."""
    with pytest.raises(StateError, match="another version"):
        read_state(path, "6" * 64)


@pytest.mark.parametrize("length", [0, 5, 100, -1])
def test_a_file_that_was_cut_off_is_damaged(path: Path, length: int) -> None:
    """At any place."""
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(StateError, match="damaged"):
        read_state(path, VERSION)


def test_a_changed_byte_is_noticed(path: Path) -> None:
    """By the digest of the content."""
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(StateError, match="damaged"):
        read_state(path, VERSION)


def test_a_file_with_other_objects_runs_no_code(path: Path, tmp_path: Path) -> None:
    """Even with the right digest."""
    mark = tmp_path / "ran"
    body = pickle.dumps(_Opens(mark)) + pickle.dumps(None)
    path.write_bytes(f"dropcap state\n{VERSION}\n{sha256(body).hexdigest()}\n".encode() + body)
    with pytest.raises(StateError, match="damaged"):
        read_state(path, VERSION)
    assert not mark.exists()


def test_a_failed_write_leaves_the_former_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no other file beside it."""

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_state(path, VERSION, "new", "new")
    monkeypatch.undo()
    state = read_state(path, VERSION)
    assert state
    assert {"first": b"\x00"} == state[0]
    assert [path] == list(path.parent.iterdir())


def test_only_its_owner_can_read_it(path: Path) -> None:
    """It may hold addresses of subscribers."""
    assert (0o600, 0o700) == (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777)


class _Opens:
    """Pickles as a call of `open`."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self._place), "w")
