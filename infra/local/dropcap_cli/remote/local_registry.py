"""Local clouds that run on this machine, so that another terminal finds them: one small file each, gone with the cloud.

They lie in the user's own runtime folder (XDG_RUNTIME_DIR), else in the cache folder, readable by nobody else.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunningCloud:
    """A local cloud: the process PID serves FOLDER at SITE. IDS are the `Ref` values of its template's resources."""

    pid: int
    folder: str
    site: str
    endpoint: str
    ids: Mapping[str, str]

    @property
    def is_alive(self) -> bool:
        """Say whether its process is there; one that was killed leaves its file behind."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


@contextmanager
def known_as_running(cloud: RunningCloud) -> Iterator[None]:
    """Let CLOUD be found in this block. Where no file can be written, it can still be named by its address."""
    place = _folder() / f"{cloud.pid}.json"
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_text(json.dumps(asdict(cloud)))
    except OSError:
        yield
        return
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def running_clouds() -> list[RunningCloud]:
    """Give the clouds that run, and forget those that were killed."""
    found: list[RunningCloud] = []
    for place in sorted(_folder().glob("*.json")):
        try:
            cloud = RunningCloud(**json.loads(place.read_text()))
        except (OSError, ValueError, TypeError):
            continue
        if cloud.is_alive:
            found.append(cloud)
        else:
            place.unlink(missing_ok=True)
    return found


def _folder() -> Path:
    given = os.environ.get("XDG_RUNTIME_DIR") or os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path("~/.cache").expanduser()) / "dropcap"
