"""One visit to a page of recipients: its collaborators, its time, and what it has done so far."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dropcap.aws.ledger import Ledger
from dropcap.aws.letters import Letters
from dropcap.aws.mail import Mail
from dropcap.aws.newsletter import Newsletter
from dropcap.aws.page_sums import PageSums
from dropcap.aws.queues import LONGEST_DELAY, Queue
from dropcap.aws.send_rate import SendRate
from dropcap.aws.subscribers import Subscribers
from dropcap.newsletter.issue import Issue, Page
from dropcap.newsletter.ledger import DeliveryState, LedgerLine
from dropcap.newsletter_contracts import DeliverBatch

CLOCKS_APART = timedelta(seconds=10)
"""The clocks of two functions may differ by so much."""


@dataclass(frozen=True, slots=True)
class DeliverTools:
    """The collaborators of delivery. TOKEN makes a random name for a lease; NOW is the clock, PAUSE waits seconds."""

    newsletter: Newsletter
    ledger: Ledger
    sums: PageSums
    subscribers: Subscribers
    letters: Letters
    rate: SendRate
    mail: Mail
    queue: Queue
    issues: Queue
    token: Callable[[], str]
    now: Callable[[], datetime]
    pause: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Invocation:
    """One run of the function: when it STARTED, how long any may last (LASTS), and the seconds left for mails."""

    started: datetime
    lasts: timedelta
    seconds_left: Callable[[], float]

    @property
    def others_dead_if_before(self) -> datetime:
        """Return the time before which a sender must have started to be certainly dead now."""
        return self.started - self.lasts - CLOCKS_APART


@dataclass(slots=True)
class PageDelivery:
    """One visit to PAGE of ISSUE, which was REOPENED so often when it was read.

    DONE counts results; DELAY, where set, is when the page must be visited again.
    """

    tools: DeliverTools
    batch: DeliverBatch
    invocation: Invocation
    issue: Issue
    page: Page
    reopened: int = 0
    done: Counter[str] = field(default_factory=Counter)
    delay: int | None = None

    def again_in(self, seconds: float) -> None:
        """Visit the page again after SECONDS, or later if another reason requires it."""
        self.delay = max(self.delay or 0, min(LONGEST_DELAY, int(seconds)))

    def line(self, recipient: str) -> LedgerLine:
        """Return the place of RECIPIENT's entry."""
        name = self.batch.page if self.issue.counted else ""
        return LedgerLine(self.batch.issue, recipient, name, self.page.generation)

    @property
    def lease_over(self) -> float:
        """Return the seconds after which every lease of now has been settled, or its sender is dead."""
        return (self.invocation.lasts + CLOCKS_APART).total_seconds()

    def leave_out(self, recipient: str) -> None:
        """Record that RECIPIENT is no longer confirmed; visit the page again if their mail is just being sent."""
        if self.tools.ledger.leave_out(self.line(recipient)):
            self.done[DeliveryState.LEFT] += 1
        else:
            self.again_in(1)
