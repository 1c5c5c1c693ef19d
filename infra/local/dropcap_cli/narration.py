"""What `dropcap dev` and `dropcap demo` say: one line a hop, one line a report, and where to look."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

from dropcap.site.reports.report import WAITING
from dropcap_local.clients import ENVIRONMENT
from dropcap_local.events.calls import Phase

CREDENTIALS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION")


class Narration:
    """Writes to STREAM what happens, with the seconds since it began."""

    def __init__(self, stream: TextIO, *, hops: bool) -> None:
        """Tell of every hop if HOPS."""
        self._stream = stream
        self._hops = hops
        self._began = perf_counter()
        self._told: dict[str, tuple[str, str]] = {}

    def say(self, line: str = "") -> None:
        """Write a line at once, even into a pipe."""
        print(line, file=self._stream, flush=True)

    def hop(self, function: str, summary: str, seconds: float) -> None:
        """Tell that FUNCTION worked for so many SECONDS on what SUMMARY says."""
        if self._hops:
            self._tell(f"{function.removesuffix('Function').lower():<9} {summary:<36} {seconds * 1000:6.0f} ms")

    def call(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        """Tell of a report that a function is about to write, unless it says what the last one said."""
        key = str(parameters.get("Key", ""))
        is_report = key.startswith("reports/") and key.endswith(".json")
        if (service, operation, phase) == ("s3", "PutObject", "before") and is_report:
            self._report(json.loads(parameters["Body"]))

    def _report(self, report: Mapping[str, Any]) -> None:
        told = report["outcome"], report["etag"]
        is_on_its_way = report["outcome"] == WAITING and report["taken_by"] is None
        if is_on_its_way or self._told.get(report["key"]) == told:
            return
        self._told[report["key"]] = told
        self._tell(f"{report['outcome']:<9} {report['key']}")
        for one in report["errors"]:
            line = f"line {one['line']}: " if one["line"] else ""
            self._tell(f"{'':<9} {line}{one['message']} {one['remedy']}")

    def _tell(self, text: str) -> None:
        self.say(f"{perf_counter() - self._began:8.3f} s  {text}")


def copy_command(endpoint: str, bucket: str, file: Path) -> str:
    """Give the line that uploads FILE to BUCKET at ENDPOINT with the AWS CLI."""
    credentials = " ".join(f"{name}={ENVIRONMENT[name]}" for name in CREDENTIALS)
    return f"{credentials} {_aws()} s3 cp --endpoint-url {endpoint} {file} s3://{bucket}/content/posts/{file.name}"


def _aws() -> str:
    """Name the AWS CLI of this Python, as short as the present folder allows, or whichever is on the path."""
    here = Path(sys.executable).parent / "aws"
    if not here.is_file():
        return "aws"
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)
