"""`dropcap check`: validate files without uploading them."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from dropcap_cli.check import check as check_file
from dropcap_cli.outcomes import FileOutcome, exit_code, files_json, files_text, print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.source_keys import NamedFile, named_files, skipped_files
from dropcap_local.events.function_logs import logging_to


def run(arguments: Namespace) -> int:
    """Validate files, and print the report that each would get."""
    named, skipped = named_files(arguments.files), skipped_files(arguments.files)
    return check_files(named, arguments.now or datetime.now(UTC), skipped=skipped, as_json=arguments.json)


def check_files(
    named: Sequence[NamedFile],
    now: datetime,
    keys: Mapping[str, Path] | None = None,
    *,
    skipped: Sequence[FileOutcome],
    as_json: bool,
) -> int:
    """Print the reports that uploads of NAMED files would get NOW, and return the exit code.

    KEYS are the source keys for an upload, where they are not those of the site folder. SKIPPED files are not uploaded.
    """
    key_of = {path: key for key, path in (keys or {}).items()}
    with logging_to(None), Waiting(sys.stderr) as waiting:
        files, texts = [], []
        for number, file in enumerate(named, 1):
            waiting.say(f"Checking {file.path}, {number} of {len(named)}")
            path = key_of.get(file.path, str(file.path))
            try:
                report = check_file(file.path, now, file.site, key_of.get(file.path))
            except OSError as error:
                files.append(FileOutcome.unreadable(path, error))
                texts.append("".join(f"{line}\n" for line in files[-1].text_lines()))
            else:
                files.append(FileOutcome.of_report(path, json.loads(report.for_programs())))
                texts.append(report.for_people())
    files += skipped
    if as_json:
        print_json(files_json(files))
    elif skipped or any(file.folder for file in named):
        print("\n".join(files_text(files)))
    else:
        print("\n".join(texts), end="")
    return exit_code(files)
