"""The contents of the desk, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dropcap.site.reports.mail_note import PASSED

JSON = Mapping[str, Any]
STATES: Final = ("failed", "refused", "waiting", "scheduled", "draft", "expired", "published", "ignored")
"""Outcomes in the order in which the desk lists them: what needs attention first."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """The queue NAME: messages that are WAITING, IN_WORK and DELAYED. REMEDY is only for dead letters."""

    name: str
    waiting: int
    in_work: int
    delayed: int
    remedy: str = ""

    @property
    def total(self) -> int:
        """Return the number of its messages."""
        return self.waiting + self.in_work + self.delayed


@dataclass(frozen=True, slots=True)
class UploadRow:
    """A recent upload: its SOURCE, when it was UPLOADED, its LAST log entry, and the seconds until it was live."""

    correlation_id: str
    source: str
    uploaded: datetime
    last: str
    seconds: float
    live_after: float | None


@dataclass(frozen=True, slots=True)
class DeskContents:
    """Everything on the page NAME, read at the time AT. LINKS are addresses by their titles, PROBLEMS sentences."""

    name: str
    at: datetime
    reports: Sequence[JSON]
    queues: Sequence[QueueRow]
    dead_letters: Sequence[QueueRow]
    uploads: Sequence[UploadRow]
    links: Mapping[str, str]
    problems: Sequence[str] = ()

    @property
    def by_state(self) -> dict[str, list[JSON]]:
        """Return the reports by outcome, the newest upload first; outcomes without a report are left out."""
        newest = sorted(self.reports, key=lambda report: str(report.get("uploaded", "")), reverse=True)
        states = {state: [report for report in newest if report["outcome"] == state] for state in STATES}
        return {state: reports for state, reports in states.items() if reports}

    @property
    def issues(self) -> list[JSON]:
        """Return the reports of posts whose newsletter goes out, went out or is held, the newest first."""
        with_mail = [report for report in self.reports if report.get("mail") and report["mail"]["state"] != PASSED]
        return sorted(with_mail, key=lambda report: str(report["mail"].get("when") or ""), reverse=True)

    @property
    def without_issue(self) -> int:
        """Return the number of posts and pages that are not news."""
        return sum(bool(report.get("mail")) and report["mail"]["state"] == PASSED for report in self.reports)
