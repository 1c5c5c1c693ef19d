"""10 reconcile: delete what no item of the Catalog has needed for thirty days.

These are fragments of earlier versions, bodies and renditions that are no longer shown, and references of texts that no
longer mention a name. A writer stores an object or a reference first, and then commits the item that needs it, so what
is unneeded now may be the first half of a commit. Therefore a thing is deleted only if the same version of it was
unneeded in every weekly look of thirty days. A writer that needs it again writes a new version,
unless its own item has referred to it all the time. The deletion names the version, so it never meets a newer one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dropcap.aws.catalog_scan import CatalogScan
from dropcap.aws.stored_artifacts import StoredArtifacts, StoredVersion, UnneededRecord
from dropcap.site.post import ItemKey

LOOK_EVERY = timedelta(days=7)
"""Time between two looks; each reads the whole Catalog."""
KEPT = timedelta(days=30)
MOST = 50_000
"""Most unneeded things that are remembered: about 5 MB. The others wait for a later look."""
SEPARATOR = "\n"
"""Between the parts of a reference's key in the record; the name of an object holds none."""


@dataclass(frozen=True, slots=True)
class ExpireTools:
    """The Catalog and the artifact bucket."""

    catalog: CatalogScan
    artifacts: StoredArtifacts


@dataclass(frozen=True, slots=True)
class Expired:
    """How many things are unneeded now, and how many of them were deleted."""

    unneeded: int = 0
    deleted: int = 0


def expire(
    tools: ExpireTools,
    now: datetime,
    has_time: Callable[[], bool],
    on_sources: Callable[[list[str]], None] = lambda _: None,
) -> Expired | None:
    """Look for what is unneeded, if the last look is a week ago, and delete what has been so for thirty days.

    Return None if there was no look: it is not time yet, or HAS_TIME became false; then nothing is deleted.
    ON_SOURCES is called with the sources of which the Catalog has a state, some at a time.
    Deletes first, then records: a crash in between deletes the same versions again, which changes nothing.
    """
    today = now.date()
    record = tools.artifacts.record()
    if record.looked and today - record.looked < LOOK_EVERY:
        return None
    unneeded = _unneeded(tools, has_time, on_sources)
    if unneeded is None:
        return None
    since = _since(unneeded, record, today)
    due = {name: version for name, (version, day) in since.items() if today - day >= KEPT}
    _delete(tools, due)
    left = {name: entry for name, entry in since.items() if name not in due}
    tools.artifacts.write_record(UnneededRecord(today, left))
    return Expired(len(unneeded), len(due))


def _unneeded(
    tools: ExpireTools, has_time: Callable[[], bool], on_sources: Callable[[list[str]], None]
) -> dict[str, str] | None:
    """Return the version of each thing that no item needs, by its name in the record; None if the time is over."""
    digests: set[str] = set()
    needed: set[int] = set()
    references: dict[ItemKey, str] = {}
    for items in tools.catalog.pages():
        on_sources([item.source for item in items if item.source])
        for item in items:
            digests.update(item.digests)
            needed.update(map(hash, item.references))  # two with the same hash keep one reference too many
            if item.token:
                references[item.key] = item.token
        if not has_time():
            return None
    unneeded = {SEPARATOR.join(key): token for key, token in references.items() if hash(key) not in needed}
    for versions in tools.artifacts.pages():
        unneeded |= {item.key: item.version for item in versions if item.digest not in digests}
        if not has_time():
            return None
    return unneeded


def _since(unneeded: dict[str, str], record: UnneededRecord, today: date) -> dict[str, tuple[str, date]]:
    """Return since when each version has been unneeded, the longest first; a new version begins TODAY."""
    entries = {name: (version, today) for name, version in unneeded.items()}
    entries |= {name: entry for name, entry in record.since.items() if unneeded.get(name) == entry[0]}
    return dict(sorted(entries.items(), key=lambda entry: (entry[1][1], entry[0]))[:MOST])


def _delete(tools: ExpireTools, due: dict[str, str]) -> None:
    """Delete the versions DUE: references one by one, objects together."""
    tools.artifacts.delete([StoredVersion(name, version) for name, version in due.items() if SEPARATOR not in name])
    for key, token in _reference_keys(due):
        tools.catalog.delete_reference(key, token)


def _reference_keys(due: dict[str, str]) -> Iterator[tuple[ItemKey, str]]:
    for name, token in due.items():
        pk, separator, sk = name.partition(SEPARATOR)
        if separator:
            yield (pk, sk), token
