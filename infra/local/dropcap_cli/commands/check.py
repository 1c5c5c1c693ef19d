"""`dropcap check`: validate files without uploading them."""

import json
from argparse import Namespace
from datetime import UTC, datetime

from dropcap_cli.check import check as check_file
from dropcap_cli.outcomes import FileOutcome, exit_code, files_json, print_json
from dropcap_local.events.function_logs import logging_to


def run(arguments: Namespace) -> int:
    """Validate files, and print the report that each would get."""
    now = arguments.now or datetime.now(UTC)
    with logging_to(None):
        reports = [check_file(path, now) for path in arguments.files]
    files = [
        FileOutcome.of_report(str(path), json.loads(report.for_programs()))
        for path, report in zip(arguments.files, reports, strict=True)
    ]
    if arguments.json:
        print_json(files_json(files))
    else:
        print("\n".join(report.for_people() for report in reports), end="")
    return exit_code(files)
