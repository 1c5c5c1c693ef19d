"""A newsletter issue, and the frozen pages of its recipients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from dropcap.contracts import Cause

PAGE_SIZE = 50
"""Recipients a page: one message of DeliveryQueue, one batch read of subscribers."""


class IssueState(StrEnum):
    """How far an issue is. It is kept for ever, so that a post opens one once for ever."""

    PASSED = "passed"
    """The post was not news when it first stood in the lists, and never will be."""
    HELD = "held"
    """It looks like an accident: the operator decides."""
    WAITING = "waiting"
    """The grace period: the author may still correct or remove the post."""
    WITHDRAWN = "withdrawn"
    """The post was gone when the grace period ended."""
    FREEZING = "freezing"
    """The letter is fixed; the pages of recipients are being written."""
    FROZEN = "frozen"
    """The pages are written, the account is known."""
    DELIVERING = "delivering"
    """Every page was handed to DeliveryQueue; the ledger knows the rest."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of the post KEY. LETTER names its frozen text, RECIPIENTS and PAGES are its account."""

    issue: str
    key: str
    title: str
    state: IssueState
    opened_at: datetime
    send_after: datetime
    cause: Cause
    reason: str = ""
    letter: str = ""
    recipients: int = 0
    pages: int = 0
    token: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A frozen page of an issue's recipients, by their hashes, in order: number NUMBER of its SHARD.

    TOTAL counts the shard's recipients up to and with this page. CLOSED says that it is the shard's last.
    """

    shard: str
    number: int
    recipients: tuple[str, ...]
    total: int
    closed: bool

    @property
    def name(self) -> str:
        """Return the page's name within its issue; names sort as pages do."""
        return page_name(self.shard, self.number)

    @classmethod
    def after(cls, last: Self | None, shard: str, waiting: Sequence[str]) -> Self:
        """Return the page after LAST (None: the first) for the WAITING recipients, at most PAGE_SIZE + 1 of them."""
        number, total = (last.number + 1, last.total) if last else (1, 0)
        some = tuple(waiting[:PAGE_SIZE])
        return cls(shard, number, some, total + len(some), len(waiting) <= PAGE_SIZE)

    @property
    def through(self) -> str:
        """Return the last recipient on the page; empty where there is none, and then the page is closed."""
        return self.recipients[-1] if self.recipients else ""


def page_name(shard: str, number: int) -> str:
    """Return the name of page NUMBER of SHARD."""
    return f"{shard}-{number:06d}"
