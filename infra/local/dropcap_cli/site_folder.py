"""A folder of sources on this machine: which of its files are uploaded, and why the others are not."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dropcap.errors import Finding
from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.suggestions import did_you_mean_file
from dropcap_local.usage_error import UsageError

LONGEST_KEY = 900
"""Bytes of a source key: S3 allows 1,024, and `history/` and `.json` are added."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file at PATH, uploaded under the source key KEY, which is its path within the site folder."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file or folder that is not uploaded, and the REASON. PATH is within the site folder; a folder's ends in `/`."""

    path: str
    reason: Finding


class SiteFolder:
    """A site: `site.yaml` at the top and posts below, or posts only."""

    def __init__(self, path: Path) -> None:
        """Open the folder at PATH; raise UsageError if it is not a folder."""
        if not path.is_dir():
            fault = "is not a folder" if path.exists() else "does not exist"
            message = f"{path} {fault}. Name the folder that holds your posts.{did_you_mean_file(path)}"
            raise UsageError(message)
        self.path = path.resolve()

    def files(self) -> Iterator[SourceFile | SkippedFile]:
        """Return every file: `site.yaml` first, so that all others are published with its settings, then by path."""
        by_path = sorted(self._walk(self.path), key=_name)
        return iter(sorted(by_path, key=lambda file: _name(file) != SITE_KEY))

    def _walk(self, folder: Path) -> Iterator[SourceFile | SkippedFile]:
        try:
            paths = list(folder.iterdir())
        except OSError as error:
            yield SkippedFile(f"{_printable(folder.relative_to(self.path).as_posix())}/", _unreadable(error))
            return
        for path in paths:
            yield from self._classify(path)

    def _classify(self, path: Path) -> Iterator[SourceFile | SkippedFile]:
        name = path.relative_to(self.path).as_posix()
        is_folder = False
        try:
            is_folder = path.is_dir()
            reason = self._reason_to_skip(path, name)
        except OSError as error:
            reason = _unreadable(error)
        if reason:
            yield SkippedFile(_printable(name) + "/" * is_folder, reason)
        elif is_folder:
            yield from self._walk(path)
        else:
            yield SourceFile(name, path)

    def _reason_to_skip(self, path: Path, name: str) -> Finding | None:
        """Return the reason not to upload the file at PATH, None if it is uploaded."""
        if path.name.startswith("."):
            return Finding("The file is hidden: its name starts with a dot.", "Rename it to publish it.")
        if path.is_symlink():
            return self._reason_to_skip_link(path)
        if not path.is_dir() and not path.is_file():
            return Finding("It is a device, a pipe or a socket.", "Replace it with a file.")
        if name != _printable(name):
            return Finding("Its name is not UTF-8.", "Rename it: S3 accepts only UTF-8.")
        if len(name.encode()) > LONGEST_KEY:
            return Finding(f"Its path is longer than {LONGEST_KEY} bytes.", "Shorten it.")
        return None

    def _reason_to_skip_link(self, path: Path) -> Finding | None:
        if not path.exists():
            return Finding("It is a link to a file that does not exist.", "Replace it with a file.")
        if not path.resolve().is_relative_to(self.path):
            return Finding("It is a link to a file outside the site folder.", "Replace it with a copy of the file.")
        if path.is_dir():
            return Finding("It is a link to a folder of this site.", "Nothing to do: the folder itself is published.")
        return None


def _unreadable(error: OSError) -> Finding:
    """Return the reason to skip a file or folder at which ERROR was raised."""
    return Finding(f"It cannot be read: {error.strerror}.", "Give yourself the right to read it, or remove it.")


def _name(file: SourceFile | SkippedFile) -> str:
    return file.key if isinstance(file, SourceFile) else file.path


def _printable(path: str) -> str:
    """Return PATH with bytes that are not UTF-8 replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
