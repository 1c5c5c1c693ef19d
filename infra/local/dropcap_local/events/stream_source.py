"""A table's stream as a source: virtual shards, retries from the first failed record, and the destination of failures.

moto writes one shard; here its records are dealt to several by the hash of their partition key, so that an item's
records keep their order and those of one transaction are seen at different times.
"""

import json
import time
import zlib
from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from moto.core.utils import unix_time
from moto.dynamodb.models.table import Table

from dropcap_local.clock import has_come
from dropcap_local.deploy.stack import EventSource
from dropcap_local.events.event_source import JSON, Batch
from dropcap_local.events.filters import passes
from dropcap_local.events.spooled_records import SpooledRecord, SpooledRecords
from dropcap_local.moto_patches.sqs_message_store import Pick
from dropcap_local.spool import Spool

SHARDS = 4
RETENTION_SECONDS = 24 * 3600
LONGEST_PAUSE = 60


class ShardSource:
    """Reads one virtual shard for one function."""

    def __init__(
        self, mapping: EventSource, number: int, feed: Callable[[], None], give_up: Callable[[JSON], None]
    ) -> None:
        """Call FEED for new records before reading, and GIVE_UP with a description of records that fail too often."""
        self.mapping = mapping
        self.name = f"{mapping.arn.split('/')[1]} stream"
        self.patience = 100 if mapping.maximum_retries is None else mapping.maximum_retries
        self._number = number
        self._feed = feed
        self._give_up = give_up
        self._records: deque[SpooledRecord] = deque()
        self._spool = Spool()
        self._since: float | None = None
        self._asleep_until = 0.0
        self._attempts = 0
        self._busy = False

    def append(self, record: JSON) -> None:
        """Put RECORD at the end, unless the mapping's filters stop it."""
        if passes(record, self.mapping.filters):
            self._since = time.time() if self._since is None else self._since
            self._records.append(SpooledRecord.of(record, self._spool))

    def saved(self) -> JSON:
        """Return the records that wait, and how often and until when, as plain values."""
        self._feed()
        return {
            "records": [record.read() for record in self._records],
            "since": self._since,
            "asleep_until": self._asleep_until,
            "attempts": self._attempts,
        }

    def put_back(self, saved: JSON) -> None:
        """Go on with what an earlier process has SAVED."""
        self._records.extend(SpooledRecord.of(record, self._spool) for record in saved["records"])
        self._since, self._asleep_until = saved["since"], saved["asleep_until"]
        self._attempts = saved["attempts"]

    def ready(self, *, eager: bool) -> bool:
        """Return whether a batch can be taken now; EAGER does not wait for the batching window."""
        self._feed()
        alarm = self.next_alarm()
        if alarm is None:
            return False
        full = eager or len(self._records) >= self.mapping.batch_size
        return has_come(self._asleep_until if full else alarm, time.time())

    def next_alarm(self) -> float | None:
        """Return the moment when the window closes or the next retry is due."""
        if self._since is None or self._busy:
            return None
        return max(self._since + self.mapping.window, self._asleep_until)

    def take(self, limit: int, pick: Pick | None) -> Batch:  # noqa: ARG002  # a shard has one order
        """Take up to LIMIT records; the shard gives no more until they are finished."""
        self._busy = True
        records = SpooledRecords(islice(self._records, limit))
        return Batch(records, records.numbers)

    def finish(self, batch: Batch, failed: Collection[str], comeback: float | None) -> None:
        """Continue behind BATCH, or at its first FAILED record, for as many retries as the mapping allows."""
        self._busy = False
        done = next((i for i, identifier in enumerate(batch.identifiers) if identifier in failed), len(batch.records))
        self._forget(done)
        if done == len(batch.records):
            return
        self._attempts += 1
        if self._is_exhausted(batch.records[done]):
            self._give_up(self._description(batch.records[done:]))
            self._forget(len(batch.records) - done)
        else:
            self._asleep_until = time.time() + (self._pause() if comeback is None else comeback)

    def _forget(self, count: int) -> None:
        for _ in range(count):
            self._records.popleft()
        if not self._records:
            self._spool.start_over()
        if count:
            self._attempts = 0
            self._since = time.time() if self._records else None

    def _is_exhausted(self, record: JSON) -> bool:
        age = time.time() - record["dynamodb"]["ApproximateCreationDateTime"]
        retries = self.mapping.maximum_retries
        return age > RETENTION_SECONDS or (retries is not None and self._attempts > retries)

    def _pause(self) -> float:
        return float(min(2 ** (self._attempts - 1), LONGEST_PAUSE))

    def _description(self, records: Sequence[JSON]) -> JSON:
        """Write what Lambda sends to an on-failure destination: the position of the records, not their content."""
        first, last = records[0]["dynamodb"], records[-1]["dynamodb"]
        return {
            "requestContext": {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": self._attempts},
            "version": "1.0",
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "DDBStreamBatchInfo": {
                "shardId": f"shardId-{self._number}",
                "startSequenceNumber": first["SequenceNumber"],
                "endSequenceNumber": last["SequenceNumber"],
                "approximateArrivalOfFirstRecord": _iso(first["ApproximateCreationDateTime"]),
                "approximateArrivalOfLastRecord": _iso(last["ApproximateCreationDateTime"]),
                "batchSize": len(records),
                "streamArn": self.mapping.arn,
            },
        }


class TableStream:
    """Deals the records of one table's stream to the shards of its readers."""

    def __init__(self, arn: str, table: Callable[[], Table]) -> None:
        """Read the stream ARN of the table that TABLE returns: moto may replace the table's object."""
        self._arn = arn
        self._table = table
        self._readers: list[Sequence[ShardSource]] = []

    def read_by(self, mapping: EventSource, give_up: Callable[[JSON], None]) -> Sequence[ShardSource]:
        """Return the shards from which the function of MAPPING reads."""
        shards = [ShardSource(mapping, number, self.deal, give_up) for number in range(SHARDS)]
        self._readers.append(shards)
        return shards

    def deal(self) -> None:
        """Move the records of moto's shard to the virtual ones; a write that changed nothing has none."""
        table = self._table()
        written = table.stream_shard
        if written is None or not written.items:
            return
        records = [item.to_json() for item in written.items]
        written.starting_sequence_number += len(records)
        written.items = []
        for record in records:
            self._deal(record, table.hash_key_attr)

    def _deal(self, stored_record: JSON, partition_key: str) -> None:
        change = stored_record["dynamodb"]
        if change.get("OldImage") == change.get("NewImage"):
            return
        partition = json.dumps(change["Keys"][partition_key], sort_keys=True)
        record = _record(stored_record, self._arn)
        for shards in self._readers:
            shards[zlib.crc32(partition.encode()) % len(shards)].append(record)


def _record(stored_record: JSON, arn: str) -> JSON:
    """Return moto's record in the form in which Lambda passes it to a function."""
    change: dict[str, Any] = stored_record["dynamodb"]
    created = change["ApproximateCreationDateTime"]
    seconds = created if isinstance(created, (int, float)) else unix_time(created)
    return {
        **stored_record,
        "dynamodb": {**change, "ApproximateCreationDateTime": seconds},
        "awsRegion": arn.split(":")[3],
        "eventSourceARN": arn,
    }


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
