"""A folder that Dropcap writes to: never outside of it, and never over files that it did not write.

A marker file lists what was written, so that the next run removes exactly that. Other files stay.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

from dropcap_local.usage_error import UsageError, unfinished_once
from dropcap_local.whole_file import write_whole_file

MARKER = ".dropcap-wrote.json"
LONGEST_NAME = 255
"""Bytes of a file's name on common file systems."""


class OutputFolder:
    """The folder at a path, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        """Open the folder at PATH; raise UsageError if it is a file, cannot be written, or holds files of others."""
        self.path = path.resolve()
        if path.exists() and not path.is_dir():
            message = f"{path} is a file. Name a folder, or one that does not exist yet."
            raise UsageError(message)
        self._check_writable(path)
        self._ours = self._listed()
        if self._ours is None and self.path.is_dir() and any(self.path.iterdir()):
            message = f"{path} is not empty, and Dropcap did not write it. Name an empty folder, or a new one."
            raise UsageError(message)

    def keep_apart_from(self, site: Path) -> None:
        """Raise UsageError if this folder is SITE, or one is within the other: output must not become a source."""
        if self.path.is_relative_to(site) or site.is_relative_to(self.path):
            message = f"{self.path} and {site} are the same folder, or one contains the other. Name a folder elsewhere."
            raise UsageError(message)

    def replace(self, files: Mapping[str, bytes]) -> list[str]:
        """Write FILES, by name, and remove what an earlier run wrote; return the names that could not be written.

        A name cannot be written if another one needs a folder of that name. Raise UsageError if somebody else's file
        has one of the names; once writing has begun, every failure raises UnfinishedError.
        """
        folders = {str(parent) for name in files for parent in PurePosixPath(name).parents}
        wanted = {name: files[name] for name in sorted(files) if name not in folders}
        before = set(self._ours or ())
        strangers = [name for name in wanted if name not in before and self._target(name).exists()]
        if strangers:
            message = f"{self._target(strangers[0])} is in the way, and Dropcap did not write it. Move it elsewhere."
            raise UsageError(message)
        with self._reporting_failures():
            self._list(before | wanted.keys())
        with unfinished_once(lambda: True), self._reporting_failures():
            self._write_all(wanted, before)
        return sorted(files.keys() - wanted.keys())

    @contextmanager
    def _reporting_failures(self) -> Iterator[None]:
        """Turn the errors of the file system in this block into UsageError."""
        try:
            yield
        except OSError as error:
            message = f"{self.path} cannot be written: {error.strerror}. Make room, or name another folder."
            raise UsageError(message) from error

    def _check_writable(self, path: Path) -> None:
        """Raise UsageError if the folder, or the one in which it will be made, cannot be written."""
        existing = next(folder for folder in (self.path, *self.path.parents) if folder.exists())
        try:
            with TemporaryFile(dir=existing):  # permissions alone do not tell: think of a read-only disk, or of /proc
                return
        except OSError as error:
            fault = error.strerror if existing.is_dir() else f"{existing} is a file"
            message = f"{path} cannot be written: {fault}. Name a folder that you can write to."
            raise UsageError(message) from error

    def _write_all(self, wanted: Mapping[str, bytes], before: set[str]) -> None:
        """Write WANTED and remove the rest of BEFORE; the marker lists both until all is done."""
        for name in sorted(before - wanted.keys()):
            self._remove(name)
        for name, body in wanted.items():
            self._write(name, body)
        self._list(wanted)

    def _write(self, name: str, body: bytes) -> None:
        target = self._target(name)
        if target.is_file() and target.read_bytes() == body:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)

    def _remove(self, name: str) -> None:
        """Remove the file NAME, and the folders that are then empty."""
        target = self._target(name)
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == self.path or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()

    def _target(self, name: str) -> Path:
        """Return the path of the file NAME; raise UsageError if a link leads out of the folder."""
        target = self.path / name
        if not target.resolve().is_relative_to(self.path) or target.is_symlink():
            message = f"{target} leads out of {self.path}. Remove the link."
            raise UsageError(message)
        return target

    def _listed(self) -> list[str] | None:
        """Return the names in the marker file, None if there is no marker."""
        marker = self.path / MARKER
        if not marker.is_file():
            return None
        try:
            return [str(name) for name in json.loads(marker.read_bytes())["files"]]
        except OSError as error:
            message = f"{marker} cannot be read: {error.strerror}. Check its permissions."
            raise UsageError(message) from error
        except (ValueError, KeyError, TypeError) as error:
            message = f"{marker} is damaged. Remove the folder, or name another one."
            raise UsageError(message) from error

    def _list(self, names: Iterable[str]) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        content = {"files": sorted(names), "written_by": "dropcap"}
        write_whole_file(self.path / MARKER, [f"{json.dumps(content, indent=1, sort_keys=True)}\n".encode()])


def file_name(key: str) -> str:
    """Return the file name for the object KEY: KEY itself, except where a file system reads it differently.

    Segments of dots, empty segments and NUL are percent-encoded. Long segments are cut, and a digest keeps them apart.
    """
    return "/".join(_segment(part) for part in key.split("/"))


def _segment(part: str) -> str:
    if part in {"", ".", "..", MARKER}:
        return part.replace(".", "%2E") or "%2F"
    name = part.replace("\0", "%00")
    if len(name.encode()) <= LONGEST_NAME:
        return name
    short = name.encode()[: LONGEST_NAME - 40].decode("utf-8", "ignore")
    return f"{short}~{sha256(name.encode()).hexdigest()[:32]}"
