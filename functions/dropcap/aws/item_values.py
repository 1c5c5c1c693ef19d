"""Values of DynamoDB's items, from and to Python's: the few types that nearly all are, without boto3's serialisers.

Those ask seven questions about each value. Other types, and numbers that may be out of range, are left to them.
"""

from collections.abc import Callable
from typing import Any, Final

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

SAFE: Final = 10**15
"""Integers below it have fewer digits than the 38 that DynamoDB keeps."""
_AS_IT_IS: Final = frozenset({"S", "BOOL"})

_boto3_read: Callable[[Any], Any] = TypeDeserializer().deserialize
_boto3_write: Callable[[Any], Any] = TypeSerializer().serialize


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
    return _boto3_read(value)


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
    if kind is int and abs(value) < SAFE:
        return {"N": str(value)}
    written: dict[str, Any] = _boto3_write(value)
    return written
