"""Every message between the steps, in the order of the river.

Messages are facts or requests, never the state itself: a step reads what is true now and makes the world match.
Unknown fields are ignored, so that a newer producer may talk to an older consumer; a missing one is a ContractError.

NAME and FIELDS are the names on the wire. Messages wait in queues and schedules while a stack is updated, so these
names never change, whatever the class and its attributes are called.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import unquote_plus

from dropcap.errors import ContractError

T = TypeVar("T")

CONTENT = "content/"
"""Prefix of sources in the content bucket; a source key is what follows it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something happens: the upload at the head of the river, so that a trace can follow it."""

    key: str
    etag: str
    time: str

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Read a cause from GIVEN, the JSON object in a message or a Catalog item."""
        return cls(_text(given, "key"), _text(given, "etag"), _text(given, "time"))

    def is_older_than(self, age: timedelta, now: datetime) -> bool:
        """Return whether the upload was longer ago than AGE at the time NOW; False if its time cannot be read."""
        try:
            uploaded = datetime.fromisoformat(self.time)
        except ValueError:
            return False
        return now - (uploaded if uploaded.tzinfo else uploaded.replace(tzinfo=UTC)) > age

    def to_item(self) -> dict[str, str]:
        """Return the cause as messages and items of every table carry it."""
        return {"key": self.key, "etag": self.etag, "time": self.time}


class Message:
    """Base of all messages: their JSON form. Fields are strings, tuples of strings, and the cause.

    NAME is the message's name on the wire, FIELDS are the names of its fields there, in the order of the attributes.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    NAME: ClassVar[str]
    FIELDS: ClassVar[tuple[str, ...]]

    def to_json(self) -> str:
        """Write the message as JSON, with its name under `message`."""
        named = {name: _written(getattr(self, field.name)) for name, field in self._fields()}
        return json.dumps({"message": self.NAME} | named, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the message; raise ContractError where a field is missing."""
        return cls.of(_object(text))

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Return the message with the fields of GIVEN, a JSON object."""
        return cls(*(_value(given, name, field) for name, field in cls._fields()))

    @classmethod
    def _fields(cls) -> Iterator[tuple[str, Field[Any]]]:
        """Pair each name on the wire with its attribute."""
        return zip(cls.FIELDS, fields(cls), strict=True)


@dataclass(frozen=True, slots=True)
class UploadSeen(Message):
    """1 render, from UploadQueue: look at this source."""

    NAME = "UploadSeen"
    FIELDS = ("key", "cause")

    key: str
    cause: Cause

    @classmethod
    def all_of(cls, text: str) -> tuple[Self, ...]:
        """Read our own message or an S3 event notification, which may carry several records, or none (`s3:TestEvent`).

        S3 encodes keys as a form field does (`c%2B%2B+notes.md`); they are decoded here, once.
        """
        given = _object(text)
        if given.get("message") == cls.NAME:
            return (cls.of(given),)
        if given.get("Event") == "s3:TestEvent":
            return ()
        return tuple(cls._of_record(record) for record in _list(given, "Records"))

    @classmethod
    def _of_record(cls, record: Mapping[str, Any]) -> Self:
        s3_object = _inner(_inner(record, "s3"), "object")
        key = unquote_plus(_text(s3_object, "key")).removeprefix(CONTENT)
        return cls(key, Cause(key, str(s3_object.get("eTag", "")), _text(record, "eventTime")))


@dataclass(frozen=True, slots=True)
class MakeView(Message):
    """3 publish, from ViewQueue: make this view true. VIEW is its name, such as `path /sleep/` or `month 2025-03`."""

    NAME = "MakeView"
    FIELDS = ("view", "cause")

    view: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class RemakeView(Message):
    """3 publish, from UnmadeDeadLetters by a redrive: make this view, which was given up; then that is over."""

    NAME = "RemakeView"
    FIELDS = ("view", "cause")

    view: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkContent(Message):
    """2 index, from BulkQueue: send one page of sources round again, those under PREFIX after the source key AFTER."""

    NAME = "WalkContent"
    FIELDS = ("prefix", "after", "cause")

    prefix: str
    after: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkJournals(Message):
    """2 index, from BulkQueue: send one page of what is gone round again, sources under PREFIX after the key AFTER."""

    NAME = "WalkJournals"
    FIELDS = ("prefix", "after", "cause")

    prefix: str
    after: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkPages(Message):
    """2 index, from BulkQueue: send for every page of one page of sources, those in FOLDER after the key AFTER.

    FOLDER is `content` for what is there, then `history` for what is gone. EVENT is the stream record that asks.
    """

    NAME = "WalkPages"
    FIELDS = ("folder", "after", "event", "cause")

    folder: str
    after: str
    event: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class WalkReferences(Message):
    """2 index, from BulkQueue: send for one page of those who mention NAME, after the place AFTER in its partition.

    EVENT is the stream record for which they are sent for.
    """

    NAME = "WalkReferences"
    FIELDS = ("name", "after", "event", "cause")

    name: str
    after: str
    event: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class ClearEdge(Message):
    """9 refresh, from EdgeQueue: what the CDN keeps under these cache tags is out of date."""

    NAME = "ClearEdge"
    FIELDS = ("tags", "cause")

    tags: tuple[str, ...]
    cause: Cause


@dataclass(frozen=True, slots=True)
class EntryAppeared(Message):
    """4 announce, from IssueQueue: this source stands in the list of all posts for the first time."""

    NAME = "EntryAppeared"
    FIELDS = ("key", "cause")

    key: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class FreezeIssue(Message):
    """4 announce, from the Scheduler by IssueQueue: the grace period is over, write down who gets the issue."""

    NAME = "FreezeIssue"
    FIELDS = ("issue", "cause")

    issue: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class DeliverBatch(Message):
    """5 deliver, from DeliveryQueue: mail one frozen page of an issue's recipients."""

    NAME = "DeliverBatch"
    FIELDS = ("issue", "page", "cause")

    issue: str
    page: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class ReportIssue(Message):
    """4 announce, from IssueQueue: bring the author's report on this issue up to date. ROUND says for which time."""

    NAME = "ReportIssue"
    FIELDS = ("issue", "round", "cause")

    issue: str
    round: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class SendConfirmation(Message):
    """5 deliver, from ConfirmationQueue: ask this subscriber, named by a hash, whether they meant it."""

    NAME = "SendConfirmation"
    FIELDS = ("subscriber", "cause")

    subscriber: str
    cause: Cause


def message_name(text: str) -> str:
    """Return the name of the message in TEXT, for a queue that carries several; empty where it has none."""
    return str(_object(text).get("message", ""))


def _object(text: str) -> Mapping[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as error:
        raise ContractError.unreadable(text) from error
    if not isinstance(given, dict):
        raise ContractError.unreadable(text)
    return given


def _field(given: Mapping[str, Any], name: str, kind: type[T]) -> T:
    found = given.get(name)
    if not isinstance(found, kind):
        raise ContractError.missing(name, kind.__name__, given)
    return found


def _value(given: Mapping[str, Any], name: str, field: Field[Any]) -> object:
    if field.type is Cause:
        return Cause.of(_inner(given, name))
    return _text(given, name) if field.type is str else tuple(map(str, _list(given, name)))


def _written(value: object) -> object:
    return value.to_item() if isinstance(value, Cause) else value


def _text(given: Mapping[str, Any], name: str) -> str:
    return _field(given, name, str)


def _inner(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return _field(given, name, dict)


def _list(given: Mapping[str, Any], name: str) -> list[Any]:
    return _field(given, name, list)
