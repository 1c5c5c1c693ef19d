"""A file on this machine ▶ its key in the bucket: its path below the folder that holds `site.yaml`."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from dropcap.site.settings.model import SITE_KEY
from dropcap_cli.suggestions import did_you_mean_file
from dropcap_local.usage_error import UsageError


def site_above(path: Path) -> Path | None:
    """Return the nearest folder above PATH that holds a `site.yaml`."""
    return next((folder for folder in path.resolve().parents if (folder / SITE_KEY).is_file()), None)


def source_keys(files: Sequence[Path], to: str | None) -> dict[str, Path]:
    """Return FILES by their source keys: `site.yaml` first and posts last, so that no page is made twice.

    TO is a folder (with a slash at its end) or, for a single file, its key. Raise UsageError if a file has no key.
    """
    keys: dict[str, Path] = {}
    for path in files:
        key = _key(path, to, is_only=len(files) == 1)
        if keys.setdefault(key, path) != path:
            message = f"{path} and {keys[key]} would both be {key}. Publish them one by one, with --to."
            raise UsageError(message)
    return dict(sorted(keys.items(), key=lambda item: (item[0] != SITE_KEY, item[0].endswith((".md", ".markdown")))))


def key_or_path(path: str) -> str:
    """Return the source key that PATH means: that of an existing file or folder, else PATH itself."""
    local = Path(path)
    if path and local.exists() and (site := site_above(local)):
        return local.resolve().relative_to(site).as_posix()
    return PurePosixPath(path.removeprefix("content/")).as_posix() if path not in {"", "."} else ""


def _key(path: Path, to: str | None, *, is_only: bool) -> str:
    if not path.is_file():
        fault = "is a folder" if path.is_dir() else "does not exist"
        message = f"{path} {fault}. Name the files to publish.{did_you_mean_file(path)}"
        raise UsageError(message)
    if not os.access(path, os.R_OK):
        message = f"{path} cannot be read. Check its permissions."
        raise UsageError(message)
    if to is not None:
        return _key_in(to.removeprefix("content/"), path, is_only=is_only)
    site = site_above(path)
    if site is None:
        message = f"No folder above {path} holds a {SITE_KEY}. Name its place, as in --to posts/ or --to drafts/."
        raise UsageError(message)
    return path.resolve().relative_to(site).as_posix()


def _key_in(to: str, path: Path, *, is_only: bool) -> str:
    if to == "" or to.endswith("/"):
        return to.lstrip("/") + os.fsdecode(path.name)
    if not is_only:
        message = f"--to {to} names one file, but there are several. For a folder, type --to {to}/"
        raise UsageError(message)
    return to.lstrip("/")
