"""A newsletter issue, and the frozen pages of its recipients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from dropcap.contracts import Cause

PAGE_SIZE = 50
"""Recipients a page: one message of DeliveryQueue, one batch read of subscribers and of ledger entries."""


class IssueState(StrEnum):
    """The state of an issue. An issue is kept for ever, so that no post has two."""

    PASSED = "passed"
    """The post is not news. The issue opens again if the post is published anew and is news then."""
    HELD = "held"
    """It looks like an accident, or the operator held it: the operator decides."""
    WAITING = "waiting"
    """The grace period: the author may still correct or remove the post."""
    WITHDRAWN = "withdrawn"
    """The post was gone when the grace period ended. The issue opens again when the post is published again."""
    FREEZING = "freezing"
    """The letter is fixed; the pages of recipients are being written."""
    FROZEN = "frozen"
    """The pages are written, the number of recipients is known."""
    DELIVERING = "delivering"
    """The pages are being delivered, or have been; the account knows the rest."""
    STOPPED = "stopped"
    """The operator stopped the delivery and may resume it."""
    CANCELLED = "cancelled"
    """The operator ended the issue: no more mail goes out for it, ever."""


UNSENT = frozenset({IssueState.PASSED, IssueState.HELD, IssueState.WITHDRAWN})
"""The states from which an issue may open again: no mail of it has gone out."""
BEFORE_FREEZING = UNSENT | {IssueState.WAITING}
"""The states in which the operator may release an issue, hold it, or cancel it before any mail is sent."""
SENDING = frozenset({IssueState.FROZEN, IssueState.DELIVERING})
"""The states in which pages are delivered."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue of the post KEY. LETTER names its frozen text, RECIPIENTS and PAGES are their numbers.

    REVISION counts its changes, so that a report never shows an earlier state over a later one. COUNTED says that each
    page keeps its own sum, and hands on to the next one. BY_REQUEST says that only `newsletter: true` made it news.
    BY_OPERATOR says that the operator decided its state, which a later upload then does not change. UPLOADED is when
    the version of the post was uploaded by which the issue was judged last; None if that is not known.
    """

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
    revision: int = 0
    counted: bool = False
    by_request: bool = False
    by_operator: bool = False
    uploaded: datetime | None = None

    def may_open_again(self, uploaded: datetime | None) -> bool:
        """Return whether the issue is judged anew, now that its post appears in a version UPLOADED at that time.

        A withdrawn issue is, since its post was removed and is back. A passed or held one needs a later version: in a
        rebuilt Catalog every post appears, although nobody has published anything.
        """
        if self.by_operator or self.state not in UNSENT:
            return False
        before = self.uploaded or self.cause.at
        return self.state is IssueState.WITHDRAWN or not (uploaded and before) or uploaded > before


def is_later(cause: Cause, than: Cause) -> bool:
    """Return whether the upload of CAUSE came after that of THAN; times that cannot be compared count as later."""
    if cause == than:
        return False
    try:
        return datetime.fromisoformat(cause.time) > datetime.fromisoformat(than.time)
    except (ValueError, TypeError):
        return cause.time != than.time


@dataclass(frozen=True, slots=True)
class Page:
    """A frozen page of an issue's recipients, by their hashes, in order: number NUMBER of its SHARD.

    TOTAL counts the shard's recipients up to and with this page. CLOSED marks the shard's last page. GENERATION grows
    when a recipient is erased, so that no sender who has read the page earlier writes to a hash that is gone.
    """

    shard: str
    number: int
    recipients: tuple[str, ...]
    total: int
    closed: bool
    generation: int = 0

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
        """Return the last recipient on the page; empty if there is none, and then the page is closed."""
        return self.recipients[-1] if self.recipients else ""

    @property
    def successor(self) -> str:
        """Return the name of the shard's next page; empty after the last one."""
        return "" if self.closed else page_name(self.shard, self.number + 1)


def page_name(shard: str, number: int) -> str:
    """Return the name of page NUMBER of SHARD."""
    return f"{shard}-{number:06d}"
