"""A file on this machine ▶ its name in the bucket: its path below the folder that holds `site.yaml`."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from dropcap.site.settings.model import SITE_KEY
from dropcap_local.usage_error import UsageError


def site_above(place: Path) -> Path | None:
    """Give the nearest folder above PLACE that holds a `site.yaml`."""
    return next((folder for folder in place.resolve().parents if (folder / SITE_KEY).is_file()), None)


def source_keys(files: Sequence[Path], to: str | None) -> dict[str, Path]:
    """Give FILES by their source keys, `site.yaml` first and posts last, so that nothing is made twice.

    TO is a folder (with a slash at its end) or, for a single file, its key. Raises UsageError where there is none.
    """
    keys: dict[str, Path] = {}
    for place in files:
        key = _key(place, to, alone=len(files) == 1)
        if keys.setdefault(key, place) != place:
            message = f"{place} and {keys[key]} would both be {key}. Publish them one by one, with --to."
            raise UsageError(message)
    return dict(sorted(keys.items(), key=lambda one: (one[0] != SITE_KEY, one[0].endswith((".md", ".markdown")))))


def key_or_path(path: str) -> str:
    """Give the source key that PATH means: that of a file or folder here, or what is written."""
    place = Path(path)
    if path and place.exists() and (site := site_above(place)):
        return place.resolve().relative_to(site).as_posix()
    return PurePosixPath(path.removeprefix("content/")).as_posix() if path not in {"", "."} else ""


def _key(place: Path, to: str | None, *, alone: bool) -> str:
    if not place.is_file():
        kind = "is a folder" if place.is_dir() else "is not there"
        message = f"{place} {kind}. Name the files to publish."
        raise UsageError(message)
    if not os.access(place, os.R_OK):
        message = f"{place} cannot be read. See whether you may read it."
        raise UsageError(message)
    if to is not None:
        return _placed(place, to.removeprefix("content/"), alone=alone)
    site = site_above(place)
    if site is None:
        message = f"No folder above {place} holds a {SITE_KEY}. Say where it goes, as in --to posts/ or --to drafts/."
        raise UsageError(message)
    return place.resolve().relative_to(site).as_posix()


def _placed(place: Path, to: str, *, alone: bool) -> str:
    if to == "" or to.endswith("/"):
        return to.lstrip("/") + os.fsdecode(place.name)
    if not alone:
        message = f"--to {to} names one file, and several are given. For a folder, write --to {to}/"
        raise UsageError(message)
    return to.lstrip("/")
