"""`dropcap import`: convert the export of another system to a site folder."""

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from dropcap.site.reports.visible import visible
from dropcap_cli.importers import ghost, medium, substack, wordpress
from dropcap_cli.importers.archive import Archive
from dropcap_cli.importers.export import Export
from dropcap_cli.importers.old_links import host_of
from dropcap_cli.importers.pictures import Pictures, download
from dropcap_cli.importers.writer import SKIPPED, WRITTEN, ImportedFile, write
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_local.usage_error import UsageError, unfinished_once

READERS: Final[dict[str, Callable[[Archive], Export]]] = {
    "ghost": ghost.read,
    "wordpress": wordpress.read,
    "substack": substack.read,
    "medium": medium.read,
}


def run(arguments: Namespace) -> int:
    """Import an export, and print what could not be carried over."""
    folder = arguments.folder
    if folder.exists() and not folder.is_dir():
        message = f"{folder} is a file. Name a folder, or one that does not exist yet."
        raise UsageError(message)
    archive = Archive(arguments.export)
    export = READERS[arguments.format](archive)
    old_url = arguments.old_url or ""
    export = replace(export, hosts=export.hosts | host_of(old_url))
    pictures = Pictures(folder, archive, download if arguments.download else None, old_url)
    files: list[ImportedFile] = []
    with unfinished_once(lambda: pictures.written or any(file.outcome == WRITTEN for file in files)):
        try:
            with Waiting(sys.stderr) as waiting:
                files.extend(write(export, folder, pictures, waiting.say))
        except OSError as error:
            message = f"{folder} cannot be written: {error.strerror}. Make room, or name another folder."
            raise UsageError(message) from error
    if arguments.json:
        print_json(_json(files, pictures.written, export.notes))
    else:
        _print(files, pictures.written, export.notes, folder)
    return int(any(file.outcome == SKIPPED for file in files))


def _json(files: list[ImportedFile], pictures: int, notes: tuple[str, ...]) -> dict[str, object]:
    return {
        **{outcome: sum(file.outcome == outcome for file in files) for outcome in (WRITTEN, SKIPPED)},
        "pictures": pictures,
        "notes": list(notes),
        "files": [
            {"path": file.path, "title": file.title, "outcome": file.outcome, "notes": list(file.notes)}
            for file in files
        ],
    }


def _print(files: list[ImportedFile], pictures: int, notes: tuple[str, ...], folder: Path) -> None:
    for file in files:
        if file.notes:
            print(visible(f"{file.path}: {file.outcome}"))
        for note in file.notes:
            print(visible(f"  {note}"))
    for note in notes:
        print(visible(f"note: {note}"))
    written = sum(file.outcome == WRITTEN for file in files)
    skipped = len(files) - written
    kept = f", {skipped} skipped because they exist" if skipped else ""
    counts = (
        f"{written} {'file' if written == 1 else 'files'} and {pictures} {'picture' if pictures == 1 else 'pictures'}"
    )
    print(f"{counts} written to {folder}{kept}. To see the site: dropcap dev {folder}")
