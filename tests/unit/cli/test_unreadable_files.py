"""Files and folders that cannot be read: they have failed, and the others are validated."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.site_folders import GOOD, CommandLine, site_folder

Lock = Callable[[Path], None]


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> Lock:
    """Refuse to read a file or folder; as root, all are readable."""

    def lock(locked: Path) -> None:
        for method in ("read_bytes", "iterdir"):
            monkeypatch.setattr(Path, method, _refusing(locked, getattr(Path, method)))

    return lock


def _refusing(locked: Path, whole: Callable[[Path], object]) -> Callable[[Path], object]:
    def refusing(path: Path) -> object:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return whole(path)

    return refusing


@pytest.mark.parametrize("command", [("check",), ("publish", "--dry-run")])
@pytest.mark.parametrize("locked", ["site.yaml", "posts/naps.md", "posts", ""])
def test_all_others_are_checked(
    dropcap: CommandLine, tmp_path: Path, lock: Lock, command: tuple[str, ...], locked: str
) -> None:
    """The exit code is 1, in JSON and in text."""
    site = site_folder(tmp_path, *GOOD)
    lock(site / locked)
    ran = dropcap(*command, "--json", site)
    names = {
        file["path"].removeprefix(str(site)).lstrip("/") for file in ran.account["files"] if file["outcome"] == "failed"
    }
    assert (1, {locked}) == (ran.code, names)
    inside = sum(key.startswith(f"{locked}/") or key == locked or not locked for key in GOOD)
    assert len(GOOD) - inside == ran.account["published"]
    text = dropcap(*command, site)
    assert (1, True) == (text.code, "cannot be read: Permission denied." in text.output)


def test_named_files_are_checked_one_by_one(dropcap: CommandLine, tmp_path: Path, lock: Lock) -> None:
    """A file may be deleted after it was named."""
    site = site_folder(tmp_path, *GOOD)
    lock(site / "posts/naps.md")
    ran = dropcap("check", site / "posts/naps.md", site / "posts/walks.md")
    assert (1, True) == (ran.code, f"{site}/posts/naps.md: failed\n" in ran.output)
    assert "https://quiet.example/walks/" in ran.output


def test_settings_that_cannot_be_read_are_a_warning(dropcap: CommandLine, tmp_path: Path, lock: Lock) -> None:
    """The file itself is valid, but its URL is not that of the site."""
    site = site_folder(tmp_path, *GOOD)
    lock(site / "site.yaml")
    ran = dropcap("check", site / "posts/naps.md")
    assert (0, True) == (ran.code, "site.yaml cannot be read: Permission denied. The default settings" in ran.output)
