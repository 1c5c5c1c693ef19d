"""`dropcap restore`: bring back what was removed from the bucket, shown before.

What it brings back it copies, as a new version on top of the deletion, on the condition that nothing is there: so the
history of the bucket stays true, S3 tells of it as of any upload, and nothing that exists now is touched.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.bucket import ContentBucket, Removed
from dropcap_cli.remote.source_keys import key_or_path
from dropcap_cli.remote.stack_lookup import stack_meant
from dropcap_local.usage_error import UsageError


def run(given: Namespace) -> int:
    """Show what could be brought back, and bring it back if that is what the person wants."""
    if not given.path and given.since is None:
        raise UsageError("Say what to bring back: a file, a folder, or all that was removed --since a time.")
    path = key_or_path(given.path)
    bucket = stack_meant(given, _here(given.path)).bucket
    with Waiting(sys.stderr) as waiting:
        waiting.say("Looking through the versions")
        found = [one for one in bucket.removed(path, given.since) if _is_within(one.key, path)]
    if not given.json:
        _show(found)
    wanted = bool(found) and (given.yes or (not given.json and _agrees(found)))
    kept = _bring_back(bucket, found) if wanted else None
    if given.json:
        print_json({"restored": kept is not None, "files": [_told(one, kept) for one in found]})
    elif kept is not None:
        print(f"Brought back: {len(found) - len(kept)} of {len(found)}.")
        for key in kept:
            print(f"  {key} was left alone: a newer file is there by now.")
    elif found:
        print("Nothing was changed. To bring them back, add --yes.")
    return int(bool(kept))


def _here(path: str) -> Path:
    return Path(path or ".")


def _is_within(key: str, path: str) -> bool:
    """Say whether KEY is PATH or lies in it: `posts/a` is not `posts/ab.md`."""
    return path in {"", key} or key.startswith(path.rstrip("/") + "/")


def _show(found: Sequence[Removed]) -> None:
    for one in found:
        print(f"{one.key}  {one.size:,} bytes, removed {one.removed.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")
    if not found:
        print("Nothing that was removed is left to be brought back.")


def _agrees(found: Sequence[Removed]) -> bool:
    """Ask, where there is somebody to ask."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return input(f"Bring back {len(found)} files? [y/N] ").strip().lower() in {"y", "yes"}


def _bring_back(bucket: ContentBucket, found: Sequence[Removed]) -> list[str]:
    """Bring back what was FOUND; give the keys that something else has by now."""
    kept: list[str] = []
    with Waiting(sys.stderr) as waiting:
        for number, one in enumerate(found, 1):
            waiting.say(f"Bringing back {one.key}, {number} of {len(found)}")
            if not bucket.bring_back(one):
                kept.append(one.key)
    return kept


def _told(one: Removed, kept: Sequence[str] | None) -> dict[str, object]:
    return {
        "path": one.key,
        "bytes": one.size,
        "version": one.version,
        "written": one.written.astimezone(UTC).isoformat(),
        "removed": one.removed.astimezone(UTC).isoformat(),
        "restored": kept is not None and one.key not in kept,
    }
