"""An export as people have it: a single file, a ZIP archive, or the folder of an unpacked one."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from dropcap_cli.suggestions import did_you_mean_file
from dropcap_local.usage_error import UsageError

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of a file in an export: larger files are refused, since an archive can claim any size."""


class Archive:
    """The files of an export, by their names."""

    def __init__(self, path: Path) -> None:
        """Open the file, archive or folder at PATH; raise UsageError if there is none."""
        if not path.exists():
            message = f"{path} does not exist. Name the export: a file, a ZIP archive or a folder.{_hint(path)}"
            raise UsageError(message)
        self.path = path
        self._zip = self._opened_zip()

    @cached_property
    def names(self) -> list[str]:
        """Return the names of its files, sorted, with `/` between folders."""
        if self._zip:
            return sorted(info.filename for info in self._zip.infolist() if not info.is_dir())
        if self.path.is_dir():
            files = (path for path in self.path.rglob("*") if path.is_file())
            return sorted(path.relative_to(self.path).as_posix() for path in files)
        return [self.path.name]

    def named(self, *suffixes: str) -> list[str]:
        """Return the names that end in one of SUFFIXES, without the hidden copies that macOS adds to archives."""
        return [name for name in self.names if name.lower().endswith(suffixes) and "__MACOSX" not in name]

    def read(self, name: str) -> bytes:
        """Return the bytes of the file NAME; raise UsageError if it cannot be read."""
        try:
            return self._read(name)
        except (OSError, BadZipFile, RuntimeError, NotImplementedError) as error:  # zipfile raises the last two
            message = f"{name} in {self.path} cannot be read: {error}. Export again, or unpack the archive."
            raise UsageError(message) from error

    def text(self, name: str) -> str:
        """Return the text of the file NAME, which is in UTF-8."""
        return self.read(name).decode("utf-8-sig", "replace")

    @cached_property
    def by_ending(self) -> Mapping[str, str]:
        """Return the names of its files by their last two parts, as in `03/oak.jpg`; the first of several."""
        return {"/".join(name.split("/")[-2:]): name for name in reversed(self.names)}

    def _read(self, name: str) -> bytes:
        if not self._zip:
            return (self.path / name if self.path.is_dir() else self.path).read_bytes()
        if self._zip.getinfo(name).file_size > LARGEST_FILE:
            message = f"{name} in {self.path} is larger than {LARGEST_FILE // 1024**2} MiB. Unpack the archive first."
            raise UsageError(message)
        return self._zip.read(name)

    def _opened_zip(self) -> ZipFile | None:
        if self.path.suffix.lower() != ".zip" or not self.path.is_file():
            return None
        try:
            return ZipFile(self.path)
        except (OSError, BadZipFile) as error:
            message = f"{self.path} is not a ZIP archive: {error}. Export again, or unpack it and name the folder."
            raise UsageError(message) from error


def _hint(path: Path) -> str:
    return did_you_mean_file(path)
