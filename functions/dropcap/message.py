"""The form of messages: their base class, their cause, and the checked reading of their JSON."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, TypeVar

from dropcap.errors import ContractError

T = TypeVar("T")

_NOT_IN_SQS = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""Characters that the name of a file may have, and that SQS refuses or replaces (SQS API reference, SendMessage)."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The upload that caused a message: its source key, ETag and time, carried along so that logs can be joined."""

    key: str
    etag: str
    time: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Read a cause from VALUES, the JSON object in a message or a Catalog item."""
        return cls(string_field(values, "key"), string_field(values, "etag"), string_field(values, "time"))

    @property
    def at(self) -> datetime | None:
        """Return the time of the upload, in UTC where it names no offset; None if it cannot be read."""
        return moment(self.time)

    def to_item(self) -> dict[str, str]:
        """Return the cause as messages and items of every table carry it."""
        return {"key": self.key, "etag": self.etag, "time": self.time}


def moment(text: str) -> datetime | None:
    """Return the time that TEXT names in ISO 8601, in UTC where it names no offset; None if it cannot be read."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


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
        named = {name: _to_wire(getattr(self, field.name)) for name, field in self._fields()}
        return message_text({"message": self.NAME} | named, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the message; raise ContractError where a field is missing."""
        return cls.of(json_object(text))

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the message with the fields of VALUES, a JSON object."""
        return cls(*(_from_wire(values, name, field) for name, field in cls._fields()))

    @classmethod
    def _fields(cls) -> Iterator[tuple[str, Field[Any]]]:
        """Pair each name on the wire with its attribute."""
        return zip(cls.FIELDS, fields(cls), strict=True)


def message_text(values: Mapping[str, Any], *, sort_keys: bool = False) -> str:
    """Return VALUES as JSON for the body of a message, with escapes for those characters that SQS does not take."""
    return json.dumps(values, ensure_ascii=False, sort_keys=sort_keys).translate(_NOT_IN_SQS)


def message_name(text: str) -> str:
    """Return the name of the message in TEXT, for a queue that carries several kinds; empty if it has none."""
    return str(json_object(text).get("message", ""))


def json_object(text: str) -> Mapping[str, Any]:
    """Parse TEXT, a JSON object; raise ContractError if it is none."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise ContractError.unreadable(text) from error
    if not isinstance(values, dict):
        raise ContractError.unreadable(text)
    return values


def _typed_field(values: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = values.get(name)
    if not isinstance(value, kind):
        raise ContractError.missing(name, kind.__name__, values)
    return value


def _from_wire(values: Mapping[str, Any], name: str, field: Field[Any]) -> object:
    if field.type is Cause:
        return Cause.of(object_field(values, name))
    return string_field(values, name) if field.type is str else tuple(map(str, list_field(values, name)))


def _to_wire(value: object) -> object:
    return value.to_item() if isinstance(value, Cause) else value


def string_field(values: Mapping[str, Any], name: str) -> str:
    """Return the string NAME of VALUES; raise ContractError if it is missing or no string."""
    return _typed_field(values, name, str)


def object_field(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the object NAME of VALUES; raise ContractError if it is missing or no object."""
    return _typed_field(values, name, dict)


def list_field(values: Mapping[str, Any], name: str) -> list[Any]:
    """Return the list NAME of VALUES; raise ContractError if it is missing or no list."""
    return _typed_field(values, name, list)
