"""The outcome of one call to SES: whether the mail was accepted, and who must act. Codes decide, never texts."""

from dataclasses import dataclass
from enum import StrEnum

TOO_FAST_CODES = frozenset(
    {
        "TooManyRequestsException",
        "ThrottlingException",
        "Throttling",
        "LimitExceededException",
        "RequestLimitExceeded",
        "SlowDown",
    }
)
"""Codes that SES returns both for the rate a second and for the quota a day."""

MESSAGE_CODES = frozenset({"MessageRejected", "BadRequestException"})
"""Codes that are about this mail, as long as the account may send at all, and from this sender."""

_TIMED_OUT, _TOO_MANY, _SERVER = 408, 429, 500


class Outcome(StrEnum):
    """The outcome of a call. Only after UNKNOWN it is unclear whether the mail was sent."""

    TAKEN = "taken"
    """SES has it."""
    NOT_NOW = "not now"
    """Refused for now: the second's rate is used up, or no connection was made."""
    DAY_SPENT = "day spent"
    """Refused for hours: the day's quota is used up."""
    REFUSED = "refused"
    """Refused for good: this mail to this recipient."""
    CLOSED = "closed"
    """Refused for good, for every mail: the operator must act."""
    UNKNOWN = "unknown"
    """No answer, or none that says whether the mail was taken."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """OUTCOME of a call, with the MESSAGE_ID that SES gave, or the CODE with which it refused."""

    outcome: Outcome
    message_id: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class SesAccount:
    """The sending limits in the answer of GetAccount. A PER_DAY below 0 means without limit.

    MAY_SEND says whether SES accepts any mail from the sender; None if that is not known now.
    """

    rate: float
    per_day: float
    sent_today: float
    may_send: bool | None

    @property
    def day_is_spent(self) -> bool:
        """Return whether the day's quota is used up."""
        return 0 <= self.per_day <= self.sent_today


UNKNOWN_ACCOUNT = SesAccount(rate=1.0, per_day=-1.0, sent_today=0.0, may_send=None)
"""The limits assumed while GetAccount does not answer: those of a new account."""


def is_about_the_account(code: str, status: int) -> bool:
    """Return whether only GetAccount can tell what CODE (with the HTTP STATUS) means."""
    return code in TOO_FAST_CODES | MESSAGE_CODES or status == _TOO_MANY


def outcome_of(code: str, status: int, account: SesAccount) -> Outcome:
    """Return the outcome of an error answer of SES with CODE and HTTP STATUS; ACCOUNT is what GetAccount says now."""
    if status >= _SERVER or status == _TIMED_OUT:
        return Outcome.UNKNOWN
    if code in TOO_FAST_CODES or status == _TOO_MANY:
        return Outcome.DAY_SPENT if account.day_is_spent else Outcome.NOT_NOW
    if code in MESSAGE_CODES and account.may_send is None:
        return Outcome.NOT_NOW
    return Outcome.REFUSED if code in MESSAGE_CODES and account.may_send else Outcome.CLOSED


def may_pass(code: str, status: int) -> bool:
    """Return whether an error with CODE and HTTP STATUS may pass by itself, so that the same call is worth a retry."""
    return status >= _SERVER or status in {_TIMED_OUT, _TOO_MANY} or code in TOO_FAST_CODES
