"""The status of a post's newsletter, for its author's report. It names no subscriber."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from dropcap.site.reports.time_format import in_zone, spoken

WAITING, HELD, PASSED, WITHDRAWN, SENDING, SENT = "waiting", "held", "passed", "withdrawn", "sending", "sent"
STUCK, STOPPED, CANCELLED = "stuck", "stopped", "cancelled"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """How many mails of an issue are in which state; BOUNCED and COMPLAINED are within ACCEPTED."""

    NUMBERS: ClassVar = ("accepted", "refused", "unknown", "left", "queued", "bounced", "complained")

    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    left: int = 0
    queued: int = 0
    bounced: int = 0
    complained: int = 0

    def to_item(self) -> dict[str, int]:
        """Return the numbers as reports and Catalog items carry them; these names never change."""
        return {name: getattr(self, name) for name in self.NUMBERS}

    def for_people(self) -> str:
        """Return the account in plain words: first how many mails were sent, then the other states."""
        others = {
            "SES refused the mail to {}": self.refused,
            "it is unclear whether {} got it": self.unknown,
            "{} had unsubscribed before": self.left,
            "{} are still to be sent": self.queued,
            "{} bounced": self.bounced,
            "{} complained": self.complained,
        }
        counts = [sentence.format(f"{number:,}") for sentence, number in others.items() if number]
        return "; ".join([_readers(self.accepted), *counts])


class MailNote(NamedTuple):
    """STATE is one of those above. WHEN (ISO 8601) is when the newsletter goes out, or went out.

    REASON says why it is not sent, READERS how many were on its list. ACCOUNT is None for an issue that was sent before
    accounts were kept: then READERS counts as accepted. It is None, too, in the moment in which an issue is stopped.
    """

    state: str
    when: str | None = None
    reason: str = ""
    readers: int = 0
    account: MailAccount | None = None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """Return the note with the FIELDS that `to_item` wrote; unknown names are ignored."""
        account = fields.get("account")
        numbers = {name: int(account.get(name, 0)) for name in MailAccount.NUMBERS} if account else None
        return cls(
            fields["state"],
            fields.get("when"),
            fields.get("reason", ""),
            int(fields.get("readers", 0)),
            None if numbers is None else MailAccount(**numbers),
        )

    @property
    def accepted(self) -> int:
        """Return how many mails SES accepted."""
        return self.account.accepted if self.account else self.readers

    @property
    def went_at(self) -> str | None:
        """Return when it was sent; None if SES accepted no mail, or the note does not say whether it did."""
        is_known = self.state == SENT or (self.account and self.state in {SENDING, STOPPED, CANCELLED})
        return self.when if is_known and self.accepted else None

    def in_zone(self, zone: str) -> "MailNote":
        """Return the note with its time in ZONE."""
        return self._replace(when=self.when and in_zone(self.when, zone))

    def for_people(self, zone: str) -> str:
        """Return the note as a sentence, with times in ZONE, an IANA name."""
        when = f" on {spoken(self.when, zone)}" if self.when else ""
        account = self.account.for_people() if self.account else ""
        return {
            WAITING: f"Its newsletter goes out{when}.",
            HELD: f"Its newsletter is held until the operator releases it: {self.reason}.",
            PASSED: f"It has no newsletter: {self.reason}.",
            WITHDRAWN: f"Its newsletter was cancelled: {self.reason}.",
            SENDING: f"Its newsletter is being sent{f': so far it went to {account}' if self.accepted else ''}.",
            STUCK: "Its newsletter could not be sent. The operator is informed and sends it once the cause is fixed.",
            STOPPED: f"The operator stopped its newsletter{f': it went to {account}' if account else ''}.",
            CANCELLED: f"The operator cancelled its newsletter{f': it went to {account}' if account else ''}.",
            SENT: f"Its newsletter went to {(self.readers and account) or _to_readers(self.readers)}.",
        }.get(self.state, f"Its newsletter: {self.state}.")

    def to_item(self) -> dict[str, Any]:
        """Return the note as reports and its Catalog item carry it; these names never change."""
        fields = {"state": self.state, "when": self.when, "reason": self.reason, "readers": self.readers}
        return {**fields, "account": self.account.to_item()} if self.account else fields


def _to_readers(number: int) -> str:
    return _readers(number) if number else "nobody: there were no subscribers yet"


def _readers(number: int) -> str:
    return {0: "nobody", 1: "one subscriber"}.get(number, f"{number:,} subscribers")
