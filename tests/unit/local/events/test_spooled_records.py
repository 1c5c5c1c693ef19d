"""Records of a stream in a file: read when they are asked for, each time anew."""

from typing import Any

from dropcap_local.events.spooled_records import SpooledRecord, SpooledRecords
from dropcap_local.spool import Spool


def _record(number: int) -> dict[str, Any]:
    return {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(number), "NewImage": {"n": {"N": str(number)}}}}


def _records(count: int) -> SpooledRecords:
    spool = Spool()
    return SpooledRecords([SpooledRecord.of(_record(number), spool) for number in range(count)])


def test_records_are_those_that_were_written_in_their_order() -> None:
    """One by one, as a part, and all of them; their numbers need no reading."""
    records = _records(3)
    assert 3 == len(records)
    assert _record(1) == records[1]
    assert [_record(1), _record(2)] == records[1:]
    assert [_record(0), _record(1), _record(2)] == list(records)
    assert ["0", "1", "2"] == records.numbers


def test_a_handler_that_changes_its_event_changes_no_record() -> None:
    """A batch that fails is delivered again as it was."""
    records = _records(1)
    records[0]["dynamodb"].clear()
    assert _record(0) == records[0]


def test_no_records_are_a_batch_that_is_not_run() -> None:
    """A source that has nothing gives an empty batch."""
    assert not _records(0)
