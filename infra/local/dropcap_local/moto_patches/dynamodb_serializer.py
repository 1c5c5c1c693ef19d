"""DynamoDB's attribute values, serialised directly.

Reason: for each attribute value, moto tries ten types in half a dozen spellings, so that the answer to a query of 100
items takes a quarter of a second. Here a value that has exactly one type is written as it is.
"""

import base64
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final
from unittest.mock import patch

from moto.core.model import StructureShape
from moto.core.serialize import BaseJSONSerializer

_moto_structure = BaseJSONSerializer._serialize_type_structure  # noqa: SLF001 - what is replaced


def plain_attribute_values() -> AbstractContextManager[object]:
    """Serialise DynamoDB's attribute values without trying other spellings, until the block ends."""
    return patch.object(BaseJSONSerializer, "_serialize_type_structure", _structure)


def _structure(
    serializer: BaseJSONSerializer, serialized: dict[str, Any], value: object, shape: StructureShape, key: str
) -> None:
    if shape.name == "AttributeValue" and isinstance(value, Mapping) and len(value) == 1:
        serialized[key] = _written(value)
    else:
        _moto_structure(serializer, serialized, value, shape, key)


def _written(value: Mapping[str, Any]) -> dict[str, Any]:
    ((kind, inner),) = value.items()
    return {kind: _WRITTEN[kind](inner)}


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


_WRITTEN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "S": str,
    "N": str,
    "B": _base64,
    "BOOL": bool,
    "NULL": bool,
    "SS": lambda values: [str(value) for value in values],
    "NS": lambda values: [str(value) for value in values],
    "BS": lambda values: [_base64(value) for value in values],
    "L": lambda values: [_written(value) for value in values],
    "M": lambda values: {name: _written(value) for name, value in values.items()},
}
