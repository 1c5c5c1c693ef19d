"""The digest of everything that a saved state depends on: a state is only read by what could have written it."""

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import dropcap
from dropcap_local.project import FUNCTIONS, PROJECT

_SUFFIXES: Final = (".py", ".yaml", ".txt", ".js", ".toml")


def code_version() -> str:
    """Return a digest, 64 hex digits, of Python's version, of libraries, and of every file that makes a local cloud.

    These are template.yaml and its nested templates, templates/, the functions, and the local cloud's own code. Of the
    libraries it reads names and versions: those of all that are installed.
    """
    whole = sha256("\n".join([sys.version, *_libraries()]).encode())
    for path in filter(Path.is_file, map(Path, sorted(set(_files())))):
        content = path.read_bytes()
        whole.update(f"{path} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _libraries() -> list[str]:
    """Return the names of the folders that describe the installed libraries, such as `moto-5.2.5.dist-info`."""
    return sorted(path.name for place in sys.path if place for path in Path(place).glob("*.dist-info"))


def _files() -> Iterator[str]:
    yield str(PROJECT / "template.yaml")
    yield from map(str, (PROJECT / "infra").glob("*.yaml"))
    yield from _below(PROJECT / "templates", suffixes=None)
    folders = {FUNCTIONS, Path(dropcap.__file__).parent, Path(__file__).parents[1]}
    for folder in folders:
        if folders.isdisjoint(folder.parents):
            yield from _below(folder, suffixes=_SUFFIXES)


def _below(folder: Path, suffixes: tuple[str, ...] | None) -> Iterator[str]:
    """Yield the files below FOLDER whose names end in one of SUFFIXES; `Path.rglob` takes five times as long."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{place}/{name}" for name in names if suffixes is None or name.endswith(suffixes))
