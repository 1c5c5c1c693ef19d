"""The user's cache folder, and files in it that are written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from dropcap_local.whole_file import write_whole_file


def cache_folder() -> Path:
    """Return Dropcap's folder in the user's cache (XDG_CACHE_HOME, else `~/.cache`); it may not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "dropcap"


def make_private(folder: Path) -> None:
    """Create FOLDER, and the folders above that do not exist, for their owner only; raise OSError if that fails.

    `mkdir(mode, parents=True)` gives the mode to the last folder only: those above would be open to everybody.
    """
    for missing in [place for place in (*reversed(folder.parents), folder) if not place.exists()]:
        missing.mkdir(mode=0o700, exist_ok=True)


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write PARTS to the file at PATH, readable by its owner only; raise OSError, with the former file untouched."""
    make_private(path.parent)
    write_whole_file(path, parts, mode=0o600)
