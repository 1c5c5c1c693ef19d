"""A DynamoDB table with items under `pk` and `sk`: get, query, commit.

Every read is strongly consistent, because steps decide by what they read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError

from dropcap.aws.conditional import expressions
from dropcap.aws.failures import code_of, service_errors
from dropcap.aws.item_values import read_value, write_value
from dropcap.errors import ServiceError
from dropcap.site.post import ItemKey

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
LOOKUPS, WRITES, ROUNDS = 100, 25, 8
"""Keys a call of BatchGetItem and of BatchWriteItem (DynamoDB API reference), and most calls for unprocessed keys."""


class Check(NamedTuple):
    """A condition of a commit: the item at KEY has TOKEN, or, if that is None, does not exist."""

    key: ItemKey
    token: str | None


class Table:
    """One table. All methods raise ServiceError, `commit` also ConflictError."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        """Store the CLIENT and the table's NAME."""
        self._client = client
        self._name = name

    def get(self, key: ItemKey) -> Item | None:
        """Return the item at KEY."""
        with service_errors("GetItem"):
            answer = self._client.get_item(TableName=self._name, Key=self._key(key), ConsistentRead=True)
        return read_image(answer["Item"]) if "Item" in answer else None

    def get_all(self, keys: Iterable[ItemKey]) -> dict[ItemKey, Item]:
        """Return those items under KEYS that exist, 100 a call."""
        items: dict[ItemKey, Item] = {}
        for some in _batches(dict.fromkeys(keys), LOOKUPS):
            request: Any = {self._name: {"Keys": [self._key(key) for key in some], "ConsistentRead": True}}
            for answer in self._batches("BatchGetItem", self._client.batch_get_item, request, "UnprocessedKeys"):
                for image in answer["Responses"].get(self._name, ()):
                    item = read_image(image)
                    items[item["pk"], item["sk"]] = item
        return items

    def query(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Item]:
        """Return at MOST so many items of PK in order, within WHERE: `after`, `from`, `before`, `start` (a prefix)."""
        return [read_image(image) for image in self.images(pk, most=most, newest_first=newest_first, where=where)]

    def images(
        self, pk: str, *, most: int, newest_first: bool = False, where: Mapping[str, str] | None = None
    ) -> list[Mapping[str, Any]]:
        """Return the items of a query in the form of the API."""
        request = self._question(pk, where or {}) | {"ScanIndexForward": not newest_first}
        images: list[Mapping[str, Any]] = []
        while len(images) < most:
            with service_errors("Query"):
                answer = self._client.query(**request, Limit=most - len(images))
            images += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                break
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return images

    def put_all(self, items: Iterable[Item]) -> None:
        """Write ITEMS, 25 a call, in any order and unconditionally."""
        for some in _batches(items, WRITES):
            request: Any = {self._name: [{"PutRequest": {"Item": self._image(item)}} for item in some]}
            for _ in self._batches("BatchWriteItem", self._client.batch_write_item, request, "UnprocessedItems"):
                pass

    def put_forward(self, item: Item) -> None:
        """Write ITEM, unless the stored one has a greater `rank`: that one is newer."""
        self._put_if(
            item,
            ConditionExpression="attribute_not_exists(pk) OR #rank <= :rank",
            ExpressionAttributeNames={"#rank": "rank"},
            ExpressionAttributeValues={":rank": write_value(item["rank"])},
        )

    def put_new(self, item: Item) -> None:
        """Write ITEM, unless there is one under its key already."""
        self._put_if(item, ConditionExpression="attribute_not_exists(pk)")

    def put_changed(self, item: Item, attributes: Iterable[str]) -> None:
        """Write ITEM, unless the one under its key has the same values of ATTRIBUTES."""
        values = {name: item[name] for name in attributes}
        where = " OR ".join(f"attribute_not_exists(#{name}) OR #{name} <> :{name}" for name in values)
        self._put_if(item, **expressions(where=where, **values))

    def _put_if(self, item: Item, **condition: Any) -> bool:  # noqa: ANN401  # arguments of PutItem
        """Write ITEM on a CONDITION; return whether it held."""
        with service_errors("PutItem"):
            try:
                self._client.put_item(TableName=self._name, Item=self._image(item), **condition)
            except ClientError as error:
                if code_of(error) == "ConditionalCheckFailedException":
                    return False
                raise
        return True

    def commit(self, puts: Iterable[Item], deletes: Iterable[ItemKey] = (), checks: Iterable[Check] = ()) -> None:
        """Write all or nothing, 100 items at most; raise ConflictError if a check fails or writes collide."""
        conditions = {check.key: check.token for check in checks}
        actions: list[Any] = []
        for item in puts:
            condition = self._condition(conditions, (item["pk"], item["sk"]))
            actions.append({"Put": {"TableName": self._name, "Item": self._image(item), **condition}})
        for kind, some in (("Delete", list(deletes)), ("ConditionCheck", list(conditions))):
            for key in some:
                condition = self._condition(conditions, key)
                if condition or kind == "Delete":
                    actions.append({kind: {"TableName": self._name, "Key": self._key(key), **condition}})
        with service_errors("TransactWriteItems"):
            self._client.transact_write_items(TransactItems=actions)

    def _condition(self, conditions: dict[ItemKey, str | None], key: ItemKey) -> dict[str, Any]:
        """Take KEY's condition out of CONDITIONS; `token` is a reserved word of the expression language."""
        if key not in conditions:
            return {}
        token = conditions.pop(key)
        if token is None:
            return {"ConditionExpression": "attribute_not_exists(pk)"}
        return expressions(where="#token = :token", token=token)

    def _question(self, pk: str, where: Mapping[str, str]) -> dict[str, Any]:
        values = {":pk": {"S": pk}} | {f":{name}": {"S": value} for name, value in where.items()}
        clauses = {
            "after": "sk > :after",
            "from": "sk >= :from",
            "before": "sk < :before",
            "start": "begins_with(sk, :start)",
        }
        condition = " AND ".join(["pk = :pk", *(clauses[name] for name in where)])
        return {
            "TableName": self._name,
            "ConsistentRead": True,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
        }

    def _batches(
        self, what: str, call: Callable[..., Mapping[str, Any]], requests: object, left: str
    ) -> Iterator[Mapping[str, Any]]:
        """Call until nothing is LEFT unprocessed, which DynamoDB does not promise at once."""
        for _ in range(ROUNDS):
            with service_errors(what):
                answer = call(RequestItems=requests)
            yield answer
            requests = answer.get(left)
            if not requests:
                return
        raise ServiceError.unstable(what, ROUNDS)

    def _image(self, item: Item) -> dict[str, Any]:
        return {name: write_value(value) for name, value in item.items()}

    def _key(self, key: ItemKey) -> dict[str, Any]:
        return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def read_image(image: Mapping[str, Any]) -> Item:
    """Return the item in IMAGE, which is in the form of the API or of a stream."""
    return {name: read_value(value) for name, value in image.items()}


def item_of(key: ItemKey, attributes: Mapping[str, Any]) -> Item:
    """Return the item at KEY with ATTRIBUTES."""
    return {"pk": key[0], "sk": key[1], **attributes}


def _batches(values: Iterable[Any], size: int) -> Iterator[Sequence[Any]]:
    """Cut VALUES into runs of at most SIZE."""
    waiting: list[Any] = []
    for value in values:
        waiting.append(value)
        if len(waiting) == size:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
