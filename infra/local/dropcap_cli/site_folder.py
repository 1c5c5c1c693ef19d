"""A folder of sources on this machine: which of its files are uploaded, and why the others are not."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from errno import ELOOP
from pathlib import Path, PurePosixPath

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
    """A file or folder that is not uploaded, and the REASON. PATH is within the site folder; a folder's ends in `/`.

    If it IS_UNREADABLE, nothing is known about it: not even whether it is still there.
    """

    path: str
    reason: Finding
    is_unreadable: bool = False

    @property
    def outcome(self) -> str:
        """Return the outcome: `failed` if nobody decided to leave it out."""
        return "failed" if self.is_unreadable else "ignored"

    def may_hide(self, key: str) -> bool:
        """Return whether the source KEY may be there although it was not found."""
        return self.is_unreadable and PurePosixPath(key).is_relative_to(self.path)


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
            yield _unreadable(f"{folder.relative_to(self.path).as_posix()}/", error)
            return
        for path in paths:
            yield from self._classify(path)

    def _classify(self, path: Path) -> Iterator[SourceFile | SkippedFile]:
        name = path.relative_to(self.path).as_posix()
        try:
            kind = _kind(path)
            reason = self._reason_to_skip(path, name, kind)
        except OSError as error:
            yield _unreadable(name, error)
            return
        if reason:
            yield SkippedFile(_printable(name) + "/" * (kind == stat.S_IFDIR), reason)
        elif kind == stat.S_IFDIR:
            yield from self._walk(path)
        else:
            yield SourceFile(name, path)

    def _reason_to_skip(self, path: Path, name: str, kind: int) -> Finding | None:
        """Return the reason not to upload the file of that KIND at PATH, None if it is uploaded."""
        if path.name.startswith("."):
            return Finding("The file is hidden: its name starts with a dot.", "Rename it to publish it.")
        if path.is_symlink():
            return self._reason_to_skip_link(path, kind)
        if kind not in {stat.S_IFDIR, stat.S_IFREG}:
            return Finding("It is a device, a pipe or a socket.", "Replace it with a file.")
        if name != _printable(name):
            return Finding("Its name is not UTF-8.", "Rename it: S3 accepts only UTF-8.")
        if len(name.encode()) > LONGEST_KEY:
            return Finding(f"Its path is longer than {LONGEST_KEY} bytes.", "Shorten it.")
        return None

    def _reason_to_skip_link(self, path: Path, kind: int) -> Finding | None:
        if not kind:
            return Finding("It is a link to a file that does not exist.", "Replace it with a file.")
        if not path.resolve().is_relative_to(self.path):
            return Finding("It is a link to a file outside the site folder.", "Replace it with a copy of the file.")
        if kind == stat.S_IFDIR:
            return Finding("It is a link to a folder of this site.", "Nothing to do: the folder itself is published.")
        return None


def _kind(path: Path) -> int:
    """Return the file type of what PATH leads to (`stat.S_IFMT`), 0 if there is nothing; raise OSError if unknown.

    `Path.is_dir` and `exists` answer no where it is unknown: in Python 3.12 to some errors, in 3.14 to all.
    """
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        if error.errno == ELOOP:  # a link to itself
            return 0
        raise


def _unreadable(path: str, error: OSError) -> SkippedFile:
    """Return the file or folder at PATH, at which ERROR was raised."""
    reason = Finding(f"It cannot be read: {error.strerror}.", "Give yourself the right to read it, or remove it.")
    return SkippedFile(_printable(path), reason, is_unreadable=True)


def _name(file: SourceFile | SkippedFile) -> str:
    return file.key if isinstance(file, SourceFile) else file.path


def _printable(path: str) -> str:
    """Return PATH with bytes that are not UTF-8 replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
