"""Which files of the folder of `dropcap dev` were saved or removed since the last look."""

import errno
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from dropcap_cli.dev.folder_watch import Changes, FolderWatch
from dropcap_cli.site_folder import SiteFolder
from support.site_folders import GOOD, site_folder

Fail = Callable[[str, Path, int], None]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Make a method of Path raise OSError for one path; as root, all files are readable."""

    def fail(method: str, broken: Path, code: int) -> None:
        whole = getattr(Path, method)

        def failing(path: Path, **options: bool) -> object:
            if path == broken:
                raise OSError(code, "No luck")
            return whole(path, **options)

        monkeypatch.setattr(Path, method, failing)

    return fail


def changed(changes: Changes) -> tuple[list[str], list[str]]:
    """Return the keys that were saved, and those that were removed."""
    return sorted(source.key for source in changes.saved), sorted(changes.removed)


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("iterdir", "", errno.EACCES),
        ("iterdir", "posts", errno.EIO),
        ("iterdir", "posts", errno.ENOENT),
        ("stat", "posts", errno.ESTALE),
    ],
)
def test_nothing_in_a_folder_that_cannot_be_read_counts_as_removed(
    tmp_path: Path, fail: Fail, monkeypatch: pytest.MonkeyPatch, method: str, path: str, code: int
) -> None:
    """Without the right, on a network drive that fails, or moved meanwhile; when it is readable again, all counts."""
    site = site_folder(tmp_path, *GOOD)
    watch = FolderWatch(SiteFolder(site))
    assert (sorted(GOOD), []) == changed(watch.look())
    (site / "posts/naps.md").unlink()
    fail(method, site / path, code)
    hidden = watch.look()
    assert ([], [], set(GOOD)) == (*changed(hidden), set(hidden.stamps))
    monkeypatch.undo()
    assert ([], ["posts/naps.md"]) == changed(watch.look())


def test_other_folders_are_followed_while_one_cannot_be_read(tmp_path: Path, fail: Fail) -> None:
    """A name that only begins with its name is not in it."""
    site = site_folder(tmp_path, *GOOD)
    (site / "posts-2.md").touch()
    watch = FolderWatch(SiteFolder(site))
    watch.look()
    fail("iterdir", site / "posts", errno.EACCES)
    (site / "posts-2.md").unlink()
    (site / "new.md").touch()
    assert (["new.md"], ["posts-2.md"]) == changed(watch.look())


def test_a_file_whose_state_is_unknown_is_not_removed(tmp_path: Path, fail: Fail) -> None:
    """Its folder may be listed, but not entered (mode 644)."""
    site = site_folder(tmp_path, *GOOD)
    watch = FolderWatch(SiteFolder(site))
    watch.look()
    fail("stat", site / "posts/naps.md", errno.EACCES)
    assert ([], []) == changed(watch.look())


def test_a_folder_that_cannot_be_read_is_reported_once(tmp_path: Path, fail: Fail) -> None:
    """As soon as it is sure that it was not just moved away."""
    site, end, lines = site_folder(tmp_path, *GOOD), Event(), list[str]()
    watch = FolderWatch(SiteFolder(site))
    watch.look()
    fail("iterdir", site / "posts", errno.EACCES)
    changes = watch.until(end, lines.append)
    for name in ("a.md", "b.md", "c.md"):
        (site / name).touch()
        assert ([name], []) == changed(next(changes))
    end.set()
    assert [] == list(changes)
    assert [
        "posts/: It cannot be read: No luck. Its pages stay up. Give yourself the right to read it, or remove it."
    ] == lines
