"""The messages about walks over many items, a page at a time; see `contracts.py`, whose rules hold here too."""

from dataclasses import dataclass

from dropcap.message import Cause, Message


@dataclass(frozen=True, slots=True)
class WalkContent(Message):
    """2 index, from BulkQueue: reprocess one page of sources, those under PREFIX after the source key AFTER."""

    NAME = "WalkContent"
    FIELDS = ("prefix", "after", "cause")

    prefix: str
    after: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkJournals(Message):
    """2 index, from BulkQueue: reprocess one page of removed sources, those under PREFIX after the key AFTER."""

    NAME = "WalkJournals"
    FIELDS = ("prefix", "after", "cause")

    prefix: str
    after: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkPages(Message):
    """2 index, from BulkQueue: rebuild the pages of one page of sources, those in FOLDER after the key AFTER.

    FOLDER is `content` for existing sources, then `history` for removed ones, then `end`. EVENT is the id of the stream
    record that caused the walk.
    """

    NAME = "WalkPages"
    FIELDS = ("folder", "after", "event", "cause")

    folder: str
    after: str
    event: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkReferences(Message):
    """2 index, from BulkQueue: rebuild one page of the posts that mention NAME, after the sort key AFTER.

    EVENT is the id of the stream record that caused the walk.
    """

    NAME = "WalkReferences"
    FIELDS = ("name", "after", "event", "cause")

    name: str
    after: str
    event: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkMentions(Message):
    """2 index, from BulkQueue: rebuild one page of the texts that mention a file called NAME, after the sort key AFTER.

    Only those that could mean one of the files at PATHS. EVENT is the id of the last stream record about these.
    """

    NAME = "WalkMentions"
    FIELDS = ("name", "paths", "after", "event", "cause")

    name: str
    paths: tuple[str, ...]
    after: str
    event: str
    cause: Cause
