"""The way of saved files into the local cloud of `dropcap dev`."""

from io import StringIO
from pathlib import Path
from typing import cast

import pytest

from dropcap_cli.dev.eager_cloud import EagerCloud
from dropcap_cli.dev.folder_files import FolderFiles
from dropcap_cli.dev.folder_watch import FolderWatch
from dropcap_cli.dev.narration import Narration
from dropcap_cli.site_folder import SiteFolder
from support.site_folders import GOOD, SOURCES, site_folder


class Files(dict[str, bytes]):
    """A cloud that only keeps files."""

    upload = dict.__setitem__
    delete = dict.__delitem__

    def has(self, key: str, content: bytes) -> bool:
        """Return whether it has the file KEY with this CONTENT."""
        return self.get(key) == content


def test_a_file_that_could_not_be_read_is_published_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size and time are the same after `chmod`; it is reported once, and removed like any other."""
    site, files, output, whole = site_folder(tmp_path, *GOOD), Files(), StringIO(), Path.read_bytes
    folder_files = FolderFiles(cast("EagerCloud", files), Narration(output, verbose=False), lambda **_: None)
    watch = FolderWatch(SiteFolder(site))
    folder_files.on_unreadable.append(watch.forget)

    def read(path: Path) -> bytes:
        if path.name == "naps.md":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        for _ in range(3):
            folder_files.publish(watch.look())
    assert ({"site.yaml", "posts/walks.md"}, {"site.yaml", "posts/walks.md"}) == (
        set(files),
        set(folder_files.published),
    )
    assert "posts/naps.md cannot be read: Permission denied.\n" == output.getvalue()
    folder_files.publish(watch.look())
    assert SOURCES["posts/naps.md"] == files["posts/naps.md"]
    assert () == watch.look().saved
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        (site / "posts/naps.md").write_bytes(b"Better.")
        folder_files.publish(watch.look())
    (site / "posts/naps.md").unlink()
    folder_files.publish(watch.look())
    assert "posts/naps.md" not in files
