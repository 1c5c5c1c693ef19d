"""One archive of the package that all functions have; the SAM CLI would compress the same folder for each function."""

import re
import zipfile
from pathlib import Path
from typing import Final

ARCHIVE: Final = "functions.zip"
_FOLDER: Final = re.compile(r"^( +CodeUri: )(\w+Function)$", re.MULTILINE)
_READABLE: Final = 0o100755 << 16
"""The mode of every file in the archive, as the SAM CLI sets it."""


def share_archive(build: Path) -> None:
    """Archive the functions' folder in BUILD, where `sam build` writes, and name the archive in the built template.

    Equal files make equal bytes, whenever they were built: then `sam deploy` uploads nothing. A template whose
    functions have several folders is left as it is.
    """
    template = build / "template.yaml"
    text = template.read_text(encoding="utf-8")
    folders = {match[2] for match in _FOLDER.finditer(text)}
    if len(folders) != 1:
        return
    _write_archive(build / folders.pop(), build / ARCHIVE)
    template.write_text(_FOLDER.sub(rf"\g<1>{ARCHIVE}", text), encoding="utf-8")


def _write_archive(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())  # dated 1980
            entry.create_system = 3  # Unix: without it the mode has no meaning
            entry.external_attr = _READABLE
            target.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
