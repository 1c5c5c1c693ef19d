"""Values of DynamoDB's items, from and to Python's: the types that items here have, without boto3's serialisers.

Those ask seven questions about each value. Other types, and numbers that may be out of range, are left to them; boto3
is imported for such a value only, since its import is a tenth of a cold start.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

SAFE: Final = 10**15
"""Integers below it have fewer digits than the 38 that DynamoDB keeps."""
_AS_IT_IS: Final = frozenset({"S", "BOOL"})
_READ: Final[Mapping[str, Callable[[Any], Any]]] = {"N": Decimal, "SS": set, "NULL": lambda _: None}


def _boto3_read(value: Any) -> Any:  # noqa: ANN401  # as `read_value`
    from boto3.dynamodb.types import TypeDeserializer  # noqa: PLC0415  # bytes, and sets of bytes or numbers

    return TypeDeserializer().deserialize(value)


def _boto3_write(value: Any) -> dict[str, Any]:  # noqa: ANN401  # as `write_value`
    from boto3.dynamodb.types import TypeSerializer  # noqa: PLC0415  # those, large numbers, and what cannot be stored

    return dict(TypeSerializer().serialize(value))


def read_value(value: Any) -> Any:  # noqa: ANN401  # JSON of the API, and any type that an attribute may have
    """Return what VALUE, an attribute as the API or a stream gives it, stands for."""
    if len(value) != 1:
        return _boto3_read(value)
    ((kind, content),) = value.items()
    if kind in _AS_IT_IS:
        return content
    if kind == "M":
        return {name: read_value(inner) for name, inner in content.items()}
    if kind == "L":
        return [read_value(inner) for inner in content]
    read = _READ.get(kind)
    return read(content) if read else _boto3_read(value)


def write_value(value: Any) -> dict[str, Any]:  # noqa: ANN401  # any type that an attribute may have
    """Return VALUE as the API wants it; a tuple becomes a list."""
    kind = type(value)
    if kind is str:
        return {"S": value}
    if kind is bool:
        return {"BOOL": value}
    if kind is dict:
        return {"M": {name: write_value(inner) for name, inner in value.items()}}
    if isinstance(value, tuple | list):
        return {"L": [write_value(inner) for inner in value]}
    if (kind is int or (kind is Decimal and _is_whole(value))) and abs(value) < SAFE:
        return {"N": str(value)}
    return _write_rare_value(value)


def _write_rare_value(value: Any) -> dict[str, Any]:  # noqa: ANN401  # as `write_value`
    if value is None:
        return {"NULL": True}
    if type(value) in {set, frozenset} and value and all(type(inner) is str for inner in value):
        return {"SS": list(value)}
    return _boto3_write(value)


def _is_whole(value: Decimal) -> bool:
    """Return whether VALUE is an integer that was written as one."""
    return value.is_finite() and value.as_tuple().exponent == 0
