"""`dropcap status`: list what became of the uploads, or tell all about one."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dropcap.site.reports.report_text import report_text
from dropcap.site.reports.time_format import spoken
from dropcap_cli.outcomes import BAD, FileOutcome, counts, exit_code, for_programs, print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.bucket import ContentBucket
from dropcap_cli.remote.source_keys import key_or_path
from dropcap_cli.remote.stack_lookup import stack_meant

JSON = dict[str, Any]


def run(given: Namespace) -> int:
    """Tell what became of one source, or of all whose keys begin alike."""
    stack = stack_meant(given, Path(given.path or "."))
    bucket = stack.bucket
    path = key_or_path(given.path)
    report = bucket.report(path) if path else None
    if report:
        return _tell_one(report if given.json else stack.seen_from_here(report), as_json=given.json)
    with Waiting(sys.stderr) as waiting:
        found = list(_found(bucket, path, given.only, waiting))
    if path and not found and not given.only:
        return _tell_nothing(bucket, path, as_json=given.json)
    files = [FileOutcome.of_report(one["key"], one) for one in found]
    if given.json:
        print_json(for_programs(files))
    else:
        for one in found:
            print(line(stack.seen_from_here(one)))
        told = [f"{number} {outcome}" for outcome, number in counts(files).items() if number]
        print(f"{len(files)} files: {', '.join(told) or 'none'}")
    return exit_code(files)


def _found(bucket: ContentBucket, path: str, only: list[str] | None, waiting: Waiting) -> Iterator[JSON]:
    for number, report in enumerate(bucket.reports(path), 1):
        waiting.say(f"{number} reports read")
        if not only or report["outcome"] in only:
            yield report


def _tell_one(report: JSON, *, as_json: bool) -> int:
    if as_json:
        print_json(report)
    else:
        print(report_text(report), end="")
    return int(report["outcome"] in BAD)


def _tell_nothing(bucket: ContentBucket, path: str, *, as_json: bool) -> int:
    """Say why there is no report: it is on its way, or there is no such file."""
    if as_json:
        print_json(for_programs([]))
    elif bucket.has(path):
        print(f"{path} was uploaded, and there is no answer yet.")
    else:
        print(f"Nothing in the bucket is called {path}.")
    return 1


def line(report: JSON) -> str:
    """Give one line on REPORT: what became of the source, and where, when or why."""
    first = next((one["message"] for one in (*report["errors"], *report["warnings"])), "")
    why = {
        "published": report["url"],
        "draft": report["preview"],
        "scheduled": _on(report, "appears on", "publishes"),
        "expired": _on(report, "since", "expires"),
        "waiting": f"{report['taken_by']} has its address" if report["taken_by"] else "is being published",
    }.get(report["outcome"], first)
    return f"{report['outcome']:<9}  {report['key']}  {why or ''}".rstrip()


def _on(report: JSON, word: str, name: str) -> str:
    return f"{word} {spoken(report[name], report['zone'])}" if report[name] else ""
