"""A file of plain values: the version it belongs to, a digest of its content, and two parts.

The first part is read at once, the second when it is asked for. Values are pickled, because that is several times
faster than JSON and keeps bytes; but only plain values are read back, so a changed file can run no code.
"""

import pickle
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NoReturn

from dropcap_local.cache_folder import write_whole
from dropcap_local.garbage import collections_off

_FIRST: Final = b"dropcap state\n"
_DIGEST: Final = 64


class StateError(Exception):
    """The saved state cannot be used; the message says why."""


def write_state(path: Path, version: str, first: object, second: object) -> None:
    """Write the parts FIRST and SECOND, which VERSION can read; raise OSError where the file cannot be written."""
    content = [pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for part in (first, second)]
    digest = sha256()
    for part in content:
        digest.update(part)
    head = _FIRST + f"{version:<{_DIGEST}}\n{digest.hexdigest()}\n".encode()
    write_whole(path, [head, *content])


def read_state(path: Path, version: str) -> tuple[Any, Callable[[], Any]] | None:
    """Return the first part of the file at PATH and a function that reads the second; None if there is no file.

    Raise StateError if it is damaged, or was written by another version than VERSION.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StateError(f"cannot be read: {error.strerror}") from error
    start = len(_FIRST) + 2 * (_DIGEST + 1)
    head, body = content[:start], memoryview(content)[start:]
    if not head.startswith(_FIRST) or len(head) < start:
        raise StateError("is damaged")
    written_by, digest = (line.decode("ascii", "replace").strip() for line in head.splitlines()[1:3])
    if written_by != version:
        raise StateError("belongs to another version of Dropcap or of its libraries")
    if sha256(body).hexdigest() != digest:
        raise StateError("is damaged")
    parts = BytesIO(body)
    return _next(parts), lambda: _next(parts)


def _next(parts: BytesIO) -> Any:  # noqa: ANN401  # whatever was written
    try:
        with collections_off():
            return _PlainUnpickler(parts).load()
    except Exception as error:  # the digest fits, so somebody wrote it
        raise StateError("is damaged") from error


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values only."""

    def find_class(self, module: str, name: str) -> NoReturn:
        """Raise UnpicklingError: no plain value has a class that must be looked up."""
        message = f"{module}.{name} is no plain value"
        raise pickle.UnpicklingError(message)
