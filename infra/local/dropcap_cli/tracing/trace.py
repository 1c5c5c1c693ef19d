"""The log entries of one upload, from the first function to the last mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dropcap.observability import ETAG, SOURCE, UPLOADED
from dropcap_cli.tracing.log_entry import LogEntry


@dataclass(frozen=True, slots=True)
class Trace:
    """The upload of SOURCE, its version ETAG, uploaded at the time UPLOADED, and its ENTRIES by time."""

    correlation_id: str
    source: str
    etag: str
    uploaded: datetime
    entries: tuple[LogEntry, ...]

    @classmethod
    def of(cls, correlation_id: str, entries: Sequence[LogEntry]) -> "Trace":
        """Return the trace of the upload with this CORRELATION_ID, of which ENTRIES has at least one entry."""
        own = tuple(entry for entry in entries if entry.correlation_id == correlation_id)
        fields: Mapping[str, Any] = next((entry.fields for entry in own if entry.fields.get(UPLOADED)), {})
        return cls(
            correlation_id,
            str(fields.get(SOURCE, "")),
            str(fields.get(ETAG, "")),
            _moment(str(fields.get(UPLOADED, "")), own[0].time),
            own,
        )

    def after(self, entry: LogEntry) -> float:
        """Return the seconds from the upload to ENTRY."""
        return max(0.0, (entry.time - self.uploaded).total_seconds())

    def to_json(self) -> dict[str, Any]:
        """Return the trace for programs; `after` is in seconds since the upload."""
        return {
            "correlation_id": self.correlation_id,
            "source": self.source,
            "etag": self.etag,
            "uploaded": self.uploaded.isoformat(),
            "hops": [{"after": round(self.after(entry), 3), **entry.to_json()} for entry in self.entries],
        }


def newest_upload(entries: Sequence[LogEntry], name: str) -> str | None:
    """Return the correlation id of the newest upload that NAME means: a source key, an ETag or an id; None if none."""
    for entry in sorted(entries, key=lambda entry: str(entry.fields.get(UPLOADED, "")), reverse=True):
        fields = entry.fields
        if entry.correlation_id and name in {fields.get(SOURCE), fields.get(ETAG), entry.correlation_id}:
            return entry.correlation_id
    return None


def _moment(text: str, otherwise: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return otherwise
    return moment if moment.tzinfo else otherwise
