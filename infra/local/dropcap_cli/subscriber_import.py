"""Import the rows of an export into the subscribers' table: only people who are not in the table yet."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe

from dropcap.aws.subscriber_records import Consent, SubscriberRecords
from dropcap_cli.subscriber_exports import ExportedSubscriber

NEW, HERE, INVALID = "new", "already here", "invalid"
LEFT, SUPPRESSED, LEFT_THERE = "left", "suppressed", "left at the other service"
PENDING = "not confirmed here yet"
KINDS: Mapping[str, str] = {"unsubscribed": LEFT, "suppressed": SUPPRESSED, "pending": PENDING}
"""The kind of a row by the state of its subscriber here; every other state is HERE."""
AT_ONCE = 100
"""Rows that are looked up with one call."""


@dataclass(slots=True)
class ImportResult:
    """How many rows are of which kind, and the INVALID ones."""

    kinds: Counter[str] = field(default_factory=Counter)
    invalid: list[ExportedSubscriber] = field(default_factory=list)


def import_subscribers(
    records: SubscriberRecords,
    rows: Sequence[ExportedSubscriber],
    add: Callable[[ExportedSubscriber], bool],
    progress: Callable[[int], None],
) -> ImportResult:
    """Sort ROWS, ADD the new ones, and return the result; call PROGRESS with the number of rows done.

    ADD returns False if somebody is known after all. People who unsubscribed here or are suppressed are never added,
    nor those who had left at the other service, in any row of theirs, nor those who have asked here and have not
    confirmed yet: they may have unsubscribed before. The second row of an address counts as already here.
    """
    result, added = ImportResult(), set[str]()
    left = {row.address.subscriber for row in rows if row.address and not row.subscribes}
    for row, kind in _sorted(records, rows, left):
        is_new = kind == NEW and row.address is not None and row.address.subscriber not in added and add(row)
        if row.address and kind == NEW:
            added.add(row.address.subscriber)
        result.kinds[HERE if kind == NEW and not is_new else kind] += 1
        if kind == INVALID:
            result.invalid.append(row)
        progress(result.kinds.total())
    return result


def adding(records: SubscriberRecords, now: datetime) -> Callable[[ExportedSubscriber], bool]:
    """Return the function that adds a row as confirmed, with its consent."""

    def add(row: ExportedSubscriber) -> bool:
        if row.address is None:
            return False
        return records.add(row.address, token_urlsafe(32), token_urlsafe(32), Consent(row.source, row.since), now)

    return add


def _sorted(
    records: SubscriberRecords, rows: Sequence[ExportedSubscriber], left: set[str]
) -> Iterator[tuple[ExportedSubscriber, str]]:
    """Yield each row with its kind; LEFT has the hashes of those who had left."""
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        names = {name for row in some if row.address for name in _hashes(row)}
        states = records.states(names)
        yield from ((row, _kind(row, states, left)) for row in some)


def _kind(row: ExportedSubscriber, states: Mapping[str, str], left: set[str]) -> str:
    if row.address is None:
        return INVALID
    known = [states[name] for name in _hashes(row) if name in states]
    if known:
        return KINDS.get(known[0], HERE)
    return LEFT_THERE if row.address.subscriber in left else NEW


def _hashes(row: ExportedSubscriber) -> list[str]:
    """Return the hash of the address of ROW, and the one that it had with IDNA 2003."""
    address = row.address
    return [name for name in (address.subscriber, address.former_subscriber) if name] if address else []
