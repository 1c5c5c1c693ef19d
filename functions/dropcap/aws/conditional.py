"""Single conditional writes to a table under `pk` and `sk`: applied, or not because the condition does not hold."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dropcap.aws.failures import code_of, service_errors
from dropcap.aws.item_values import read_value
from dropcap.patterns import lazy_pattern

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Value = str | int | frozenset[str]

_NAME = lazy_pattern(r"#\w+")


def expressions(*, where: str, change: str = "", **values: Value) -> dict[str, Any]:
    """Return the arguments of an update: CHANGE and WHERE write every attribute as `#name` and every value as `:name`.

    All names are substituted, since many good ones (`state`, `token`, `rank`) are words of the expression language.
    """
    arguments: dict[str, Any] = {"ConditionExpression": where, "ExpressionAttributeNames": names_in(change, where)}
    if change:
        arguments["UpdateExpression"] = change
    if values:
        arguments["ExpressionAttributeValues"] = {f":{name}": _attribute(value) for name, value in values.items()}
    return arguments


@lru_cache(maxsize=100)
def names_in(change: str, where: str) -> dict[str, str]:
    """Return the names in both expressions; the same few are used for every mail."""
    return {name: name[1:] for name in _NAME.findall(f"{change} {where}")}


def update(client: "DynamoDBClient", table: str, key: tuple[str, str], arguments: Mapping[str, Any]) -> bool:
    """Update the item at KEY with ARGUMENTS (see `expressions`); return False if the condition does not hold."""
    with service_errors("UpdateItem"):
        try:
            client.update_item(TableName=table, Key=image_of(key), **arguments)
        except ClientError as error:
            if code_of(error) == "ConditionalCheckFailedException":
                return False
            raise
    return True


def updated(client: "DynamoDBClient", table: str, key: tuple[str, str], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Update the item at KEY with ARGUMENTS (see `expressions`), and return the attributes that were written.

    Returns nothing where the condition does not hold.
    """
    with service_errors("UpdateItem"):
        try:
            answer = client.update_item(TableName=table, Key=image_of(key), ReturnValues="UPDATED_NEW", **arguments)
        except ClientError as error:
            if code_of(error) == "ConditionalCheckFailedException":
                return {}
            raise
    return {name: read_value(value) for name, value in answer.get("Attributes", {}).items()}


def image_of(key: tuple[str, str]) -> dict[str, Any]:
    """Return KEY in the form of the API."""
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def _attribute(value: Value) -> dict[str, Any]:
    if isinstance(value, frozenset):
        return {"SS": sorted(value)}
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"S": value} if isinstance(value, str) else {"N": str(value)}
