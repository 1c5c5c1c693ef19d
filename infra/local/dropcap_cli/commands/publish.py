"""`dropcap publish`: upload files and wait for their reports."""

import sys
from argparse import Namespace
from datetime import UTC, datetime

from dropcap.errors import Finding
from dropcap.site.reports.report_text import report_text
from dropcap.site.reports.visible import visible
from dropcap_cli.commands.check import check_files
from dropcap_cli.outcomes import FileOutcome, exit_code, files_json, finding_json, print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.bucket import ContentBucket
from dropcap_cli.remote.report_polling import JSON, Upload, reports_on, upload_all
from dropcap_cli.remote.source_keys import named_files, skipped_files, source_keys
from dropcap_cli.remote.stack_lookup import find_stack
from dropcap_local.usage_error import UsageError, unfinished_once

UNANSWERED = "unanswered"
"""The outcome of a file without a report."""


def run(arguments: Namespace) -> int:
    """Upload files, and print the report on each."""
    named, skipped = named_files(arguments.files), skipped_files(arguments.files)
    if not named and not exit_code(skipped):
        raise UsageError(f"{arguments.files[0]} has no files to publish.")
    if arguments.dry_run:
        keys = source_keys(named, arguments.to)
        return check_files(named, datetime.now(UTC), keys, skipped=skipped, as_json=arguments.json)
    stack = find_stack(arguments, arguments.files[0])
    files = source_keys(named, arguments.to, stack.folder)
    uploads: list[Upload] = []
    not_uploaded: list[FileOutcome] = []
    with unfinished_once(lambda: uploads), Waiting(sys.stderr) as waiting:
        for upload in upload_all(stack.bucket, files):
            if isinstance(upload, FileOutcome):
                not_uploaded.append(upload)
                continue
            uploads.append(upload)
            waiting.say(f"Uploaded {upload.key}, {len(uploads)} of {len(files)}")
        reports = _wait(stack.bucket, uploads, arguments.timeout, waiting)
    outcomes = [
        _outcome(str(files[upload.key]), upload, reports.get(upload.key), arguments.timeout) for upload in uploads
    ]
    not_uploaded += skipped
    if arguments.json:
        print_json(files_json([*outcomes, *not_uploaded]))
    else:
        local = {key: stack.with_local_urls(report) for key, report in reports.items()}
        texts = [_text(upload, outcome, local) for upload, outcome in zip(uploads, outcomes, strict=True)]
        texts += ["".join(f"{line}\n" for line in outcome.text_lines()) for outcome in not_uploaded]
        print("\n".join(texts), end="")
    return 1 if _is_incomplete(outcomes, arguments.timeout) else exit_code([*outcomes, *not_uploaded])


def _wait(bucket: ContentBucket, uploads: list[Upload], timeout: float, waiting: Waiting) -> dict[str, JSON]:
    """Return the reports that arrive within TIMEOUT seconds, by source key."""
    reports: dict[str, JSON] = {}
    if timeout <= 0:
        return reports
    waiting.say(_remaining(uploads, reports))
    for key, report in reports_on(bucket, uploads, timeout):
        reports[key] = report
        waiting.say(_remaining(uploads, reports))
    return reports


def _remaining(uploads: list[Upload], reports: dict[str, JSON]) -> str:
    keys = [upload.key for upload in uploads if upload.key not in reports]
    return f"Waiting for the report on {keys[0]}{f' and {len(keys) - 1} more' if keys[1:] else ''}" if keys else "Done"


def _outcome(path: str, upload: Upload, report: JSON | None, timeout: float) -> FileOutcome:
    if report:
        return FileOutcome.of_report(path, report)
    reason = f"No report arrived within {timeout:g} seconds." if timeout else "Uploaded; the report was not waited for."
    remedy = f"Check later with: dropcap status {upload.key}"
    return FileOutcome(path, UNANSWERED, warnings=(finding_json(Finding(reason, remedy)),))


def _text(upload: Upload, outcome: FileOutcome, reports: dict[str, JSON]) -> str:
    if upload.key in reports:
        return report_text(reports[upload.key])
    warning = outcome.warnings[0]
    return visible(f"{upload.key}: {warning['message']}") + "\n" + visible(f"  {warning['remedy']}") + "\n"


def _is_incomplete(outcomes: list[FileOutcome], timeout: float) -> bool:
    """Return whether a file waits for its URL, or for a report that should have arrived."""
    names = {outcome.outcome for outcome in outcomes}
    return "waiting" in names or (UNANSWERED in names and timeout > 0)
