"""The contents of a desk in tests."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from werkzeug.wrappers import Response

from dropcap.message import Cause
from dropcap.observability import correlation_id, log_keys
from dropcap.site.reports.report import Report
from dropcap_cli.desk.app import Desk
from dropcap_cli.desk.contents import DeskContents, QueueRow, UploadRow
from dropcap_cli.tracing.log_entry import LogEntry
from dropcap_cli.tracing.trace import Trace

AT: Final = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
CAUSE: Final = Cause("posts/naps.md", "e1", AT.isoformat())


def report(key: str, outcome: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401  # any JSON
    """Return a report for programs."""
    url = f"https://journal.example.org/{key}/" if outcome == "published" else None
    content = json.loads(Report(key, outcome, "e1", url, uploaded=AT.isoformat()).for_programs())
    return {**content, **fields}


ERROR: Final = {"message": "This is <script>alert(1)</script>.", "remedy": "Remove it.", "line": 2, "column": 1}
MAIL: Final = {"state": "sent", "when": "2026-03-14T10:00:00+00:00", "readers": 12, "account": {"accepted": 12}}
REPORT: Final = report("posts/naps.md", "published", mail=MAIL)
REPORTS: Final = [
    REPORT,
    report("posts/broken.md", "refused", errors=[ERROR]),
    report("drafts/idea.md", "draft"),
    *(report(f"posts/a-rather-long-name-of-a-post-{number}.md", "published") for number in range(30)),
]
TRACE: Final = Trace.of(
    correlation_id(CAUSE),
    [
        LogEntry(AT + timedelta(seconds=1), "render", "INFO", "rendered", {**log_keys(CAUSE), "outcome": "published"}),
        LogEntry(AT + timedelta(seconds=2), "publish", "ERROR", "failed", {**log_keys(CAUSE), "exception": "E: no"}),
    ],
)
CONTENTS: Final = DeskContents(
    "stack dropcap, eu-central-1",
    AT,
    REPORTS,
    [QueueRow("UploadQueue", 0, 1, 0), QueueRow("ViewQueue", 12, 3, 0)],
    [QueueRow("EdgeDeadLetters", 2, 0, 0, "dropcap redrive EdgeDeadLetters"), QueueRow("BulkDeadLetters", 0, 0, 0)],
    [UploadRow(TRACE.correlation_id, "posts/naps.md", AT, "refresh: cleared", 12.3, 2.4)],
    {"Site": "http://127.0.0.1:4000/", "Mailbox": "http://127.0.0.1:4001/"},
    ["AWS does not let you read the log group dropcap-RenderLogs: AccessDenied."],
)


class FixedReader:
    """Returns the contents of this module, and counts the reads."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self.reads = 0

    def read(self) -> DeskContents:
        """Return the contents."""
        self.reads += 1
        return CONTENTS

    def trace(self, correlation_id: str) -> Trace | None:
        """Return the trace for its id."""
        return TRACE if correlation_id == TRACE.correlation_id else None

    def report(self, key: str) -> dict[str, Any] | None:
        """Return the report for its key."""
        return REPORT if key == REPORT["key"] else None


def fixed_desk(reader: FixedReader) -> Desk:
    """Return a desk of READER."""

    def at_once(page: Callable[[], Response]) -> Response:
        return page()

    return Desk(reader, every=1, run=at_once)
