"""The output of `dropcap dev` and `dropcap demo`: start-up, reports on files, and with `--verbose` each step."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, TextIO

from dropcap.site.reports.visible import visible

if TYPE_CHECKING:
    from dropcap_cli.progress import BuildProgress
    from dropcap_local.cloud import LocalCloud
    from dropcap_local.events.calls import Phase

JSON = Mapping[str, Any]


@dataclass(slots=True)
class FunctionWork:
    """How often a function was called, for how many events, and for how many SECONDS."""

    calls: int = 0
    events: int = 0
    seconds: float = 0.0


class Narration:
    """Writes events to a stream. During the start it only counts them, unless VERBOSE."""

    def __init__(self, stream: TextIO, *, verbose: bool) -> None:
        """Write to STREAM; print every step if VERBOSE."""
        self._stream = stream
        self._verbose = verbose
        self._began = perf_counter()
        self._is_starting = True
        self._outcomes: dict[str, JSON] = {}
        self._work: dict[str, FunctionWork] = {}

    def say(self, line: str = "") -> None:
        """Write LINE at once, into a pipe too."""
        print(visible(line), file=self._stream, flush=True)

    @contextmanager
    def progress(self, files: int, cloud: "LocalCloud") -> "Iterator[BuildProgress]":
        """Show the progress of publishing so many FILES to CLOUD in this block."""
        from dropcap_cli.progress import BuildProgress  # noqa: PLC0415  # a warm start serves pages before it needs rich

        with BuildProgress(self._stream) as progress:
            cloud.on_hop.append(progress.hop)
            progress.begin(files)
            try:
                yield progress
            finally:
                cloud.on_hop.remove(progress.hop)

    def phase(self, text: str) -> None:
        """Write that a phase of the start has ended, with the seconds since the beginning."""
        self.say(f"{text:<60} {perf_counter() - self._began:6.1f} s")

    def started(self) -> None:
        """Write a line for each function that worked, and one that counts the files by outcome."""
        for function, work in self._work.items():
            self.say(f"  {function:<9} {work.events:5d} events in {work.calls:4d} calls, {work.seconds:5.1f} s")
        counted = Counter(report["outcome"] for report in self._outcomes.values())
        self.phase(f"Files: {', '.join(f'{number} {outcome}' for outcome, number in counted.items()) or 'none'}")
        self._is_starting = False

    def hop(self, function: str, summary: str, seconds: float) -> None:
        """Count a call of FUNCTION, which took SECONDS for the events in SUMMARY; print it if verbose."""
        name = function.removesuffix("Function").lower()
        work = self._work.setdefault(name, FunctionWork())
        work.calls += 1
        work.seconds += seconds
        number = summary.partition(" ")[0]
        work.events += int(number) if number.isdigit() else 1
        if self._verbose:
            self._timed(f"{name:<9} {summary:<36} {seconds * 1000:6.0f} ms")

    def call(self, service: str, operation: str, parameters: JSON, phase: "Phase") -> None:
        """Print a report that a function is about to write, unless it repeats the last one on its file."""
        key = str(parameters.get("Key", ""))
        is_report = key.startswith("reports/") and key.endswith(".json")
        if (service, operation, phase) == ("s3", "PutObject", "before") and is_report:
            self._report(json.loads(parameters["Body"]))

    def removed(self, key: str) -> None:
        """Print that the file KEY was removed from the folder."""
        self._outcomes.pop(key, None)
        self._timed(f"{'removed':<9} {key}")

    def _report(self, report: JSON) -> None:
        from dropcap.site.reports.report import WAITING  # noqa: PLC0415  # nor its other imports

        is_unfinished = report["outcome"] == WAITING and report["taken_by"] is None
        last = self._outcomes.get(report["key"])
        if is_unfinished or (last and (last["outcome"], last["etag"]) == (report["outcome"], report["etag"])):
            return
        self._outcomes[report["key"]] = report
        if self._verbose or not self._is_starting or report["errors"]:
            self._timed(f"{report['outcome']:<9} {report['key']}")
        for error in report["errors"]:
            line = f"line {error['line']}: " if error["line"] else ""
            self._timed(f"{'':<9} {line}{error['message']} {error['remedy']}")

    def _timed(self, text: str) -> None:
        self.say(f"{perf_counter() - self._began:8.3f} s  {text}")
