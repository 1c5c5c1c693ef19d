"""The send slots that all senders share: one item, `BUCKET`, `BUCKET`, in the newsletter's table.

`free` is when the next slot begins (`at` in older items), `spent_until` when to ask again after the day's quota was
used up. GetAccount may be called once a second in all, so its answer is shared too: `rate`, `per_day`, and `left`, how
many mails of newsletters the quota still allows, less those that were reserved since.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dropcap.aws.subscribers import stamp
from dropcap.aws.table import Check, Item, Table
from dropcap.errors import ConflictError
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter.pace import Reservation, Slots, confirmation_budget

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BUCKET = ("BUCKET", "BUCKET")
ASK_EVERY = timedelta(minutes=15)
"""How long the account's rate is taken as last read, and a spent day is not tried again."""
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class SendState:
    """The slots as they were read, when the account was REQUESTED, and until when the day is SPENT, if it is.

    TOKEN is that of the item, None if there is none yet. PER_DAY is the quota, and LEFT what newsletters may still
    use of it; None if there is no quota.
    """

    slots: Slots
    requested: datetime
    spent: datetime | None
    token: str | None
    per_day: float = -1.0
    left: int | None = None

    def wait(self, now: datetime) -> timedelta:
        """Return how long to wait from NOW before sending newsletters; zero if slots can be reserved now."""
        used_up = self.requested + ASK_EVERY - now if self.left == 0 else timedelta(0)
        return max(self.wait_for_day(now), used_up, self.slots.wait(now))

    def wait_for_day(self, now: datetime) -> timedelta:
        """Return how long to wait from NOW because SES refused a mail for the day's quota."""
        return self.spent - now if self.spent and self.spent > now else timedelta(0)


class SendRate:
    """Limits mails to the account's rate. All methods raise ServiceError."""

    def __init__(
        self,
        client: "DynamoDBClient",
        name: str,
        account: Callable[[], SesAccount],
        token: Callable[[], str],
        budget: int = 0,
    ) -> None:
        """Store the CLIENT, the table's NAME, ACCOUNT, which reads rate and quota from SES, and TOKEN for commits.

        BUDGET is that of confirmations a day, which newsletters leave unused.
        """
        self._budget = budget
        self._table = Table(client, name)
        self._account = account
        self._token = token

    def look(self, now: datetime) -> SendState:
        """Return the slots, with one read, and a call to SES if its last answer is old."""
        item = self._table.get(BUCKET)
        state = _read(item) if item else None
        if state and now - state.requested < ASK_EVERY:
            return state
        account = self._account()
        spent = now + ASK_EVERY if account.day_is_spent else None
        slots = state.slots.at_rate(account.rate) if state else Slots(now - timedelta(days=1), account.rate)
        left = None if account.per_day < 0 else max(0, int(account.per_day - account.sent_today) - self._kept(account))
        fresh = SendState(slots, now, spent, state.token if state else None, account.per_day, left)
        return self._written(fresh) or fresh

    def reserve(self, state: SendState, wanted: int, now: datetime, within: timedelta) -> Reservation:
        """Reserve slots for up to WANTED mails due WITHIN this time; none if others reserve at the same time."""
        for _ in range(ROUNDS):
            allowed = wanted if state.left is None else min(wanted, state.left)
            reservation, slots = state.slots.reserved(allowed, now, within)
            left = None if state.left is None else state.left - reservation.mails
            if state.wait(now) or not reservation.mails or self._written(replace(state, slots=slots, left=left)):
                return reservation._replace(mails=0 if state.wait(now) else reservation.mails)
            state = self.look(now)
        return Reservation(now, 0, state.slots.rate)

    def take_for_confirmation(self, now: datetime) -> timedelta:
        """Take the slot of one confirmation that goes out NOW, before reserved ones; return how long to wait if not."""
        for _ in range(ROUNDS):
            state = self.look(now)
            left = state.slots.with_confirmation(now)
            if left is None or state.wait_for_day(now):
                return max(state.wait_for_day(now), state.slots.wait(now))
            if self._written(replace(state, slots=left)):
                return timedelta(0)
        return timedelta(seconds=1)

    def confirmation_budget(self, now: datetime) -> int:
        """Return how many confirmation mails a day may have; see `pace.confirmation_budget`."""
        return confirmation_budget(self._budget, self.look(now).per_day)

    def _kept(self, account: SesAccount) -> int:
        return confirmation_budget(self._budget, account.per_day)

    def day_is_spent(self, now: datetime) -> None:
        """Record that SES has just refused a mail because the day's quota is used up."""
        for _ in range(ROUNDS):
            state = self.look(now)
            if (state.spent and state.spent > now) or self._written(
                replace(state, spent=now + ASK_EVERY, requested=now)
            ):
                return

    def _written(self, state: SendState) -> SendState | None:
        """Write STATE and return it as written; None if another sender has written since it was read."""
        token = self._token()
        item: Item = {
            "pk": BUCKET[0],
            "sk": BUCKET[1],
            "free": stamp(state.slots.free),
            "rate": repr(state.slots.rate),
            "asked_at": stamp(state.requested),
            "token": token,
        }
        item |= {"spent_until": stamp(state.spent)} if state.spent else {}
        item |= {"per_day": repr(state.per_day)} | ({} if state.left is None else {"left": state.left})
        try:
            self._table.commit([item], checks=[Check(BUCKET, state.token)])
        except ConflictError:
            return None
        return replace(state, token=token)


def _read(item: Item) -> SendState:
    spent = item.get("spent_until")
    return SendState(
        Slots(datetime.fromisoformat(item.get("free") or item["at"]), float(item["rate"])),
        datetime.fromisoformat(item["asked_at"]),
        datetime.fromisoformat(spent) if spent else None,
        item["token"],
        float(item.get("per_day", -1.0)),
        int(item["left"]) if "left" in item else None,
    )
