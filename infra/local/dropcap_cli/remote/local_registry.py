"""The local clouds that run on this machine, so that commands in other terminals find them: one small file each.

The files are in the user's runtime folder (XDG_RUNTIME_DIR), else in the cache folder, and only the user can read them.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from dropcap_local.cache_folder import write_whole


@dataclass(frozen=True, slots=True)
class RunningCloud:
    """A local cloud: the process PID serves FOLDER at SITE, and S3 at ENDPOINT. IDS are its resources' `Ref` values.

    LOG is the file with its functions' log, MAILBOX the address of its mails; empty for a cloud of an earlier version.
    """

    pid: int
    folder: str
    site: str
    endpoint: str
    ids: Mapping[str, str]
    log: str = ""
    mailbox: str = ""

    @property
    def is_alive(self) -> bool:
        """Return whether its process runs; a process that was killed leaves its file behind."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


@contextmanager
def registered(cloud: RunningCloud) -> Iterator[None]:
    """Register CLOUD in this block. If its file cannot be written, the cloud can still be named by its endpoint."""
    path = _folder() / f"{cloud.pid}.json"
    try:
        write_whole(path, [json.dumps(asdict(cloud)).encode()])
    except OSError:
        yield
        return
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def running_clouds() -> list[RunningCloud]:
    """Return the clouds that run, and delete the files of those that were killed."""
    clouds: list[RunningCloud] = []
    for path in sorted(_folder().glob("*.json")):
        try:
            cloud = RunningCloud(**json.loads(path.read_text()))
        except (OSError, ValueError, TypeError):
            continue
        if cloud.is_alive:
            clouds.append(cloud)
        else:
            path.unlink(missing_ok=True)
    return clouds


def _folder() -> Path:
    named = os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path("~/.cache").expanduser()) / "dropcap"
