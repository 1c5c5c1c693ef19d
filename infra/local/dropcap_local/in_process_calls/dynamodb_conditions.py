"""The conditions that nearly all writes have: an attribute is missing, or is compared with a value; joined by OR."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from moto.dynamodb.models.dynamo_type import Item

from dropcap_local.in_process_calls.packed_items import NotPlainError, attributes_of

CONDITION: Final = frozenset({"ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"})
"""The parameters of a condition."""

_CLAUSE: Final = re.compile(
    r"attribute_not_exists\((?P<missing>pk|#\w+)\)|(?P<name>#\w+) (?P<sign>=|<>|<=) (?P<value>:\w+)"
)
_COMPARED: Final = frozenset({"S", "BOOL", "N"})


def holds(parameters: Mapping[str, Any], item: Item | None) -> bool:
    """Return whether the condition in PARAMETERS holds for ITEM; raise NotPlainError for one of another form.

    Names and values that the condition does not use are an error, which is left to moto.
    """
    parts = CONDITION & parameters.keys()
    if not parts:
        return True
    if "ConditionExpression" not in parts or not all(parameters[part] for part in parts):
        raise NotPlainError
    names, values = (parameters.get(part, {}) for part in ("ExpressionAttributeNames", "ExpressionAttributeValues"))
    condition = parameters["ConditionExpression"]
    clauses = [_CLAUSE.fullmatch(part) for part in condition.split(" OR ")]
    used = {clause[group] for clause in clauses if clause for group in ("missing", "name", "value") if clause[group]}
    if None in clauses or {name for name in used if name[0] in "#:"} != names.keys() | values.keys():
        raise NotPlainError
    attributes = attributes_of(item) if item else {}
    return any(_clause_holds(clause, attributes, names, values) for clause in clauses if clause)


def _clause_holds(
    clause: re.Match[str], attributes: Mapping[str, Any], names: Mapping[str, str], values: Mapping[str, Any]
) -> bool:
    if missing := clause["missing"]:
        return names.get(missing, missing) not in attributes
    stored, value = attributes.get(names[clause["name"]]), values[clause["value"]]
    if stored is None or len(value) != 1 or stored.keys() != value.keys() or not stored.keys() <= _COMPARED:
        raise NotPlainError
    ((kind, before),), (after,) = stored.items(), value.values()
    if kind == "N":
        before, after = Decimal(before), Decimal(after)
    if clause["sign"] == "<=":
        if kind == "BOOL":
            raise NotPlainError
        return bool(before <= after)
    return (before == after) is (clause["sign"] == "=")
