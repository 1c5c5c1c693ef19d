"""A stack ▶ the contents of the desk. Reports are read again only if they have changed."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dropcap.observability import UPLOADED, VIEW
from dropcap_cli.desk.contents import JSON, DeskContents, QueueRow, UploadRow
from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_cli.remote.queues import COUNTS, DESTINATIONS, OTHERS
from dropcap_cli.remote.stack_lookup import RemoteStack
from dropcap_cli.tracing.log_entry import LogEntry
from dropcap_cli.tracing.log_source import log_source
from dropcap_cli.tracing.trace import Trace
from dropcap_local.usage_error import UsageError

RECENT: Final = timedelta(minutes=15)
"""Age of the oldest upload in the flow."""
MOST_UPLOADS: Final = 20

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""`map`, or that of a pool of threads."""


class DeskReader:
    """Reads one stack."""

    def __init__(self, stack: RemoteStack, name: str, links: dict[str, str], each: Map = map) -> None:
        """Read STACK, called NAME; EACH calls a function with each of several values."""
        self._stack = stack
        self._name = name
        self._links = links
        self._each = each
        self._reports: dict[str, tuple[str, JSON]] = {}

    def read(self) -> DeskContents:
        """Return the state of the stack; a part that AWS refuses is listed as a problem."""
        problems: list[str] = []
        reports = self._part(self._read_reports, problems)
        queues = self._part(self._read_queues, problems)
        uploads = self._part(self._read_uploads, problems)
        letters = {*DESTINATIONS, *OTHERS}
        return DeskContents(
            self._name,
            datetime.now(UTC),
            [self._stack.with_local_urls(report) for report in reports],
            [row for row in queues if row.name not in letters],
            [row for row in queues if row.name in letters],
            uploads,
            self._links,
            problems,
        )

    def trace(self, correlation_id: str) -> Trace | None:
        """Return the log entries of an upload, None if no recent log has it."""
        entries = log_source(self._stack).entries(datetime.now(UTC) - timedelta(days=3), correlation_id)
        own = [entry for entry in entries if entry.correlation_id == correlation_id]
        return Trace.of(correlation_id, own) if own else None

    def report(self, key: str) -> JSON | None:
        """Return the report on the source KEY."""
        report = self._stack.bucket.report(key)
        return self._stack.with_local_urls(report) if report else None

    def _part(self, read: Callable[[], list[Any]], problems: list[str]) -> list[Any]:
        try:
            return read()
        except UsageError as error:
            problems.append(str(error))
            return []

    def _read_reports(self) -> list[JSON]:
        bucket = self._stack.bucket
        versions = dict(bucket.report_versions())
        changed = [name for name, etag in versions.items() if self._reports.get(name, ("",))[0] != etag]
        for name, report in zip(changed, self._each(bucket.report_at, changed), strict=True):
            if report:
                self._reports[name] = versions[name], report
        self._reports = {name: entry for name, entry in self._reports.items() if name in versions}
        return [report for _, report in self._reports.values()]

    def _read_queues(self) -> list[QueueRow]:
        urls = {
            name: url
            for name, url in self._stack.ids.items()
            if url.startswith("http") and name.endswith(("Queue", "DeadLetters"))
        }
        sqs = self._stack.client("sqs") if urls else None

        def row(name: str) -> QueueRow:
            assert sqs is not None
            with reporting_refusals(f"read the queue {name}"):
                answer = sqs.get_queue_attributes(QueueUrl=urls[name], AttributeNames=list(COUNTS))
            remedy = OTHERS.get(name) or (f"dropcap redrive {name}" if name in DESTINATIONS else "")
            waiting, in_work, delayed = (int(answer["Attributes"].get(count, 0)) for count in COUNTS)
            return QueueRow(name, waiting, in_work, delayed, remedy)

        return list(self._each(row, urls))

    def _read_uploads(self) -> list[UploadRow]:
        by_upload: dict[str, list[LogEntry]] = {}
        for entry in log_source(self._stack).entries(datetime.now(UTC) - RECENT):
            if entry.correlation_id and entry.fields.get(UPLOADED):
                by_upload.setdefault(entry.correlation_id, []).append(entry)
        traces = [Trace.of(upload, entries) for upload, entries in by_upload.items()]
        newest = sorted(traces, key=lambda trace: trace.uploaded, reverse=True)[:MOST_UPLOADS]
        return [_row(trace) for trace in newest]


def _row(trace: Trace) -> UploadRow:
    last = trace.entries[-1]
    live = next((trace.after(entry) for entry in trace.entries if _is_live(entry)), None)
    return UploadRow(
        trace.correlation_id, trace.source, trace.uploaded, f"{last.function}: {last.message}", trace.after(last), live
    )


def _is_live(entry: LogEntry) -> bool:
    """Return whether ENTRY says that a page is in the site bucket."""
    return entry.message == "live" or (
        entry.message == "published" and str(entry.fields.get(VIEW, "")).startswith("path ")
    )
