"""`dropcap restore`: restore removed files from the bucket's versions, after listing them.

A file is restored by a copy, as a new version on top of the deletion, on the condition that no file has its key: so the
history of the bucket stays true, S3 sends the event of any upload, and no existing file is changed. The folder that
`dropcap dev` serves is written first: a file that cannot be written there is listed again the next time.
"""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path

from dropcap.site.reports.visible import visible
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.bucket import ContentBucket, RemovedFile
from dropcap_cli.remote.source_keys import key_or_path
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_local.usage_error import UsageError, unfinished_once
from dropcap_local.whole_file import write_whole_file

NEWER = "a newer file exists"
"""The reason not to restore a file whose key is taken."""


def run(arguments: Namespace) -> int:
    """List the removed files, and restore them if the user agrees; return 1 if none is where PATH says."""
    if not arguments.path and arguments.since is None:
        raise UsageError("Name a file or a folder to restore, or a time with --since.")
    stack = find_stack(arguments, Path(arguments.path or "."))
    bucket, path = stack.bucket, key_or_path(arguments.path, stack.folder)
    with Waiting(sys.stderr) as waiting:
        waiting.say("Reading the versions")
        files = [file for file in bucket.removed(path, arguments.since) if _is_within(file.key, path)]
    if not arguments.json:
        _print_list(files)
    is_nowhere = bool(path) and not files
    if is_nowhere:
        print(
            f"No removed file is {path} or in that folder. List all with --since 180d; older versions are deleted.",
            file=sys.stderr,
        )
    is_wanted = bool(files) and (arguments.yes or (not arguments.json and _confirmed(files)))
    failures = _restore(bucket, files, stack.folder) if is_wanted else None
    if arguments.json:
        print_json({"restored": failures is not None, "files": [_file_json(file, failures) for file in files]})
    elif failures is not None:
        print(f"Restored: {len(files) - len(failures)} of {len(files)}.")
        for key, reason in failures.items():
            print(visible(f"  {key} was not restored: {reason}."))
    elif files:
        print("Nothing was changed. To restore the files, add --yes.")
    elif not path:
        print("No file was removed since then.")
    return int(is_nowhere or bool(failures))


def _is_within(key: str, path: str) -> bool:
    """Return whether KEY is PATH or in that folder: `posts/a` does not include `posts/ab.md`."""
    return path in {"", key} or key.startswith(path.rstrip("/") + "/")


def _print_list(files: Sequence[RemovedFile]) -> None:
    for file in files:
        removed = f"{file.removed.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        print(visible(f"{file.key}  {file.size:,} bytes, removed {removed}"))


def _confirmed(files: Sequence[RemovedFile]) -> bool:
    """Ask on a terminal; return False without one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return input(f"Restore {len(files)} files? [y/N] ").strip().lower() in {"y", "yes"}


def _restore(bucket: ContentBucket, files: Sequence[RemovedFile], folder: Path | None) -> dict[str, str]:
    """Restore FILES, also to the served FOLDER; return the reason for each that was not restored, by its key."""
    failures: dict[str, str] = {}
    restored = 0
    with unfinished_once(lambda: restored), Waiting(sys.stderr) as waiting:
        for number, file in enumerate(files, 1):
            waiting.say(f"Restoring {file.key}, {number} of {len(files)}")
            try:
                if _restore_file(bucket, file, folder):
                    restored += 1
                else:
                    failures[file.key] = NEWER
            except OSError as error:
                failures[file.key] = f"it cannot be written to {folder}: {error.strerror}"
    return failures


def _restore_file(bucket: ContentBucket, file: RemovedFile, folder: Path | None) -> bool:
    """Restore FILE to the served FOLDER, then in BUCKET; return False if a newer file has its key."""
    if folder is None:
        return bucket.restore(file)
    if bucket.has(file.key):
        return False
    is_written = _write_to(folder, file, bucket)
    with unfinished_once(lambda: is_written):
        return bucket.restore(file) or is_written  # `dropcap dev` may have uploaded the file that was written


def _write_to(folder: Path, file: RemovedFile, bucket: ContentBucket) -> bool:
    """Write FILE to the FOLDER that `dropcap dev` serves; return False if a file of that name is there."""
    path = folder / file.key
    if path.exists() or not path.resolve().is_relative_to(folder.resolve()):
        return False
    body = bucket.read_removed(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole_file(path, [body], is_new=True)
    return True


def _file_json(file: RemovedFile, failures: Mapping[str, str] | None) -> dict[str, object]:
    return {
        "path": file.key,
        "bytes": file.size,
        "version": file.version,
        "written": file.written.astimezone(UTC).isoformat(),
        "removed": file.removed.astimezone(UTC).isoformat(),
        "restored": failures is not None and file.key not in failures,
        "reason": failures.get(file.key) if failures else None,
    }
