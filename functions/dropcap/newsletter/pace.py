"""The pace of mails, as slots that all senders reserve, and the pace of issues an hour and a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

ISSUES_AN_HOUR = 3
"""The fourth issue within an hour is held for the operator: people do not publish so fast, accidents do."""
REQUESTED_A_DAY = 1
"""The second issue within a day that only `newsletter: true` makes news is held: imports may have it everywhere."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

LEAD = timedelta(seconds=2)
"""How far ahead a sender may reserve slots; it waits for them, so that no time is lost between two senders."""
CONFIRMATION_LEAD = timedelta(minutes=1)
"""A confirmation goes out at once while slots are reserved for no longer than this; later slots move on for it."""


SHARE_OF_CONFIRMATIONS = 4
"""Confirmations may use this part of a day's quota at most: a quarter."""


def confirmation_budget(budget: int, per_day: float) -> int:
    """Return how many confirmation mails a day may have, given the operator's BUDGET and a quota of PER_DAY mails.

    Newsletters leave as many mails of the quota unused, so that neither kind uses up the quota of the other. A PER_DAY
    below 0 means without limit.
    """
    return budget if per_day < 0 else min(budget, int(per_day) // SHARE_OF_CONFIRMATIONS)


class Slots(NamedTuple):
    """The time from which sending is FREE, at RATE mails a second; all earlier slots are reserved or past."""

    free: datetime
    rate: float

    def at_rate(self, rate: float) -> "Slots":
        """Return the same after the account's rate has changed."""
        return self._replace(rate=rate)

    def begin(self, now: datetime) -> datetime:
        """Return when the next slot begins; slots that nobody used before NOW are lost, so that no second has more."""
        return max(self.free, now)

    def wait(self, now: datetime) -> timedelta:
        """Return how long to wait from NOW before asking again; zero if slots can be reserved now."""
        return max(timedelta(0), self.begin(now) - now - LEAD)

    def reserved(self, wanted: int, now: datetime, within: timedelta) -> tuple["Reservation", "Slots"]:
        """Reserve slots for up to WANTED mails due WITHIN this time from NOW; also return the remaining ones."""
        begin = self.begin(now)
        fitting = int(max(timedelta(0), now + within - begin).total_seconds() * self.rate + 1)
        mails = 0 if self.wait(now) else min(wanted, fitting)
        return Reservation(begin, mails, self.rate), self._replace(free=begin + timedelta(seconds=mails / self.rate))

    def with_confirmation(self, now: datetime) -> "Slots | None":
        """Return the remaining slots after one confirmation that is sent NOW; None while too many are reserved."""
        begin = self.begin(now)
        if begin > now + CONFIRMATION_LEAD:
            return None
        return self._replace(free=begin + timedelta(seconds=1 / self.rate))


class Reservation(NamedTuple):
    """Slots for MAILS, the first one due at BEGIN, RATE a second."""

    begin: datetime
    mails: int
    rate: float

    def due(self, number: int) -> datetime:
        """Return when mail NUMBER, from 0, may go out."""
        return self.begin + timedelta(seconds=number / self.rate)


def seconds_for(mails: int, rate: float) -> int:
    """Return the whole seconds, 1 to 60, after which so many MAILS may have been sent at RATE."""
    return min(60, max(1, round(mails / max(rate, 0.1))))


def within_the_hour(opened: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return those times of OPENED that lie less than an hour before NOW."""
    return tuple(at for at in opened if now - at < HOUR)


def within_the_day(opened: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """Return those times of OPENED that lie less than 24 hours before NOW."""
    return tuple(at for at in opened if now - at < DAY)
