"""Items of moto's tables that are stored as bytes until moto's own code reads their attributes.

moto keeps an object for each value in an item. Most items are only written and read whole: their DynamoDB JSON in
`marshal`'s form takes a tenth of the memory, and copying it takes a tenth of the time.
"""

import marshal
import re
from collections.abc import Mapping
from typing import Any, Final

from moto.dynamodb.models.dynamo_type import DynamoType, Item

from dropcap_local.in_process_calls.dynamodb_items import as_json

_VERSION: Final = 0
"""The form of `marshal` in which equal values, in the same order, have equal bytes."""
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
"""Numbers that need none of moto's checks."""


class NotPlainError(Exception):
    """Raised for values, keys and conditions that are left to moto."""


class PackedItem(Item):
    """An item whose attributes are still packed. Once moto reads them it is one of moto's own."""

    def __init__(self, place: tuple[DynamoType, DynamoType], attributes: dict[str, Any]) -> None:
        """Pack ATTRIBUTES, DynamoDB JSON, of the item at PLACE; raise NotPlainError for rare types of values."""
        self.hash_key, self.range_key = place
        self.weight = sum(len(name.encode()) + _weight(value) for name, value in attributes.items())
        self.packed = marshal.dumps(attributes, _VERSION)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # the attributes of an item
        """Return `attrs`, which is missing until somebody reads it; it may be changed, so the bytes are dropped."""
        if name != "attrs":
            raise AttributeError(name)
        attributes = marshal.loads(vars(self).pop("packed"))  # noqa: S302  # our own bytes
        vars(self)["attrs"] = parsed = Item(self.hash_key, self.range_key, attributes).attrs
        self.__class__ = Item  # type: ignore[assignment]  # from now on it is one of moto's own
        return parsed


def attributes_of(item: Item) -> dict[str, Any]:
    """Return the attributes of ITEM as DynamoDB JSON that nobody else has."""
    packed = vars(item).get("packed")
    return as_json(item.attrs) if packed is None else marshal.loads(packed)  # type: ignore[no-any-return]  # noqa: S302  # our own bytes


def is_changed(old: Item, new: Item) -> bool:
    """Return whether OLD and NEW differ in an attribute."""
    before, after = vars(old).get("packed"), vars(new).get("packed")
    if before is None and after is None:
        return bool(old.attrs != new.attrs)
    return before != after and attributes_of(old) != attributes_of(new)


def _weight(value: Mapping[str, Any]) -> int:
    """Return the size of VALUE in bytes, as moto counts it."""
    if len(value) != 1:
        raise NotPlainError
    ((kind, inner),) = value.items()
    if kind == "S":
        return len(inner) if inner.isascii() else len(inner.encode())
    if kind == "M":
        return sum(len(name.encode()) + _weight(member) for name, member in inner.items())
    if kind == "L":
        return sum(map(_weight, inner))
    if kind == "N" and _INTEGER.fullmatch(inner):
        return len(inner)
    if kind == "BOOL" or (kind == "NULL" and inner is True):
        return 1
    raise NotPlainError
