"""DynamoDB items in moto, with sizes and answers computed directly.

moto computes the size of the whole item whenever an attribute is set and for every query that reads it, and copies
a query's items before it serialises them, which copies them again. Sizes, limits and answers stay moto's.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from moto.dynamodb import responses
from moto.dynamodb.models import table, utilities
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict

SAFE = 200_000
"""Bytes of all values ever set on an item below which it cannot reach moto's limit of 405,000."""

_moto_hash = DynamoType.__hash__
_moto_equal = DynamoType.__eq__
_moto_size = DynamoType.size
_moto_item_size = Item.size
_moto_set = LimitedSizeDict.__setitem__
_moto_plain: Callable[[Any], Any] = vars(utilities)["dynamo_to_dict"]


@contextmanager
def light_items() -> Iterator[None]:
    """Replace the size, copy and serialisation of moto's items until the block ends."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(DynamoType, "__hash__", _hash))
        stack.enter_context(patch.object(DynamoType, "__eq__", _equal))
        stack.enter_context(patch.object(DynamoType, "size", _size))
        stack.enter_context(patch.object(Item, "size", _item_size))
        stack.enter_context(patch.object(LimitedSizeDict, "__setitem__", _set))
        stack.enter_context(patch.object(responses, "dynamo_to_dict", as_json))
        stack.enter_context(patch.object(table, "copy", SimpleNamespace(copy=copy.copy, deepcopy=_copy)))
        yield


def _hash(value: DynamoType) -> int:
    """Return moto's hash; nearly all keys are texts."""
    return hash(("S", value.value)) if value.type == "S" else _moto_hash(value)


def _equal(value: DynamoType, other: DynamoType) -> bool:
    if value.type == "S":
        return bool(other.type == "S" and value.value == other.value)
    return _moto_equal(value, other)


def _size(value: DynamoType) -> int:
    """Return the same size as moto, without a new object for each value in a map."""
    inner = value.value
    if value.type == "S":
        return len(inner) if inner.isascii() else len(inner.encode())
    if value.type == "L":
        return sum(map(_size, inner))
    if value.type == "M":
        return sum(len(name.encode()) + _size(value) for name, value in inner.items())
    return _moto_size(value)


def _set(attributes: LimitedSizeDict, name: str, value: object) -> None:
    """Set an attribute; while all values ever set are small together, so is the item."""
    weight = getattr(attributes, "weight", 0) + len(name.encode()) + _weight(value)
    if weight < SAFE:
        attributes.weight = weight  # type: ignore[attr-defined]  # our attribute on moto's object
        dict.__setitem__(attributes, name, value)
    else:
        attributes.weight = SAFE  # type: ignore[attr-defined]  # from now on moto computes the size
        _moto_set(attributes, name, value)


def _item_size(item: Item) -> int:
    """Return the size of ITEM, or more after updates: DynamoDB may end a page of an answer anywhere."""
    if "packed" in vars(item):
        return item.weight  # type: ignore[attr-defined,no-any-return]  # that of a packed item
    weight: int = getattr(item.attrs, "weight", SAFE)
    return weight if weight < SAFE else _moto_item_size(item)


def _weight(value: object) -> int:
    return _size(value) if type(value) is DynamoType else len(str(value).encode())


def as_json(value: Any) -> Any:  # noqa: ANN401  # JSON of any depth
    """Return moto's VALUE as DynamoDB JSON; rare types are left to moto."""
    kind = type(value)
    if kind is DynamoType:
        write = _PLAIN.get(value.type)
        return write(value) if write else _moto_plain(value)
    if isinstance(value, Mapping):
        return {name: as_json(inner) for name, inner in value.items()}
    if kind is list:
        return [as_json(inner) for inner in value]
    return value if kind is str or value is None else _moto_plain(value)


def _as_it_is(value: DynamoType) -> dict[str, Any]:
    return {value.type: value.value}


_PLAIN: Mapping[str, Callable[[DynamoType], Any]] = {
    "S": _as_it_is,
    "N": _as_it_is,
    "BOOL": _as_it_is,
    "NULL": _as_it_is,
    "L": lambda value: {"L": [as_json(inner) for inner in value.value]},
    "M": lambda value: {"M": {name: as_json(inner) for name, inner in value.value.items()}},
}

PLAIN_TYPES = frozenset(_PLAIN)
"""Types of values that are written here; sets and bytes are moto's."""


def _copy(value: Any) -> Any:  # noqa: ANN401  # as deepcopy's
    """Copy VALUE, but of a list of items only the list: a query only serialises them."""
    if type(value) is list and all(type(element) is Item for element in value):
        return list(value)
    return copy.deepcopy(value)
