"""`dropcap publish`: upload files, and wait for the answer."""

import sys
from argparse import Namespace

from dropcap.errors import Finding
from dropcap.site.reports.report_text import report_text
from dropcap_cli.outcomes import FileOutcome, exit_code, finding, for_programs, print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.bucket import ContentBucket
from dropcap_cli.remote.report_polling import JSON, Upload, answers, uploaded
from dropcap_cli.remote.source_keys import source_keys
from dropcap_cli.remote.stack_lookup import stack_meant

UNANSWERED = "unanswered"


def run(given: Namespace) -> int:
    """Upload files, and tell what became of them."""
    files = source_keys(given.files, given.to)
    stack = stack_meant(given, given.files[0])
    bucket = stack.bucket
    with Waiting(sys.stderr) as waiting:
        uploads = []
        for upload in uploaded(bucket, files):
            uploads.append(upload)
            waiting.say(f"Uploaded {upload.key}, {len(uploads)} of {len(files)}")
        reports = _answers(bucket, uploads, given.timeout, waiting)
    outcomes = [_outcome(str(files[one.key]), one, reports.get(one.key), given.timeout) for one in uploads]
    if given.json:
        print_json(for_programs(outcomes))
    else:
        seen = {key: stack.seen_from_here(report) for key, report in reports.items()}
        print("\n".join(_text(upload, one, seen) for upload, one in zip(uploads, outcomes, strict=True)), end="")
    waits = any(one.outcome == "waiting" or (one.outcome == UNANSWERED and given.timeout) for one in outcomes)
    return 1 if waits else exit_code(outcomes)


def _answers(bucket: ContentBucket, uploads: list[Upload], timeout: float, waiting: Waiting) -> dict[str, JSON]:
    """Give the reports that come in time, by source key."""
    reports: dict[str, JSON] = {}
    if timeout <= 0:
        return reports
    waiting.say(_left(uploads, reports))
    for key, report in answers(bucket, uploads, timeout):
        reports[key] = report
        waiting.say(_left(uploads, reports))
    return reports


def _left(uploads: list[Upload], reports: dict[str, JSON]) -> str:
    left = [one.key for one in uploads if one.key not in reports]
    return f"Waiting for the answer on {left[0]}{f' and {len(left) - 1} more' if left[1:] else ''}" if left else "Done"


def _outcome(path: str, upload: Upload, report: JSON | None, timeout: float) -> FileOutcome:
    if report:
        return FileOutcome.of_report(path, report)
    late = f"No answer came within {timeout:g} seconds." if timeout else "It was uploaded, and nobody waited."
    remedy = f"Ask again with: dropcap status {upload.key}"
    return FileOutcome(path, UNANSWERED, warnings=(finding(Finding(late, remedy)),))


def _text(upload: Upload, one: FileOutcome, reports: dict[str, JSON]) -> str:
    if upload.key in reports:
        return report_text(reports[upload.key])
    told = one.warnings[0]
    return f"{upload.key}: {told['message']}\n  {told['remedy']}\n"
