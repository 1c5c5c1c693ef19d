"""The cache folder of one site folder, and the lock on it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from dropcap_local.cache_folder import cache_folder, make_private

STATE: Final = "state"
_LOCK: Final = "lock"


def state_folder(site: Path) -> Path:
    """Return the folder in the user's cache for the site folder SITE, an absolute path; it may not exist yet."""
    name = sha256(os.fsencode(site)).hexdigest()[:16]
    return cache_folder() / "dev" / f"{site.name[:40]}-{name}"


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Lock FOLDER in this block, and yield whether that succeeded: another process may have it, or it is read-only.

    The operating system releases the lock when the process ends, in whatever way.
    """
    try:
        make_private(folder)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield False
        return
    try:
        is_ours = False
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = True
        yield is_ours
    finally:
        os.close(descriptor)
