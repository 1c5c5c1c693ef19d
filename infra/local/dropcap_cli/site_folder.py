"""A folder of sources on this machine: which of its files are uploaded, and why the others are not."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dropcap.errors import Finding
from dropcap.site.settings.model import SITE_KEY
from dropcap_local.usage_error import UsageError

LONGEST_KEY = 900
"""Bytes of a source key: S3 takes 1,024, and `history/` and `.json` come on top."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is uploaded from PLACE under the source key KEY, which is its path within the folder."""

    key: str
    place: Path


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or a folder that is not uploaded, and why. PATH is within the folder; a folder's ends in `/`."""

    path: str
    reason: Finding


class SiteFolder:
    """A site: `site.yaml` at its top and posts below, or posts only."""

    def __init__(self, place: Path) -> None:
        """Take the folder at PLACE; raise UsageError where there is none."""
        if not place.is_dir():
            message = f"{place} is not a folder. Name the folder that holds your posts."
            raise UsageError(message)
        self.place = place.resolve()

    def files(self) -> Iterator[Source | LeftOut]:
        """Give every file: `site.yaml` first, so that nothing is made under other settings, then by path."""
        found = sorted(self._walk(self.place), key=_path)
        return iter(sorted(found, key=lambda one: _path(one) != SITE_KEY))

    def _walk(self, folder: Path) -> Iterator[Source | LeftOut]:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield from self._look(Path(entry.path))

    def _look(self, place: Path) -> Iterator[Source | LeftOut]:
        path = place.relative_to(self.place).as_posix()
        is_folder = place.is_dir()
        reason = self._reason(place, path)
        if reason:
            yield LeftOut(_readable(path) + "/" * is_folder, reason)
        elif is_folder:
            yield from self._walk(place)
        else:
            yield Source(path, place)

    def _reason(self, place: Path, path: str) -> Finding | None:
        """Give the reason to leave out what is at PLACE."""
        if place.name.startswith("."):
            return Finding("It is hidden: its name starts with a dot.", "Rename it if it is meant to be published.")
        if place.is_symlink():
            return self._reason_of_link(place)
        if not place.is_dir() and not place.is_file():
            return Finding("It is no file but a device, a pipe or a socket.", "Put a file in its place.")
        if path != _readable(path):
            return Finding("Its name is not UTF-8.", "Rename it: S3 takes no other names.")
        if len(path.encode()) > LONGEST_KEY:
            return Finding(f"Its path has more than {LONGEST_KEY} bytes.", "Give it a shorter one.")
        return None

    def _reason_of_link(self, place: Path) -> Finding | None:
        if not place.exists():
            return Finding("It is a link that leads to nothing.", "Put a file in its place.")
        if not place.resolve().is_relative_to(self.place):
            return Finding("It is a link that leaves the folder.", "Put a copy of the file in its place.")
        if place.is_dir():
            return Finding(
                "It is a link to another folder of this site.", "The files are published from where they are."
            )
        return None


def _path(one: Source | LeftOut) -> str:
    return one.key if isinstance(one, Source) else one.path


def _readable(path: str) -> str:
    """Give PATH with what is not UTF-8 replaced, so that it can be printed."""
    return os.fsencode(path).decode("utf-8", "replace")
