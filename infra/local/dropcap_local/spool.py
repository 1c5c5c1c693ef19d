"""Bytes that wait in a temporary file, and only their places in memory."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Lock
from weakref import finalize


class _SpoolFile:
    """A temporary file to which bytes are appended; it is deleted when nothing refers to it any more."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115  # closed by the next line
        finalize(self, self._file.close)
        self._end = 0
        self._lock = Lock()
        self.process = os.getpid()

    def append(self, content: bytes) -> int:
        """Write CONTENT at the end; return its place."""
        with self._lock:
            place = self._end
            left = memoryview(content)
            while left:
                left = left[os.pwrite(self._file.fileno(), left, self._end) :]
                self._end = place + len(content) - len(left)
        return place

    def parts(self, place: int, size: int) -> Iterator[bytes]:
        """Yield SIZE bytes at PLACE, as the system returns them; raise OSError if they are not all there."""
        while size:
            part = os.pread(self._file.fileno(), size, place)
            if not part:
                message = f"a temporary file of the local cloud ends {size} bytes too early"
                raise OSError(message)
            yield part
            place, size = place + len(part), size - len(part)


@dataclass(frozen=True, slots=True)
class Spooled:
    """SIZE bytes in a file."""

    _file: _SpoolFile
    _place: int
    size: int

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes from START to END."""
        last = self.size if end is None else min(end, self.size)
        return b"".join(self._file.parts(self._place + start, max(0, last - start)))


class Spool:
    """Where bytes are written to: a file of this process."""

    def __init__(self) -> None:
        """Start without a file."""
        self._file: _SpoolFile | None = None

    def append(self, content: bytes) -> Spooled:
        """Write CONTENT, and return where it is; a process that was forked has a file of its own.

        In one file, it and the process that it comes from would write to the same place.
        """
        if self._file is None or self._file.process != os.getpid():
            self._file = _SpoolFile()
        return Spooled(self._file, self._file.append(content), len(content))

    def start_over(self) -> None:
        """Write to a new file: the present one is deleted when all that was written to it is forgotten."""
        self._file = None
