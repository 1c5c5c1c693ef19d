"""Subscribers for the operator's commands: list, count, import, erase. No Lambda function uses this."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from boto3.dynamodb.types import TypeSerializer

from dropcap.aws.conditional import expressions, image_of
from dropcap.aws.failures import service_errors
from dropcap.aws.ledger import SENDING, ledger_key
from dropcap.aws.page_sums import SENDERS, sum_key
from dropcap.aws.subscribers import CONFIRMED, SUPPRESSED, confirmed_key, index_action, stamp, subscriber_key
from dropcap.aws.table import Item, Table, read_image
from dropcap.aws.transactions import Action, check_action, delete_action, put_new_action, transact, update_action
from dropcap.errors import ConflictError
from dropcap.newsletter.address import SHARDS, MailAddress, shard_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

EVERYBODY = 10_000_000
ABSENT = "attribute_not_exists(#pk)"
ROUNDS = 8
"""Most times a page is read again because a sender or an event has changed an entry meanwhile."""
_WRITE = TypeSerializer().serialize


@dataclass(frozen=True, slots=True)
class Consent:
    """Where and when somebody consented to be written to: a SOURCE, such as `ghost`, and a DATE, empty if unknown."""

    source: str
    date: str


class SubscriberRecords:
    """The records of subscribers. All methods raise ServiceError."""

    def __init__(self, client: "DynamoDBClient", name: str, newsletter: str) -> None:
        """Store the CLIENT, the NAME of the subscribers' table and that of the NEWSLETTER's."""
        self._client = client
        self._name = name
        self._newsletter = newsletter
        self._table = Table(client, name)

    def all(self) -> Iterator[Item]:
        """Yield every subscriber's attributes, shard by shard."""
        for shard in SHARDS:
            yield from self._table.query(f"SHARD#{shard}", most=EVERYBODY)

    def record(self, subscriber: str) -> Item | None:
        """Return the attributes of SUBSCRIBER."""
        return self._table.get(subscriber_key(subscriber))

    def states(self, subscribers: Iterable[str]) -> dict[str, str]:
        """Return the states of those SUBSCRIBERS that exist, by their hashes."""
        items = self._table.get_all(map(subscriber_key, subscribers))
        return {sk: str(item["standing"]) for (_, sk), item in items.items()}

    def count(self) -> dict[str, int]:
        """Return how many subscribers are in which state."""
        return dict(sorted(Counter(str(item["standing"]) for item in self.all()).items()))

    def add(self, address: MailAddress, token: str, question: str, consent: Consent, now: datetime) -> bool:
        """Add the owner of ADDRESS as confirmed; return False if they are known in any state."""
        former = address.former_subscriber
        if former and self.record(former):
            return False
        pk, sk = subscriber_key(address.subscriber)
        item = {
            "pk": pk, "sk": sk, "standing": CONFIRMED, "address": address.written, "token": token,
            "question": question, "changed_at": stamp(now), "source": consent.source, "consented": consent.date,
        }  # fmt: skip
        image = {name: _WRITE(value) for name, value in item.items()}
        index = index_action(self._name, address.subscriber, now)
        return not transact(self._client, [put_new_action(self._name, image), index])

    def erase(self, subscriber: str, inbox: str, progress: Callable[[int], None] = lambda _: None) -> int:
        """Delete SUBSCRIBER with the count of their INBOX, and move their ledger entries to random names.

        A suppression remains, as a hash with its reason. Return how many issues named the subscriber. Repeating it does
        no harm. Raises ConflictError while a mail to the subscriber is being sent.

        No key leads from a subscriber to issues, so the whole newsletter table is read, a megabyte a call; PROGRESS is
        called with the number of items read. It is read twice: an issue that was frozen just before the subscriber was
        deleted may still name them.
        """
        moved = sum(1 for issue in self._issues(progress) if self._moved(issue, subscriber))
        record = self.record(subscriber)
        actions = [delete_action(self._name, confirmed_key(subscriber))]
        if record and record["standing"] == SUPPRESSED:
            change = "REMOVE #address, #token, #question, #source, #consented, #asked_at, #soft_bounces"
            arguments = expressions(change=change, where="#standing = :suppressed", suppressed=SUPPRESSED)
            actions.append(update_action(self._name, subscriber_key(subscriber), arguments))
        else:
            actions.append(delete_action(self._name, subscriber_key(subscriber)))
        if inbox:
            actions.append(delete_action(self._name, (f"INBOX#{inbox}", "INBOX")))
        transact(self._client, actions)
        return moved + sum(1 for issue in self._issues(progress) if self._moved(issue, subscriber))

    def _issues(self, progress: Callable[[int], None]) -> Iterator[str]:
        """Yield the names of all issues; call PROGRESS with the number of items read so far."""
        read = 0
        question: dict[str, Any] = {
            "TableName": self._newsletter,
            "FilterExpression": "sk = :issue",
            "ProjectionExpression": "pk",
            "ExpressionAttributeValues": {":issue": {"S": "ISSUE"}},
        }
        while True:
            with service_errors("Scan"):
                answer = self._client.scan(**question)
            yield from (str(image["pk"]["S"]).removeprefix("ISSUE#") for image in answer["Items"])
            read += answer["ScannedCount"]
            progress(read)
            if "LastEvaluatedKey" not in answer:
                return
            question["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _moved(self, issue: str, subscriber: str) -> bool:
        """Move the entry of SUBSCRIBER in ISSUE, and its place on the page, to a random name, if there is one."""
        for _ in range(ROUNDS):
            pages = Table(self._client, self._newsletter).query(
                f"ISSUE#{issue}", most=EVERYBODY, where={"start": f"PAGE#{shard_of(subscriber)}-"}
            )
            page = next((page for page in pages if subscriber in page["recipients"]), None)
            if page is None:
                return False
            name = f"{shard_of(subscriber)}{uuid4().hex}{uuid4().hex}"[:64]
            actions = [*self._renamed(page, subscriber, name), *self._entry(issue, subscriber, name)]
            if not transact(self._client, actions):
                return True
        raise ConflictError.unstable(f"the ledger of issue {issue}", ROUNDS)

    def _renamed(self, page: Item, subscriber: str, name: str) -> list[Action]:
        """Return the change of PAGE, whose generation grows, so that senders that have read it can no longer write."""
        before, generation = list(page["recipients"]), int(page.get("generation", 0)) + 1
        after = [name if recipient == subscriber else recipient for recipient in before]
        change = {
            "UpdateExpression": "SET recipients = :after, generation = :generation",
            "ConditionExpression": "recipients = :before",
            "ExpressionAttributeValues": {
                ":after": _WRITE(after), ":before": _WRITE(before), ":generation": _WRITE(generation)
            },
        }  # fmt: skip
        total = {
            "UpdateExpression": "SET generation = :generation",
            "ExpressionAttributeValues": {":generation": _WRITE(generation)},
        }
        issue, place = page["pk"].removeprefix("ISSUE#"), page["sk"].removeprefix("PAGE#")
        return [
            update_action(self._newsletter, (page["pk"], page["sk"]), change),
            update_action(self._newsletter, sum_key(issue, place, SENDERS), total),
        ]

    def _entry(self, issue: str, subscriber: str, name: str) -> list[Action]:
        """Return the move of the ledger entry; if there is none, the condition that there still is none."""
        with service_errors("GetItem"):
            key = image_of(ledger_key(issue, subscriber))
            answer = self._client.get_item(TableName=self._newsletter, Key=key, ConsistentRead=True)
        if "Item" not in answer:
            return [check_action(self._newsletter, ledger_key(issue, subscriber), expressions(where=ABSENT))]
        image = {**answer["Item"], **image_of(ledger_key(issue, name))}
        state = str(read_image(answer["Item"])["state"])
        if state == SENDING:
            message = "a mail to this subscriber is being sent; repeat the command in two minutes"
            raise ConflictError(message)
        same = {"ConditionExpression": "#s = :s", "ExpressionAttributeNames": {"#s": "state"}}
        removed = delete_action(self._newsletter, ledger_key(issue, subscriber))
        removed["Delete"] |= {**same, "ExpressionAttributeValues": {":s": {"S": state}}}
        return [removed, put_new_action(self._newsletter, image)]
