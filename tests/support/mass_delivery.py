"""One issue to very many subscribers: the real steps on in-memory stand-ins for DynamoDB, SQS, S3 and SES."""

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dropcap.errors import ServiceError
from dropcap.newsletter.issue import IssueState
from dropcap.newsletter.news import issue_of
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import DeliverTools, Invocation
from support.client_wrappers import Around, Through
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench, Died, bench_in_memory

ISSUE = issue_of(NAPS.key)
BODY = "<p>" + "Twenty minutes are enough, and nobody has to know. " * 100 + "</p>"
VISIBILITY, TIMEOUT = timedelta(minutes=6), timedelta(minutes=1)


@dataclass
class Tally:
    """SES: counts the mails to each recipient, and does not keep them."""

    client: Any
    mails: Counter[str] = field(default_factory=Counter)
    accepted: int = 0

    def send_email(self, **request: Any) -> dict[str, str]:  # noqa: ANN401  # as boto3 takes it
        """Accept a mail."""
        tags = {tag["Name"]: tag["Value"] for tag in request["EmailTags"]}
        self.mails[tags["recipient"]] += 1
        self.accepted += 1
        answer: dict[str, str] = self.client.send_email(**request)
        return answer

    def close(self) -> None:
        """Drop nothing."""


@dataclass
class Run:
    """A delivery in steps. WAITING are messages by the time at which they are due, in order."""

    bench: Bench
    tally: Tally
    tools: DeliverTools
    waiting: deque[tuple[datetime, DeliverBatch]] = field(default_factory=deque)
    later: deque[tuple[datetime, DeliverBatch]] = field(default_factory=deque)

    def freeze(self) -> None:
        """Open the issue and freeze it."""
        self.bench.catalog.publish(NAPS, BODY)
        open_issue(self.bench.opening(), EntryAppeared(NAPS.key, CAUSE), now=NOON)
        self.bench.now = NOON + timedelta(minutes=15)
        tools = self.bench.freezing()
        for _ in range(10_000):
            try:
                issue = freeze_issue(tools, FreezeIssue(ISSUE, CAUSE), now=self.bench.now)
            except (Died, ServiceError):
                continue
            if issue and issue.state is IssueState.DELIVERING:
                break
        self.collect()

    def collect(self) -> None:
        """Take what was sent; delayed messages come after those that are due at once."""
        for message, delay in self.bench.take("deliveries"):
            if not isinstance(message, DeliverBatch):
                continue
            (self.later if delay else self.waiting).append((self.bench.now + timedelta(seconds=delay), message))
        self.bench.take("issues")

    def deliver(self, recipients: int) -> None:
        """Deliver until so many RECIPIENTS have their mail, or nothing waits."""
        while (self.waiting or self.later) and self.tally.accepted < recipients:
            self.visit()

    def visit(self) -> None:
        """Visit the page of the next message; a function that crashes is followed by one in a new container."""
        due, message = self.waiting.popleft() if self.waiting else self.later.popleft()
        self.bench.now = max(self.bench.now, due)
        try:
            deliver_batch(self.tools, message, Invocation(self.bench.now, TIMEOUT, lambda: 40.0))
        except (Died, ServiceError):
            self.later.append((self.bench.now + VISIBILITY, message))
            self.tools = self.bench.delivering()
        self.collect()


def start(recipients: int, through: Through) -> Run:
    """Subscribe that many people and freeze an issue for them; later calls pass THROUGH this."""
    bench = bench_in_memory(keeps_mails=False)
    bench.account = SesAccount(rate=1e6, per_day=-1.0, sent_today=0.0, may_send=True)
    bench.subscribe_many(recipients)
    tally = Tally(bench.ses)
    clients: Any = {name: Around(getattr(bench, name), through) for name in ("dynamodb", "sqs", "s3", "scheduler")}
    mood: Any = Around(tally, through)
    bench = replace(bench, **clients, mood=mood)
    run = Run(bench, tally, bench.delivering())
    run.freeze()
    return run
