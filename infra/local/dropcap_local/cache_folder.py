"""The user's cache folder, and files in it that are written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile


def cache_folder() -> Path:
    """Return Dropcap's folder in the user's cache (XDG_CACHE_HOME, else `~/.cache`); it may not exist yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "dropcap"


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write PARTS to the file at PATH, readable by its owner only; raise OSError, with the former file untouched.

    A reader, or a start after a crash, gets the former file or the new one, never a part of it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        try:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
