"""Subscribers: the only place with mail addresses. All other code knows a subscriber by a hash.

SHARD#<first digit>      <hash>   a subscriber; one that nobody has confirmed has `expires`, the table's time to live
CONFIRMED#<first digit>  <hash>   present while the subscriber is confirmed, written in the same transaction

The second kind is a sparse index, so that an issue reads confirmed subscribers only (see `confirmed_index`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dropcap.aws.conditional import expressions, update, updated
from dropcap.aws.table import Table
from dropcap.aws.transactions import Action, delete_action, transact, update_action
from dropcap.newsletter.address import MailAddress, shard_of
from dropcap.newsletter.subscription import (
    FORGOTTEN_AFTER,
    SOFT_BOUNCES,
    Subscriber,
    SubscriptionState,
    soft_bounces_in_row,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PENDING, CONFIRMED = str(SubscriptionState.PENDING), str(SubscriptionState.CONFIRMED)
UNSUBSCRIBED, SUPPRESSED = str(SubscriptionState.UNSUBSCRIBED), str(SubscriptionState.SUPPRESSED)

CONFIRMED_NOW = expressions(where="#standing = :confirmed", confirmed=CONFIRMED)
"""The condition under which a mail may be sent, for the transaction that leases it."""


class Subscribers:
    """Subscribers and the states of their subscriptions. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        """Store the CLIENT and the table's NAME."""
        self._client = client
        self._name = name
        self._table = Table(client, name)

    def get(self, subscriber: str) -> Subscriber | None:
        """Return the subscriber with the hash SUBSCRIBER."""
        return self.get_all([subscriber]).get(subscriber)

    def get_all(self, subscribers: Iterable[str]) -> dict[str, Subscriber]:
        """Return those of SUBSCRIBERS that exist, by their hashes."""
        items = self._table.get_all(subscriber_key(subscriber) for subscriber in subscribers)
        return {item["sk"]: subscriber_of(item) for item in items.values()}

    def request(self, address: MailAddress, *, token: str, question: str, now: datetime) -> None:
        """Make the owner of ADDRESS pending, unless they are confirmed or suppressed.

        TOKEN and QUESTION are for a new subscriber. One who has tokens keeps them, so that links in earlier mails still
        work. A suppression under the former hash of the same address (see `MailAddress`) counts too.
        """
        former = self.get(address.former_subscriber) if address.former else None
        if former and former.standing is SubscriptionState.SUPPRESSED:
            return
        arguments = expressions(
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
        update(self._client, self._name, subscriber_key(address.subscriber), arguments)

    def confirm(self, subscriber: str, question: str, now: datetime) -> bool:
        """Confirm a pending SUBSCRIBER whose link has not expired; return True also if they are confirmed already.

        The time of the last confirmation mail is removed, as is the count of the inbox: an owner who unsubscribes by
        mistake gets another one at once.
        """
        arguments = expressions(
            change="SET #standing = :confirmed, #changed_at = :now REMOVE #expires, #asked_at",
            where="#question = :question AND (#standing = :confirmed OR (#standing = :pending AND #expires > :second))",
            pending=PENDING,
            confirmed=CONFIRMED,
            question=question,
            now=stamp(now),
            second=int(now.timestamp()),
        )
        return self._transact(subscriber, arguments, index_action(self._name, subscriber, now))

    def leave(self, subscriber: str, now: datetime) -> None:
        """Unsubscribe SUBSCRIBER, and delete their address; hash and token stay, for the ledger and for old mails."""
        arguments = expressions(
            change="SET #standing = :unsubscribed, #changed_at = :now REMOVE #address, #question, #expires",
            where="#standing IN (:pending, :confirmed)",
            pending=PENDING,
            confirmed=CONFIRMED,
            unsubscribed=UNSUBSCRIBED,
            now=stamp(now),
        )
        self._transact(subscriber, arguments, delete_action(self._name, confirmed_key(subscriber)))

    def suppress(self, subscriber: str, reason: str, now: datetime, reported: datetime | None = None) -> None:
        """Suppress SUBSCRIBER for REASON, in any state and even if they are deleted: no mail is sent to them again.

        Does nothing if the operator has lifted a suppression after the event was REPORTED.
        """
        arguments = expressions(
            change="SET #standing = :suppressed, #reason = :reason, #changed_at = :now "
            "REMOVE #address, #question, #expires, #soft_bounces",
            where="attribute_not_exists(#pk) OR (#standing <> :suppressed AND "
            "(attribute_not_exists(#lifted_at) OR #lifted_at < :reported))",
            suppressed=SUPPRESSED,
            reason=reason,
            now=stamp(now),
            reported=stamp(reported or now),
        )
        self._transact(subscriber, arguments, delete_action(self._name, confirmed_key(subscriber)))

    def lift_suppression(self, subscriber: str, operator: str, now: datetime) -> bool:
        """Allow SUBSCRIBER to subscribe again, by decision of OPERATOR; return False if they are not suppressed."""
        arguments = expressions(
            change="SET #standing = :unsubscribed, #lifted_by = :operator, #lifted_at = :now, #changed_at = :now",
            where="#standing = :suppressed",
            unsubscribed=UNSUBSCRIBED,
            suppressed=SUPPRESSED,
            operator=operator,
            now=stamp(now),
        )
        return update(self._client, self._name, subscriber_key(subscriber), arguments)

    def soft_bounce(self, subscriber: str, at: datetime, now: datetime) -> bool:
        """Count a temporary failure AT a time; suppress after the fifth in a row. Return whether it suppressed.

        The failures are a set of times, so that the same event twice counts once.
        """
        arguments = expressions(
            change="ADD #soft_bounces :at",
            where="#standing IN (:pending, :confirmed)",
            at=frozenset({stamp(at)}),
            pending=PENDING,
            confirmed=CONFIRMED,
        )
        counted = updated(self._client, self._name, subscriber_key(subscriber), arguments)
        times = map(datetime.fromisoformat, counted.get("soft_bounces", ()))
        if len(soft_bounces_in_row(times, now)) < SOFT_BOUNCES:
            return False
        self.suppress(subscriber, f"{SOFT_BOUNCES} soft bounces in a row", now, now)
        return True

    def delivered(self, subscriber: str) -> None:
        """Forget the temporary failures of SUBSCRIBER: a mail was delivered."""
        arguments = expressions(change="REMOVE #soft_bounces", where="attribute_exists(#soft_bounces)")
        update(self._client, self._name, subscriber_key(subscriber), arguments)

    def _transact(self, subscriber: str, arguments: dict[str, Any], index: Action) -> bool:
        changed = update_action(self._name, subscriber_key(subscriber), arguments)
        return not transact(self._client, [changed, index])


def index_action(table: str, subscriber: str, now: datetime) -> Action:
    """Return the action that writes SUBSCRIBER's item in the sparse index of TABLE."""
    change = {
        "UpdateExpression": "SET since = if_not_exists(since, :now)",
        "ExpressionAttributeValues": {":now": {"S": stamp(now)}},
    }
    return update_action(table, confirmed_key(subscriber), change)


def subscriber_key(subscriber: str) -> tuple[str, str]:
    """Return the key of SUBSCRIBER's item."""
    return f"SHARD#{shard_of(subscriber)}", subscriber


def confirmed_key(subscriber: str) -> tuple[str, str]:
    """Return the key of SUBSCRIBER's item in the sparse index."""
    return f"CONFIRMED#{shard_of(subscriber)}", subscriber


def stamp(when: datetime) -> str:
    """Return WHEN as text, so that texts sort by time."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def subscriber_of(item: dict[str, Any]) -> Subscriber:
    """Return the subscriber in the attributes of ITEM."""
    asked_at = item.get("asked_at")
    return Subscriber(
        item["sk"],
        SubscriptionState(item["standing"]),
        item.get("address", ""),
        item.get("token", ""),
        item.get("question", ""),
        datetime.fromisoformat(asked_at) if asked_at else None,
    )
