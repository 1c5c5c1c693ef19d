"""A folder that Dropcap writes: never outside of it, and never over anybody else's files.

A marker file lists what was written, so that the next run takes away just that. Files beside it stay.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from dropcap_local.usage_error import UsageError

MARKER = ".dropcap-wrote.json"
LONGEST_NAME = 255
"""Bytes of a file's name on the file systems that people have."""


class OutputFolder:
    """The folder at PLACE, which need not exist yet."""

    def __init__(self, place: Path) -> None:
        """Take the folder; raise UsageError where PLACE is a file, or a folder with files that we did not write."""
        self.place = place.resolve()
        if place.exists() and not place.is_dir():
            message = f"{place} is a file. Name a folder, or one that does not exist yet."
            raise UsageError(message)
        self._ours = self._listed()
        if self._ours is None and self.place.is_dir() and any(self.place.iterdir()):
            message = f"{place} is not empty, and Dropcap did not write it. Name an empty folder, or a new one."
            raise UsageError(message)

    def keep_apart_from(self, site: Path) -> None:
        """Raise UsageError where this folder is SITE, within it or around it: what is written is no source."""
        if self.place.is_relative_to(site) or site.is_relative_to(self.place):
            message = f"{self.place} and {site} are one folder, or one is within the other. Choose a folder elsewhere."
            raise UsageError(message)

    def replace(self, files: Mapping[str, bytes]) -> list[str]:
        """Hold FILES, by their name, instead of what was written before; give the names that could not be written.

        A name cannot be written where another one needs a folder of that name. Raises UsageError where somebody
        else's file is in the way.
        """
        folders = {str(parent) for name in files for parent in PurePosixPath(name).parents}
        wanted = {name: files[name] for name in sorted(files) if name not in folders}
        before = set(self._ours or ())
        strangers = [name for name in wanted if name not in before and self._target(name).exists()]
        if strangers:
            message = f"{self._target(strangers[0])} is in the way, and Dropcap did not write it. Move it elsewhere."
            raise UsageError(message)
        try:
            self._make_true(wanted, before)
        except OSError as error:
            message = f"{self.place} cannot be written: {error.strerror}. Name a folder where you may write."
            raise UsageError(message) from error
        return sorted(files.keys() - wanted.keys())

    def _make_true(self, wanted: Mapping[str, bytes], before: set[str]) -> None:
        """Hold WANTED instead of BEFORE; the marker lists at every moment all that is ours."""
        self._list(before | wanted.keys())
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
        """Remove the file NAME, and the folders that are empty then."""
        target = self._target(name)
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == self.place or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()

    def _target(self, name: str) -> Path:
        """Give the place of the file NAME; raise UsageError where a link would lead elsewhere."""
        target = self.place / name
        if not target.resolve().is_relative_to(self.place) or target.is_symlink():
            message = f"{target} leads out of {self.place}. Remove the link."
            raise UsageError(message)
        return target

    def _listed(self) -> list[str] | None:
        """Give what the marker lists; None where there is no marker."""
        marker = self.place / MARKER
        if not marker.is_file():
            return None
        try:
            return [str(name) for name in json.loads(marker.read_bytes())["files"]]
        except (ValueError, KeyError, TypeError) as error:
            message = f"{marker} is damaged. Remove the folder, or name another one."
            raise UsageError(message) from error

    def _list(self, names: Iterable[str]) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        listed = {"files": sorted(names), "written_by": "dropcap"}
        (self.place / MARKER).write_text(json.dumps(listed, indent=1, sort_keys=True) + "\n")


def file_name(key: str) -> str:
    """Give the file that holds the object KEY: KEY itself, except where a file system would take it for something else.

    Segments of dots, empty ones and NUL are percent-encoded, and too long ones are cut and told apart by a digest.
    """
    return "/".join(_segment(part) for part in key.split("/"))


def _segment(part: str) -> str:
    if part in {"", ".", "..", MARKER}:
        return part.replace(".", "%2E") or "%2F"
    named = part.replace("\0", "%00")
    if len(named.encode()) <= LONGEST_NAME:
        return named
    short = named.encode()[: LONGEST_NAME - 40].decode("utf-8", "ignore")
    return f"{short}~{sha256(named.encode()).hexdigest()[:32]}"
