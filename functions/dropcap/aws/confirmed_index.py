"""The sparse index of confirmed subscribers, in order of their hashes, and its completion on older stacks.

CONFIRMED#<first digit>  <hash>   a confirmed subscriber
CONFIRMED#<first digit>  !        present once the index holds everybody of the shard who was confirmed before it
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dropcap.aws.failures import service_errors
from dropcap.aws.subscribers import CONFIRMED, CONFIRMED_NOW, index_action, stamp, subscriber_key
from dropcap.aws.table import Table
from dropcap.aws.transactions import check_action, transact

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

COMPLETE = "!"
"""Sorts before every hash."""


class ConfirmedIndex:
    """Reads confirmed subscribers, and nobody else. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        """Store the CLIENT and the NAME of the subscribers' table."""
        self._client = client
        self._name = name
        self._table = Table(client, name)
        self._complete: set[str] = set()

    def confirmed(self, shard: str, *, after: str, most: int, now: datetime) -> list[str]:
        """Return at MOST so many confirmed subscribers of SHARD, in order, whose hashes come AFTER.

        Consent is read again when a mail is sent: the index only lists candidates.
        """
        self._completed(shard, now)
        items = self._table.query(f"CONFIRMED#{shard}", most=most, where={"after": after or COMPLETE})
        return [item["sk"] for item in items]

    def _completed(self, shard: str, now: datetime) -> None:
        """Index everybody who was confirmed before there was an index; a repetition continues where it ended."""
        if shard in self._complete:
            return
        marker = (f"CONFIRMED#{shard}", COMPLETE)
        if not self._table.query(marker[0], most=1, where={"start": COMPLETE}):
            indexed = {item["sk"] for item in self._table.query(f"CONFIRMED#{shard}", most=10_000_000)}
            for subscriber in self._confirmed_before(shard):
                if subscriber not in indexed:
                    still = check_action(self._name, subscriber_key(subscriber), CONFIRMED_NOW)
                    transact(self._client, [still, index_action(self._name, subscriber, now)])
            self._table.put_new({"pk": marker[0], "sk": marker[1], "since": stamp(now)})
        self._complete.add(shard)

    def _confirmed_before(self, shard: str) -> Iterator[str]:
        """Yield the confirmed subscribers of SHARD, as the index has to name them."""
        question: dict[str, Any] = {
            "TableName": self._name,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :pk",
            "FilterExpression": "standing = :confirmed",
            "ProjectionExpression": "sk",
            "ExpressionAttributeValues": {":pk": {"S": f"SHARD#{shard}"}, ":confirmed": {"S": CONFIRMED}},
        }
        while True:
            with service_errors("Query"):
                answer = self._client.query(**question)
            yield from (str(image["sk"]["S"]) for image in answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            question["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
