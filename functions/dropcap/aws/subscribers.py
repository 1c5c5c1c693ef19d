"""Subscribers: the only place with addresses in it. Everything else knows a person by a hash.

Items lie under `SHARD#<first digit>`, `<hash>`. One that nobody confirms carries `expires`, the table's time to live.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dropcap.aws.conditional import expressions, update
from dropcap.aws.failures import service_errors
from dropcap.aws.table import Table
from dropcap.newsletter.address import MailAddress, shard_of
from dropcap.newsletter.subscription import FORGOTTEN_AFTER, QUIET, Subscriber, SubscriptionState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PENDING, CONFIRMED = str(SubscriptionState.PENDING), str(SubscriptionState.CONFIRMED)
UNSUBSCRIBED, SUPPRESSED = str(SubscriptionState.UNSUBSCRIBED), str(SubscriptionState.SUPPRESSED)

CONFIRMED_NOW = expressions(where="#standing = :confirmed", confirmed=CONFIRMED)
"""The condition under which a mail may be sent, for the transaction that leases it."""


class Subscribers:
    """Who asked, and whether they may be written to. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        """Take the CLIENT to ask and the table's NAME."""
        self._client = client
        self._name = name
        self._table = Table(client, name)

    def get(self, subscriber: str) -> Subscriber | None:
        """Return who has the hash SUBSCRIBER."""
        return self.get_all([subscriber]).get(subscriber)

    def get_all(self, subscribers: Iterable[str]) -> dict[str, Subscriber]:
        """Return those there are of SUBSCRIBERS, by their hashes."""
        found = self._table.get_all(subscriber_key(subscriber) for subscriber in subscribers)
        return {item["sk"]: _subscriber(item) for item in found.values()}

    def confirmed(self, shard: str, *, after: str, most: int) -> list[str]:
        """Return at MOST so many confirmed subscribers of SHARD, in order, whose hashes come AFTER; read only those."""
        asked: dict[str, Any] = {
            "TableName": self._name,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :pk AND sk > :after",
            "FilterExpression": "standing = :confirmed",
            "ProjectionExpression": "sk",
            "ExpressionAttributeValues": {
                ":pk": {"S": f"SHARD#{shard}"},
                ":after": {"S": after or shard},
                ":confirmed": {"S": CONFIRMED},
            },
        }
        found: list[str] = []
        while len(found) < most:
            with service_errors("Query"):
                answer = self._client.query(**asked, Limit=most)
            found += (str(image["sk"]["S"]) for image in answer["Items"])
            if "LastEvaluatedKey" not in answer:
                break
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return found[:most]

    def ask(self, address: MailAddress, *, token: str, question: str, now: datetime) -> None:
        """Make the owner of ADDRESS pending, unless they are confirmed already or must not be written to.

        TOKEN and QUESTION are for somebody new: who has tokens keeps them, or the link in an earlier mail would die.
        """
        asked = expressions(
            change="SET #standing = :pending, #address = :address, #expires = :expires, #changed_at = :now, "
            "#token = if_not_exists(#token, :token), #question = if_not_exists(#question, :question)",
            where="attribute_not_exists(#pk) OR #standing IN (:pending, :unsubscribed)",
            pending=PENDING,
            unsubscribed=UNSUBSCRIBED,
            address=address.written,
            token=token,
            question=question,
            expires=int((now + FORGOTTEN_AFTER).timestamp()),
            now=stamp(now),
        )
        self._update(address.subscriber, asked)

    def start_confirmation(self, subscriber: str, now: datetime) -> bool:
        """Claim the one confirmation mail that a pending SUBSCRIBER may get an hour."""
        where = "#standing = :pending AND (attribute_not_exists(#asked_at) OR #asked_at <= :before)"
        before = stamp(now - QUIET)
        asked = expressions(change="SET #asked_at = :now", where=where, pending=PENDING, now=stamp(now), before=before)
        return self._update(subscriber, asked)

    def undo_confirmation(self, subscriber: str, claimed_at: datetime) -> None:
        """Undo `start_confirmation` of CLAIMED_AT: SES definitely did not take the mail."""
        asked = expressions(change="REMOVE #asked_at", where="#asked_at = :claimed_at", claimed_at=stamp(claimed_at))
        self._update(subscriber, asked)

    def confirm(self, subscriber: str, question: str, now: datetime) -> bool:
        """Confirm a pending SUBSCRIBER; True also where they are confirmed already."""
        asked = expressions(
            change="SET #standing = :confirmed, #changed_at = :now REMOVE #expires",
            where="#question = :question AND #standing IN (:pending, :confirmed)",
            pending=PENDING,
            confirmed=CONFIRMED,
            question=question,
            now=stamp(now),
        )
        return self._update(subscriber, asked)

    def leave(self, subscriber: str, now: datetime) -> None:
        """Unsubscribe SUBSCRIBER, and forget their address; hash and token stay, for the ledger and for old mails."""
        asked = expressions(
            change="SET #standing = :unsubscribed, #changed_at = :now REMOVE #address, #question, #expires",
            where="#standing IN (:pending, :confirmed)",
            pending=PENDING,
            confirmed=CONFIRMED,
            unsubscribed=UNSUBSCRIBED,
            now=stamp(now),
        )
        self._update(subscriber, asked)

    def suppress(self, subscriber: str, reason: str, now: datetime) -> None:
        """Never write to SUBSCRIBER again, for REASON, whatever they are and even if they were forgotten meanwhile."""
        asked = expressions(
            change="SET #standing = :suppressed, #reason = :reason, #changed_at = :now "
            "REMOVE #address, #question, #expires",
            where="attribute_not_exists(#pk) OR #standing <> :suppressed",
            suppressed=SUPPRESSED,
            reason=reason,
            now=stamp(now),
        )
        self._update(subscriber, asked)

    def _update(self, subscriber: str, asked: dict[str, Any]) -> bool:
        return update(self._client, self._name, subscriber_key(subscriber), asked)


def subscriber_key(subscriber: str) -> tuple[str, str]:
    """Return the key of SUBSCRIBER's item."""
    return f"SHARD#{shard_of(subscriber)}", subscriber


def stamp(when: datetime) -> str:
    """Write WHEN so that times sort as texts do."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def _subscriber(item: dict[str, Any]) -> Subscriber:
    asked_at = item.get("asked_at")
    return Subscriber(
        item["sk"],
        SubscriptionState(item["standing"]),
        item.get("address", ""),
        item.get("token", ""),
        item.get("question", ""),
        datetime.fromisoformat(asked_at) if asked_at else None,
    )
