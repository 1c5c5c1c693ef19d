"""`dropcap status`: list the status of all uploads, or show the report on one file."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dropcap.site.reports.report_text import report_text
from dropcap.site.reports.time_format import spoken
from dropcap.site.reports.visible import visible
from dropcap_cli.outcomes import BAD, FileOutcome, counts_text, exit_code, files_json, print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.bucket import ContentBucket
from dropcap_cli.remote.rollout import rollout_of
from dropcap_cli.remote.source_keys import key_or_path
from dropcap_cli.remote.stack_lookup import find_stack

JSON = dict[str, Any]


def run(arguments: Namespace) -> int:
    """Show the report on one source, or list all sources whose keys begin with a path."""
    stack = find_stack(arguments, Path(arguments.path or "."))
    bucket = stack.bucket
    path = key_or_path(arguments.path, stack.folder)
    report = bucket.report(path) if path else None
    if report:
        return _print_report(report if arguments.json else stack.with_local_urls(report), as_json=arguments.json)
    with Waiting(sys.stderr) as waiting:
        reports = list(_reports(bucket, path, arguments.only, waiting))
    if path and not reports and not arguments.only:
        return _print_missing(bucket, path, as_json=arguments.json)
    files = [FileOutcome.of_report(report["key"], report) for report in reports]
    rollout = None if path else rollout_of(stack)
    if arguments.json:
        print_json({**files_json(files), "rollout": rollout.to_json() if rollout else None})
    else:
        for report in reports:
            print(line(stack.with_local_urls(report)))
        print(counts_text(files))
        if rollout:
            print(rollout.text())
    return exit_code(files)


def _reports(bucket: ContentBucket, path: str, only: list[str] | None, waiting: Waiting) -> Iterator[JSON]:
    for number, report in enumerate(bucket.reports(path), 1):
        waiting.say(f"{number} reports read")
        if not only or report["outcome"] in only:
            yield report


def _print_report(report: JSON, *, as_json: bool) -> int:
    if as_json:
        print_json(report)
    else:
        print(report_text(report), end="")
    return int(report["outcome"] in BAD)


def _print_missing(bucket: ContentBucket, path: str, *, as_json: bool) -> int:
    """Print why there is no report: the file is being processed, or does not exist."""
    if as_json:
        print_json(files_json([]))
    elif bucket.has(path):
        print(visible(f"{path} was uploaded, but there is no report yet."))
    else:
        print(visible(f"There is no file {path} in the bucket."))
    return 1


def line(report: JSON) -> str:
    """Return one line on REPORT: the outcome, the source, and its URL, time or first finding."""
    first = next((finding["message"] for finding in (*report["errors"], *report["warnings"])), "")
    detail = {
        "published": report["url"],
        "draft": report["preview"],
        "scheduled": _time(report, "appears on", "publishes"),
        "expired": _time(report, "since", "expires"),
        "waiting": f"{report['taken_by']} has its URL" if report["taken_by"] else "is being published",
    }.get(report["outcome"], first)
    return visible(f"{report['outcome']:<9}  {report['key']}  {detail or ''}".rstrip())


def _time(report: JSON, word: str, name: str) -> str:
    return f"{word} {spoken(report[name], report['zone'])}" if report[name] else ""
