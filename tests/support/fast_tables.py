"""DynamoDB's tables in memory, behind those methods of its client that the adapters call; far faster than moto.

The same tests of the adapters run on both. Items are kept as bytes, so that no object is shared with callers, and so
that the memory of the code under test is separate from that of the tables.
"""

import json
import marshal
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from support.table_expressions import Image, Placeholders, change, condition, tokens

LARGEST_ITEM, LARGEST_ANSWER = 400 * 1024, 1024 * 1024
"""Octets of an item, and of one answer of Query (DynamoDB's service quotas)."""
MOST_ACTIONS, MOST_LOOKUPS, MOST_WRITES = 100, 100, 25

Hook = Callable[..., None]
Request = Mapping[str, Any]


def client_error(operation: str, code: str, **answer: Any) -> ClientError:  # noqa: ANN401  # parts of an answer
    """Return the error that botocore raises if OPERATION is answered with CODE."""
    response: Any = {"Error": {"Code": code, "Message": code}, **answer}
    return ClientError(response, operation)


@dataclass
class HookedEvents:
    """Hooks before and after calls, by botocore's names: `before-call.dynamodb`, `after-call.dynamodb`."""

    hooks: dict[str, list[Hook]] = field(default_factory=dict)

    def register(self, name: str, hook: Hook) -> None:
        """Call HOOK at every event NAME."""
        self.hooks.setdefault(name, []).append(hook)

    def unregister(self, name: str, hook: Hook) -> None:
        """Stop calling HOOK."""
        self.hooks[name].remove(hook)

    @contextmanager
    def around(self, operation: str) -> Iterator[None]:
        """Call the hooks before OPERATION and, if it succeeds, after it."""
        model = SimpleNamespace(name=operation)
        for hook in self.hooks.get("before-call.dynamodb", ()):
            hook(model=model)
        yield
        for hook in self.hooks.get("after-call.dynamodb", ()):
            hook(model=model)


@dataclass
class _Table:
    """Partitions: their sort keys in order, and the items as bytes."""

    created: datetime
    items: dict[str, dict[str, bytes]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)

    def get(self, pk: str, sk: str) -> Image:
        stored = self.items.get(pk, {}).get(sk)
        image: Image = marshal.loads(stored) if stored else {}  # noqa: S302  # written below
        return image

    def put(self, pk: str, sk: str, image: Image) -> None:
        stored = _bytes(image)
        if len(stored) > LARGEST_ITEM:
            raise client_error("PutItem", "ValidationException")
        partition = self.items.setdefault(pk, {})
        if sk not in partition:
            insort(self.order.setdefault(pk, []), sk)
        partition[sk] = stored

    def remove(self, pk: str, sk: str) -> None:
        if self.items.get(pk, {}).pop(sk, None) is not None:
            order = self.order[pk]
            del order[bisect_left(order, sk)]


class FastTables:
    """The client of DynamoDB. Every read is consistent, every transaction isolated: one thread calls at a time."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Store the clock NOW, for the times of creation."""
        self._tables: dict[str, _Table] = {}
        self._now = now
        self._events = HookedEvents()
        self.meta = SimpleNamespace(events=self._events)
        self.calls = 0

    @contextmanager
    def _call(self, operation: str) -> Iterator[None]:
        self.calls += 1
        with self._events.around(operation):
            yield

    def _table(self, name: str) -> _Table:
        if name not in self._tables:
            raise client_error("GetItem", "ResourceNotFoundException")
        return self._tables[name]

    def create_table(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Create a table under `pk` and `sk`."""
        assert [("pk", "HASH"), ("sk", "RANGE")] == [
            (key["AttributeName"], key["KeyType"]) for key in request["KeySchema"]
        ]
        self._tables[request["TableName"]] = _Table(self._now())

    def delete_table(self, **request: Any) -> None:  # noqa: ANN401  # as boto3 takes it
        """Delete a table."""
        del self._tables[request["TableName"]]

    def describe_table(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return the time at which a table was created."""
        return {"Table": {"CreationDateTime": self._table(request["TableName"]).created}}

    def get_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return one item."""
        with self._call("GetItem"):
            image = self._table(request["TableName"]).get(*_key(request["Key"]))
        return {"Item": image} if image else {}

    def batch_get_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return up to 100 items, in no particular order."""
        with self._call("BatchGetItem"):
            answers: dict[str, list[Image]] = {}
            for name, lookup in request["RequestItems"].items():
                keys = [_key(key) for key in lookup["Keys"]]
                if not 0 < len(keys) <= MOST_LOOKUPS or len(set(keys)) < len(keys):
                    raise client_error("BatchGetItem", "ValidationException")
                table = self._table(name)
                answers[name] = [image for key in reversed(keys) if (image := table.get(*key))]
        return {"Responses": answers, "UnprocessedKeys": {}}

    def batch_write_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Write up to 25 items."""
        with self._call("BatchWriteItem"):
            for name, writes in request["RequestItems"].items():
                if not 0 < len(writes) <= MOST_WRITES:
                    raise client_error("BatchWriteItem", "ValidationException")
                for write in writes:
                    image = write["PutRequest"]["Item"]
                    self._table(name).put(*_key(image), image)
        return {"UnprocessedItems": {}}

    def put_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Write one item."""
        with self._call("PutItem"):
            self._single("PutItem", {"Put": request})
        return {}

    def update_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Change one item; return the written attributes for `UPDATED_NEW`."""
        with self._call("UpdateItem"):
            after = self._single("UpdateItem", {"Update": request})
        if request.get("ReturnValues") != "UPDATED_NEW":
            return {}
        holders = _placeholders(request)
        written = (holders.attribute(name) for name in change(request["UpdateExpression"])[0])
        return {"Attributes": {name: after[name] for name in written if name in after}}

    def delete_item(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Delete one item."""
        with self._call("DeleteItem"):
            self._single("DeleteItem", {"Delete": request})
        return {}

    def _single(self, operation: str, action: Request) -> Image:
        prepared = self._prepared(operation, action)
        if not prepared.holds:
            raise client_error(operation, "ConditionalCheckFailedException")
        prepared.write()
        return prepared.after or {}

    def transact_write_items(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Apply up to 100 actions on different items, or none."""
        operation, actions = "TransactWriteItems", request["TransactItems"]
        with self._call(operation):
            prepared = [self._prepared(operation, action) for action in actions]
            places = {(id(action.table), *action.key) for action in prepared}
            if not 0 < len(actions) <= MOST_ACTIONS or len(places) < len(actions):
                raise client_error(operation, "ValidationException")
            if not all(action.holds for action in prepared):
                codes = [{"Code": "None" if action.holds else "ConditionalCheckFailed"} for action in prepared]
                raise client_error(operation, "TransactionCanceledException", CancellationReasons=codes)
            for action in prepared:
                action.write()
        return {}

    def _prepared(self, operation: str, action: Request) -> "_Prepared":
        ((kind, body),) = action.items()
        table = self._table(body["TableName"])
        key = _key(body["Item"] if kind == "Put" else body["Key"])
        before, holders = table.get(*key), _placeholders(body)
        where, update = body.get("ConditionExpression", ""), body.get("UpdateExpression", "")
        _check_use(operation, holders, where, update)
        holds = condition(where)(before, holders) if where else True
        prepared = _Prepared(table, key, holds, is_check=kind == "ConditionCheck")
        if kind == "Put":
            prepared.after = dict(body["Item"])
        elif kind == "Update" and holds:
            prepared.after = dict(before) or {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
            change(update)[1](before, prepared.after, holders)
        return prepared

    def query(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return items of a partition in order, as far as the limit and one answer's size allow."""
        with self._call("Query"):
            table, holders = self._table(request["TableName"]), _placeholders(request)
            projection, where = request.get("ProjectionExpression", ""), request.get("FilterExpression", "")
            _check_use("Query", holders, request["KeyConditionExpression"], projection, where)
            pk, keys = _range(table, request["KeyConditionExpression"], holders)
            if not request.get("ScanIndexForward", True):
                keys = keys[::-1]
            keys = _after(keys, request)
            return self._page(request, ((pk, sk) for sk in keys), len(keys))

    def scan(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # as boto3 takes it
        """Return all items, as far as one answer's size allows."""
        with self._call("Scan"):
            table = self._table(request["TableName"])
            places = [(pk, sk) for pk in sorted(table.order) for sk in table.order[pk]]
            start = request.get("ExclusiveStartKey")
            places = places[bisect_right(places, _key(start)) :] if start else places
            return self._page(request, iter(places), len(places))

    def _page(self, request: Request, places: Iterator[tuple[str, str]], number: int) -> dict[str, Any]:
        table, holders = self._table(request["TableName"]), _placeholders(request)
        where, projection = request.get("FilterExpression", ""), request.get("ProjectionExpression", "")
        names = [holders.attribute(name) for name in tokens(projection) if name != ","] if projection else []
        images: list[Image] = []
        size, limit, place = 0, request.get("Limit", number), 0
        for place, (pk, sk) in enumerate(places, 1):
            image = table.get(pk, sk)
            size += len(table.items[pk][sk])
            if not where or condition(where)(image, holders):
                images.append({name: image[name] for name in names if name in image} if names else image)
            if place >= limit or size > LARGEST_ANSWER:
                last = {"LastEvaluatedKey": {"pk": {"S": pk}, "sk": {"S": sk}}} if place < number else {}
                return {"Items": images, "ScannedCount": place, **last}
        return {"Items": images, "ScannedCount": place}


@dataclass
class _Prepared:
    """An action that was checked but not applied: AFTER is the item that it would write, None to delete."""

    table: _Table
    key: tuple[str, str]
    holds: bool
    is_check: bool
    after: Image | None = None

    def write(self) -> None:
        if self.is_check:
            return
        if self.after is None:
            self.table.remove(*self.key)
        else:
            self.table.put(*self.key, self.after)


def _bytes(image: Image) -> bytes:
    try:
        return marshal.dumps(image)
    except ValueError:  # a member of a StrEnum, which botocore writes as its text
        return marshal.dumps(json.loads(json.dumps(image)))


def _placeholders(request: Request) -> Placeholders:
    return Placeholders(request.get("ExpressionAttributeNames"), request.get("ExpressionAttributeValues"))


def _check_use(operation: str, holders: Placeholders, *expressions: str) -> None:
    try:
        holders.check_all_used(filter(None, expressions))
    except ValueError as error:
        raise client_error(operation, "ValidationException") from error


def _key(image: Mapping[str, Any]) -> tuple[str, str]:
    return image["pk"]["S"], image["sk"]["S"]


def _range(table: _Table, expression: str, holders: Placeholders) -> tuple[str, Sequence[str]]:
    """Return the partition that EXPRESSION names, and those of its sort keys that it allows."""
    first, *others = expression.split(" AND ")
    pk = str(holders.values[first.split(" = ")[1]]["S"])
    keys = table.order.get(pk, [])
    start, end = 0, len(keys)
    for other in others:
        value = str(holders.values[other.rstrip(")").split()[-1]]["S"])
        if other.startswith("begins_with"):
            start, end = max(start, bisect_left(keys, value)), min(end, bisect_right(keys, value + "\U0010ffff"))
        elif " > " in other:
            start = max(start, bisect_right(keys, value))
        else:
            assert " < " in other, other
            end = min(end, bisect_left(keys, value))
    return pk, keys[start:end]


def _after(keys: Sequence[str], request: Request) -> Sequence[str]:
    """Return those of KEYS, in the order of the answer, that follow the last one of the previous answer."""
    start = request.get("ExclusiveStartKey")
    if not start:
        return keys
    last = start["sk"]["S"]
    if request.get("ScanIndexForward", True):
        return keys[bisect_right(keys, last) :]
    return [key for key in keys if key < last]
