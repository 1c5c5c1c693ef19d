"""Every message between the steps, in the order of the flow.

A message is an idempotent hint, never the state itself: each step reads the current state and makes its output match.
Unknown fields are ignored, so a newer producer may talk to an older consumer; a missing one is a ContractError.

NAME and FIELDS are the names on the wire. Messages wait in queues and schedules while a stack is updated, so these
names never change, whatever the class and its attributes are called. Messages of the newsletter (steps 4 and 5) are in
`newsletter_contracts.py`, those about walks over many items (step 2) in `walk_contracts.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import unquote_plus

from dropcap.message import (
    Cause,
    Message,
    json_object,
    list_field,
    message_name,
    moment,
    object_field,
    string_field,
)

__all__ = [
    "CONTENT",
    "Cause",
    "ClearEdge",
    "MakeView",
    "Message",
    "RemakeView",
    "UploadSeen",
    "message_name",
    "moment",
]

CONTENT = "content/"
"""Prefix of sources in the content bucket; a source key is the rest of the object key."""


@dataclass(frozen=True, slots=True)
class UploadSeen(Message):
    """1 render, from UploadQueue: read this source again."""

    NAME = "UploadSeen"
    FIELDS = ("key", "cause")

    key: str
    cause: Cause

    @classmethod
    def all_of(cls, text: str) -> tuple[Self, ...]:
        """Read our own message or an S3 event notification, which may carry several records, or none (`s3:TestEvent`).

        S3 encodes keys as a form field does (`c%2B%2B+notes.md`); they are decoded here, once. The folder `content/`
        itself, which S3's console makes as an object, is no source.
        """
        values = json_object(text)
        if values.get("message") == cls.NAME:
            return (cls.of(values),)
        if values.get("Event") == "s3:TestEvent":
            return ()
        return tuple(filter(lambda upload: upload.key, map(cls._of_record, list_field(values, "Records"))))

    @classmethod
    def _of_record(cls, record: Mapping[str, Any]) -> Self:
        s3_object = object_field(object_field(record, "s3"), "object")
        key = unquote_plus(string_field(s3_object, "key")).removeprefix(CONTENT)
        return cls(key, Cause(key, str(s3_object.get("eTag", "")), string_field(record, "eventTime")))


@dataclass(frozen=True, slots=True)
class MakeView(Message):
    """3 publish, from ViewQueue: rebuild this view. VIEW is its name, such as `path /sleep/` or `month 2025-03`."""

    NAME = "MakeView"
    FIELDS = ("view", "cause")

    view: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class RemakeView(Message):
    """3 publish, from a redrive of UnmadeDeadLetters: rebuild this failed view and clear its failure."""

    NAME = "RemakeView"
    FIELDS = ("view", "cause")

    view: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class ClearEdge(Message):
    """9 refresh, from EdgeQueue: invalidate the CDN's objects with these cache tags."""

    NAME = "ClearEdge"
    FIELDS = ("tags", "cause")

    tags: tuple[str, ...]
    cause: Cause
