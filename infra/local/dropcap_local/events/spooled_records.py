"""Records that wait in a file until they are read: an import has thousands, each with two images of an item."""

import marshal
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self, overload

from dropcap_local.events.event_source import JSON
from dropcap_local.spool import Spool, Spooled


class SpooledRecord(NamedTuple):
    """A record of a stream in a file, and its sequence number."""

    stored: Spooled
    number: str

    @classmethod
    def of(cls, record: JSON, spool: Spool) -> Self:
        """Write RECORD to SPOOL."""
        return cls(spool.append(marshal.dumps(record)), record["dynamodb"]["SequenceNumber"])

    def read(self) -> JSON:
        """Return the record, which nobody else has."""
        record: JSON = marshal.loads(self.stored.read())  # noqa: S302  # our own bytes
        return record


class SpooledRecords(Sequence[JSON]):
    """Records in a file, each read anew when it is asked for, so that a batch in work does not keep them in memory."""

    def __init__(self, records: Iterable[SpooledRecord]) -> None:
        """Store where RECORDS are."""
        self._records = tuple(records)

    @property
    def numbers(self) -> list[str]:
        """Return the sequence number of each."""
        return [record.number for record in self._records]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> JSON: ...

    @overload
    def __getitem__(self, index: slice) -> list[JSON]: ...

    def __getitem__(self, index: int | slice) -> JSON | list[JSON]:
        """Read one, or some of them."""
        if isinstance(index, slice):
            return [record.read() for record in self._records[index]]
        return self._records[index].read()
