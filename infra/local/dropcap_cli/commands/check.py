"""`dropcap check`: say what an upload of each file would say."""

import json
from argparse import Namespace
from datetime import UTC, datetime

from dropcap_cli.check import check as check_file
from dropcap_cli.outcomes import FileOutcome, exit_code, for_programs, print_json
from dropcap_local.events.function_logs import logging_to


def run(given: Namespace) -> int:
    """Say what an upload of each file would say."""
    now = given.now or datetime.now(UTC)
    with logging_to(None):
        reports = [check_file(place, now) for place in given.files]
    files = [
        FileOutcome.of_report(str(place), json.loads(told.for_programs()))
        for place, told in zip(given.files, reports, strict=True)
    ]
    if given.json:
        print_json(for_programs(files))
    else:
        print("\n".join(told.for_people() for told in reports), end="")
    return exit_code(files)
