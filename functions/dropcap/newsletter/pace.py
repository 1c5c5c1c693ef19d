"""How fast: the token bucket that all senders share, and how many issues an hour opens."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ISSUES_AN_HOUR = 3
"""The fourth within an hour is held for the operator: people do not publish so fast, accidents do."""

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Mails that may be sent AT a time: LEVEL of them, and RATE more a second, up to a second's worth."""

    level: float
    at: datetime
    rate: float

    @classmethod
    def full(cls, rate: float, now: datetime) -> "Bucket":
        """Return a bucket that nobody has taken from."""
        return cls(max(1.0, rate), now, rate)

    def at_rate(self, rate: float) -> "Bucket":
        """Return the same bucket after the account's rate has changed."""
        return replace(self, rate=rate, level=min(self.level, max(1.0, rate)))

    def taken(self, wanted: int, now: datetime) -> tuple[int, "Bucket"]:
        """Take up to WANTED mails: give how many, and what is left. A clock that lags behind adds nothing."""
        seconds = max(0.0, (now - self.at).total_seconds())
        level = min(max(1.0, self.rate), self.level + seconds * self.rate)
        granted = min(wanted, int(level))
        return granted, Bucket(level - granted, max(now, self.at), self.rate)


def seconds_for(mails: int, rate: float) -> int:
    """Return the whole seconds, 1 to 60, after which so many MAILS may have been let through at RATE."""
    return min(60, max(1, round(mails / max(rate, 0.1))))


def within_the_hour(opened: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return those times of OPENED that lie less than an hour before NOW."""
    return tuple(at for at in opened if now - at < HOUR)
