"""One line that a function logged. `dropcap.observability` names the fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from dropcap.observability import CORRELATION_ID, ETAG, SOURCE, UPLOADED
from dropcap.site.reports.visible import visible

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
OF_EACH_LINE: Final = frozenset({
    "level", "location", "message", "timestamp", "service", "function", "exception", "exception_name", "stack_trace",
    "sampling_rate", "cold_start", "function_name", "function_memory_size", "function_arn", "function_request_id",
    "xray_trace_id", CORRELATION_ID, SOURCE, ETAG, UPLOADED,
})  # fmt: skip
"""Fields of the logger itself, and of the upload; the rest are details."""
RUNTIME_FAULTS: Final = ("Task timed out", "Runtime exited", "Runtime.", "[ERROR]", "Error: ")
"""Texts in the lines that Lambda itself writes about a function that ended without an answer."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """The line that FUNCTION (`render`) logged at TIME, with all its FIELDS."""

    time: datetime
    function: str
    level: str
    message: str
    fields: Mapping[str, Any]

    @property
    def correlation_id(self) -> str:
        """Return the id of the upload that caused the line; empty if none did."""
        return str(self.fields.get(CORRELATION_ID, ""))

    @property
    def details(self) -> dict[str, Any]:
        """Return the fields that only this kind of line has, and the last line of an exception as `fault`."""
        details = {name: value for name, value in self.fields.items() if name not in OF_EACH_LINE and value != ""}
        fault = str(self.fields.get("exception", "")).strip().splitlines()[-1:]
        return {**details, **({"fault": fault[0]} if fault else {})}

    def text(self) -> str:
        """Return the entry on one line; the time is in UTC."""
        source = self.fields.get(SOURCE)
        words = [f"source={source}"] if source else []
        words += [f"{name}={_short(value)}" for name, value in self.details.items()]
        moment = self.time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
        return visible(f"{moment}  {self.level:<7}  {self.function:<9}  {self.message}  {' '.join(words)}".rstrip())

    def to_json(self) -> dict[str, Any]:
        """Return the entry for programs."""
        return {"time": self.time.astimezone(UTC).isoformat(), "function": self.function, **self.fields}


def entry_of(line: str, function: str = "", time: datetime | None = None) -> LogEntry | None:
    """Parse LINE, which FUNCTION logged at TIME; both are in the line if they are not known otherwise.

    Return None for an irrelevant line, such as Lambda's own about each invocation.
    """
    try:
        fields = json.loads(line)
    except ValueError:
        fields = None
    if not isinstance(fields, dict) or "message" not in fields:
        is_fault = time is not None and any(text in line for text in RUNTIME_FAULTS)
        return LogEntry(time, function, "ERROR", line.strip(), {}) if is_fault and time else None
    moment = time or _time(str(fields.get("timestamp", "")))
    if moment is None:
        return None
    name = function or str(fields.get("function", "")) or str(fields.get("location", "")).partition(".")[0]
    return LogEntry(moment, name, str(fields.get("level", "INFO")), str(fields["message"]), fields)


def _time(text: str) -> datetime | None:
    """Parse a time as Powertools' logger writes it: `2026-03-16 09:00:00,123+0000`."""
    try:
        return datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None


def _short(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ",".join(f"{name}:{number}" for name, number in value.items()) or "none"
    return str(value)
