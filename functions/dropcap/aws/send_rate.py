"""The token bucket that all senders share: one item, `BUCKET`, `BUCKET`, in the newsletter's table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dropcap.aws.subscribers import stamp
from dropcap.aws.table import Check, Item, Table
from dropcap.errors import ConflictError
from dropcap.newsletter.outcome import Account
from dropcap.newsletter.pace import Bucket

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BUCKET = ("BUCKET", "BUCKET")
RATE_IS_GOOD_FOR = timedelta(minutes=15)
"""GetAccount may be called once a second in all, so its answer is shared too."""
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Grant:
    """So many MAILS may be sent now, where RATE a second are let through in all."""

    mails: int
    rate: float


class SendRate:
    """Lets mails through at the account's rate. All methods raise ServiceError."""

    def __init__(
        self, client: "DynamoDBClient", name: str, account: Callable[[], Account], token: Callable[[], str]
    ) -> None:
        """Take the CLIENT, the table's NAME, ACCOUNT, which asks SES for the rate, and TOKEN for commits."""
        self._table = Table(client, name)
        self._account = account
        self._token = token

    def take(self, wanted: int, now: datetime) -> Grant:
        """Take up to WANTED mails out of the bucket; none where too many senders reach for it at once."""
        rate = 1.0
        for _ in range(ROUNDS):
            item = self._table.get(BUCKET)
            bucket, asked_at = self._bucket(item, now)
            mails, left = bucket.taken(wanted, now)
            rate = left.rate
            try:
                self._table.commit(
                    [self._item(left, asked_at)], checks=[Check(BUCKET, item["token"] if item else None)]
                )
            except ConflictError:
                continue
            return Grant(mails, rate)
        return Grant(0, rate)

    def _bucket(self, item: Item | None, now: datetime) -> tuple[Bucket, datetime]:
        """Return the bucket as ITEM tells it, with the account's rate asked anew if it is old; and when that was."""
        asked_at = datetime.fromisoformat(item["asked_at"]) if item else None
        old = Bucket(float(item["level"]), datetime.fromisoformat(item["at"]), float(item["rate"])) if item else None
        if old and asked_at and now - asked_at < RATE_IS_GOOD_FOR:
            return old, asked_at
        rate = self._account().rate
        return (old.at_rate(rate) if old else Bucket.full(rate, now)), now

    def _item(self, bucket: Bucket, asked_at: datetime) -> Item:
        told = {"level": repr(bucket.level), "at": stamp(bucket.at), "rate": repr(bucket.rate)}
        return {"pk": BUCKET[0], "sk": BUCKET[1], **told, "asked_at": stamp(asked_at), "token": self._token()}
