"""Validation of parameters by botocore's models, compiled once for each operation.

The result is only yes or no: for invalid parameters, botocore makes the call and raises its own error. Types that the
in-process calls do not need (timestamps, documents, bytes outside a body) count as invalid.
"""

from collections.abc import Callable
from typing import Any, Final

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape

Fits = Callable[[object], bool]

ATTRIBUTE_VALUE: Final = "AttributeValue"
"""The shape of a value in an item of DynamoDB; a call has dozens of them."""


def fitting(operation: OperationModel) -> Fits:
    """Return the test that parameters of OPERATION have to pass."""
    shape = operation.input_shape
    body = getattr(shape, "serialization", {}).get("payload") if shape else None
    return _structure(shape, {}, body) if isinstance(shape, StructureShape) else _nothing


def _nothing(value: object) -> bool:
    return value == {}


def _never(_value: object) -> bool:
    return False


def _bytes(value: object) -> bool:
    return type(value) is bytes


def _boolean(value: object) -> bool:
    return type(value) is bool


def _attribute_value(value: object) -> bool:
    """Return whether VALUE is one of DynamoDB's, without bytes."""
    if type(value) is not dict or len(value) != 1:
        return False
    ((kind, content),) = value.items()
    if kind in {"S", "N"}:
        return type(content) is str
    if kind == "M":
        return type(content) is dict and all(
            type(name) is str and _attribute_value(inner) for name, inner in content.items()
        )
    if kind == "L":
        return type(content) is list and all(map(_attribute_value, content))
    if kind in {"BOOL", "NULL"}:
        return type(content) is bool
    return kind in {"SS", "NS"} and type(content) is list and all(type(member) is str for member in content)


def _fits(shape: Shape, tests: dict[str, Fits]) -> Fits:
    """Return the test for SHAPE. TESTS are those made so far, by name, since shapes may contain themselves."""
    if shape.name == ATTRIBUTE_VALUE:
        return _attribute_value
    if shape.name in tests:
        return lambda value: tests[shape.name](value)  # noqa: PLW0108  # looked up when called: it may not exist yet
    if isinstance(shape, StructureShape):
        return _structure(shape, tests, None)
    if isinstance(shape, ListShape):
        return _list(shape, tests)
    if isinstance(shape, MapShape):
        return _map(shape, tests)
    return _scalar(shape)


def _structure(shape: StructureShape, tests: dict[str, Fits], body: str | None) -> Fits:
    tests[shape.name] = _never  # until it is made
    required = frozenset(shape.required_members)
    members = {
        name: _bytes if name == body and member.type_name == "blob" else _fits(member, tests)
        for name, member in shape.members.items()
    }
    is_union = bool(getattr(shape, "is_tagged_union", False))

    def fits(value: object) -> bool:
        if type(value) is not dict or not required <= value.keys() or (is_union and len(value) != 1):
            return False
        return all(name in members and members[name](inner) for name, inner in value.items())

    tests[shape.name] = fits
    return fits


def _list(shape: ListShape, tests: dict[str, Fits]) -> Fits:
    member, least = _fits(shape.member, tests), shape.metadata.get("min", 0)
    return lambda value: type(value) is list and len(value) >= least and all(map(member, value))


def _map(shape: MapShape, tests: dict[str, Fits]) -> Fits:
    inner, least = _fits(shape.value, tests), shape.metadata.get("min", 0)
    return lambda value: (
        type(value) is dict
        and len(value) >= least
        and all(type(key) is str for key in value)
        and all(map(inner, value.values()))
    )


def _scalar(shape: Shape) -> Fits:
    least: Any = shape.metadata.get("min", 0)
    if shape.type_name == "string":
        return lambda value: type(value) is str and len(value) >= least
    if shape.type_name in {"integer", "long"}:
        return lambda value: type(value) is int and value >= shape.metadata.get("min", value)
    return _boolean if shape.type_name == "boolean" else _never
