"""Small folders of sources for the command line, one file for each outcome."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from dropcap_cli.cli import main

SOURCES = {
    "site.yaml": b"title: The Quiet Hour\nurl: https://quiet.example\ntimezone: Europe/Berlin\n",
    "posts/naps.md": b"---\ntitle: Why naps work\ndate: 2025-03-14\ntags: [sleep]\n---\nTwenty are **enough**.\n",
    "posts/walks.md": b"---\ntitle: Walks\ndate: 2025-03-15\n---\nSlowly, see [[naps]].\n",
    "posts/later.md": b"---\ntitle: Later\ndate: 2025-03-16\nslug: naps\n---\nThe same address as another's.\n",
    "posts/idea.md": b"---\ntitle: An idea\ndraft: true\n---\nNot yet.\n",
    "posts/broken.md": b"---\ntitle: [\n---\nNever closed.\n",
    "posts/photo.xyz": b"no text",
    ".hidden": b"nobody's business",
}
OUTCOMES = {
    "site.yaml": "published",
    "posts/naps.md": "published",
    "posts/walks.md": "published",
    "posts/later.md": "waiting",
    "posts/idea.md": "draft",
    "posts/broken.md": "refused",
    "posts/photo.xyz": "ignored",
    ".hidden": "ignored",
}
GOOD = ("site.yaml", "posts/naps.md", "posts/walks.md")


def site_folder(place: Path, *keys: str) -> Path:
    """Write the sources KEYS, by default all of them, to a folder in PLACE, and return that folder."""
    folder = place / "site"
    for key in keys or SOURCES:
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(SOURCES[key])
    return folder


@dataclass(frozen=True)
class Ran:
    """The result of a command: its exit CODE, its standard OUTPUT and ERROR."""

    code: int
    output: str
    error: str

    @property
    def account(self) -> dict[str, Any]:
        """Return the whole output, read as JSON."""
        read: dict[str, Any] = json.loads(self.output)
        return read


class CommandLine:
    """Runs `dropcap` in this process."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self._captured = captured

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run `dropcap` with ARGUMENTS; its progress is not shown, since that depends on the machine's speed."""
        try:
            with patch("dropcap_cli.progress.INTERVAL", math.inf):
                code = main([str(argument) for argument in arguments])
        except SystemExit as end:  # argparse ends the process itself
            code = int(end.code or 0)
        written = self._captured.readouterr()
        return Ran(code, written.out, written.err)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file in FOLDER, by its path there."""
    return {str(place.relative_to(folder)): place.read_bytes() for place in folder.rglob("*") if place.is_file()}
