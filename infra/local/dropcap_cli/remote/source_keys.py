"""A file on this machine ▶ its key in the bucket: its path below the folder of the site."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.outcomes import FileOutcome
from dropcap_cli.site_folder import SiteFolder, SkippedFile, SourceFile
from dropcap_cli.suggestions import did_you_mean_file
from dropcap_local.usage_error import UsageError

TEXTS = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that was named, or that is in a FOLDER that was named."""

    path: Path
    folder: Path | None = None

    @property
    def site(self) -> Path | None:
        """Return the site folder: the nearest one above with a `site.yaml`, else the FOLDER."""
        return site_above(self.path) or self.folder


def site_above(path: Path) -> Path | None:
    """Return the nearest folder above PATH that holds a `site.yaml`."""
    return next((folder for folder in path.resolve().parents if (folder / SITE_KEY).is_file()), None)


def named_files(paths: Sequence[Path]) -> list[NamedFile]:
    """Return the files that PATHS name, in their order; of a folder, those that `dropcap build` would upload.

    Raise UsageError if a file does not exist or cannot be read.
    """
    return [file for path in paths for file in _expanded(path)]


def skipped_files(paths: Sequence[Path]) -> list[FileOutcome]:
    """Return the outcome of each file or folder that is not uploaded although it is in a folder of PATHS."""
    return [
        FileOutcome.not_uploaded(str(path / file.path), file.reason, file.outcome)
        for path in paths
        if path.is_dir()
        for file in SiteFolder(path).files()
        if isinstance(file, SkippedFile)
    ]


def source_keys(files: Sequence[NamedFile], to: str | None, served: Path | None = None) -> dict[str, Path]:
    """Return FILES by their source keys: `site.yaml` first and posts last, so that no page is made twice.

    TO is a folder (with a slash at its end) or, for a single file, its key. SERVED is the folder of a local cloud: its
    files have their path there as their key. Raise UsageError if a file has no key.
    """
    keys: dict[str, Path] = {}
    for file in files:
        key = _key(file, to, served, is_only=len(files) == 1)
        if keys.setdefault(key, file.path) != file.path:
            message = f"{file.path} and {keys[key]} would both be {key}. Publish them one by one, with --to."
            raise UsageError(message)
    return dict(sorted(keys.items(), key=lambda item: (item[0] != SITE_KEY, item[0].endswith(TEXTS))))


def key_or_path(path: str, served: Path | None = None) -> str:
    """Return the source key that PATH means: that of an existing or absolute path, else PATH itself."""
    local = Path(path)
    if path and (local.exists() or local.is_absolute()) and (site := _served(local, served) or site_above(local)):
        return local.resolve().relative_to(site).as_posix()
    return PurePosixPath(path.removeprefix("content/")).as_posix() if path not in {"", "."} else ""


def _expanded(path: Path) -> Iterator[NamedFile]:
    if path.is_dir():
        folder = SiteFolder(path)
        yield from (NamedFile(file.path, folder.path) for file in folder.files() if isinstance(file, SourceFile))
        return
    if not path.is_file():
        message = f"{path} does not exist. Name files or folders.{did_you_mean_file(path)}"
        raise UsageError(message)
    if not os.access(path, os.R_OK):
        message = f"{path} cannot be read. Check its permissions."
        raise UsageError(message)
    yield NamedFile(path)


def _key(file: NamedFile, to: str | None, served: Path | None, *, is_only: bool) -> str:
    if to is not None:
        return _key_in(to.removeprefix("content/"), file, is_only=is_only)
    site = _served(file.path, served) or file.site
    if site is None:
        remedy = "Name its folder in the bucket, as in --to posts/ or --to drafts/."
        raise UsageError(f"No folder above {file.path} contains a {SITE_KEY}. {remedy}")
    return file.path.resolve().relative_to(site.resolve()).as_posix()


def _served(path: Path, served: Path | None) -> Path | None:
    return served if served and path.resolve().is_relative_to(served) else None


def _key_in(to: str, file: NamedFile, *, is_only: bool) -> str:
    if to == "" or to.endswith("/"):
        name = file.path.relative_to(file.folder).as_posix() if file.folder else os.fsdecode(file.path.name)
        return to.lstrip("/") + name
    if not is_only:
        message = f"--to {to} names one file, but there are several. For a folder, type --to {to}/"
        raise UsageError(message)
    return to.lstrip("/")
