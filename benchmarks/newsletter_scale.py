"""One issue to many subscribers, with crashes at every kind of step: nobody twice, nobody lost, the account adds up.

    .venv/bin/python benchmarks/newsletter_scale.py [RECIPIENTS]

Runs the real steps on in-memory stand-ins for DynamoDB, SQS, S3 and SES, and prints one JSON line: our own CPU time a
recipient as a multiple of splicing one message, measured in the same run, and our own memory after each quarter.
"""

import gc
import json
import sys
import time
import tracemalloc
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dropcap.contracts import DeliverBatch, EntryAppeared, FreezeIssue
from dropcap.errors import ServiceError
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.issue import PAGE_SIZE, IssueState
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.letter import Rendered
from dropcap.newsletter.news import issue_of
from dropcap.newsletter.outcome import SesAccount
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import DeliverTools, Invocation
from dropcap.steps.newsletter.write_letter import private_link
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench, Died, bench_in_memory

Method = Callable[..., Any]

ISSUE = issue_of(NAPS.key)
BODY = "<p>" + "Twenty minutes are enough, and nobody has to know. " * 100 + "</p>"
VISIBILITY, TIMEOUT = timedelta(minutes=6), timedelta(minutes=1)
EVERY = 997
"""Every so many calls, the function dies before or after one: a prime, so that every kind of call is met."""
OURS = [tracemalloc.Filter(inclusive=True, filename_pattern="*/functions/dropcap/*")]
MEASURED = 2_000
"""Recipients of the delivery whose CPU time is measured, apart from the others."""


class Around:
    """Passes every call on to CLIENT by way of THROUGH, which gets the method's name and the method."""

    def __init__(self, client: Any, through: Callable[[str, Method, dict[str, Any]], Any]) -> None:  # noqa: ANN401  # a client of boto3
        """Take the CLIENT and what its calls go THROUGH."""
        self._client = client
        self._through = through

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a boto3 method
        """Return the method NAME."""
        method = getattr(self._client, name)
        if not callable(method):
            return method

        def call(**arguments: Any) -> Any:  # noqa: ANN401  # as boto3 takes and returns it
            return self._through(name, method, arguments)

        self.__dict__[name] = call
        return call


@dataclass
class Crashes:
    """Lets the function die around each call whose number EVERY divides; OPERATIONS counts the crashes by call."""

    every: int
    calls: int = 0
    are_on: bool = False
    operations: Counter[str] = field(default_factory=Counter)

    def __call__(self, name: str, method: Method, arguments: dict[str, Any]) -> Any:  # noqa: ANN401  # a client's answer
        """Make one call, and perhaps die before or after it."""
        self.calls += 1
        dies = self.are_on and self.calls % self.every == 0
        if dies and self.calls // self.every % 2:
            self.operations[f"before {name}"] += 1
            raise Died
        answer = method(**arguments)
        if dies:
            self.operations[f"after {name}"] += 1
            raise Died
        return answer


@dataclass
class Tape:
    """Records the answers of calls, and returns them again in the same order: so our own CPU time is all there is."""

    answers: deque[Any] = field(default_factory=deque)
    replays: bool = False

    def __call__(self, name: str, method: Method, arguments: dict[str, Any]) -> Any:  # noqa: ANN401  # a client's answer
        """Record, or return, one answer; the letter, a stream that is read once, is fetched anew."""
        if name == "get_object":
            return method(**arguments)
        if self.replays:
            return self.answers.popleft()
        answer = method(**arguments)
        self.answers.append(answer)
        return answer


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
    """A delivery that goes on in steps. WAITING are messages by the time at which they are due, in order."""

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
        """Visit the page of the next message; a function that dies is followed by one in a new container."""
        due, message = self.waiting.popleft() if self.waiting else self.later.popleft()
        self.bench.now = max(self.bench.now, due)
        try:
            deliver_batch(self.tools, message, Invocation(self.bench.now, TIMEOUT, lambda: 40.0))
        except (Died, ServiceError):
            self.later.append((self.bench.now + VISIBILITY, message))
            self.tools = self.bench.delivering()
        self.collect()


def start(recipients: int, through: Callable[[str, Method, dict[str, Any]], Any]) -> Run:
    """Let so many people subscribe, and freeze an issue for them; calls go THROUGH this from then on."""
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


@dataclass
class Splices:
    """The messages of an issue to MAILS: addresses and links, one after the other."""

    rendered: Rendered
    mails: Iterator[tuple[MailAddress, str]]

    @classmethod
    def of_run(cls, run: Run, recipients: int) -> Self:
        """Return those of the issue of RUN."""
        issue = run.bench.newsletter.issue(ISSUE)
        site, rendered = run.tools.letters.rendered(issue.letter if issue else "")
        readers = [MailAddress(f"reader-{number}@example.org") for number in range(recipients)]
        mails = [(to, private_link(site, "unsubscribe", to.subscriber, f"token-of-{to.subscriber}")) for to in readers]
        return cls(rendered, cycle(mails))

    def seconds(self, times: int) -> float:
        """Return the CPU time of splicing so many of them."""
        some = list(islice(self.mails, times))
        started = time.process_time()
        for to, link in some:
            self.rendered.spliced(to, link)
        return time.process_time() - started


def own_cpu(recipients: int) -> float:
    """Return our own CPU time a recipient, in splices: a delivery whose services answer from a tape.

    A page and as many splices take turns, since the pace of a machine with other work changes.
    """
    tape = Tape()
    run = start(recipients, tape)
    mails, first, now = Splices.of_run(run, recipients), list(run.waiting), run.bench.now
    tape.answers.clear()
    run.deliver(recipients)
    run.waiting, run.later, run.bench.now, tape.replays = deque(first), deque(), now, True
    own = splices = 0.0
    visits = 0
    while run.waiting:
        started = time.process_time()
        run.visit()
        own += time.process_time() - started
        splices += mails.seconds(PAGE_SIZE)
        visits += 1
    return own / recipients / (splices / visits / PAGE_SIZE)


def own_memory() -> int:
    """Return the octets that our own modules hold."""
    gc.collect()
    statistics = tracemalloc.take_snapshot().filter_traces(OURS).statistics("filename")
    return sum(statistic.size for statistic in statistics)


def measured(recipients: int, every: int = EVERY) -> dict[str, Any]:
    """Deliver to so many RECIPIENTS, with a crash at EVERY so many calls, and return the figures."""
    cpu = own_cpu(min(MEASURED, recipients))
    crashes = Crashes(every)
    run = start(recipients, crashes)
    crashes.are_on = True
    memory = []
    tracemalloc.start()
    for quarter in (1, 2, 3, 4):
        run.deliver(recipients * quarter // 4 if quarter < 4 else recipients * 2)  # noqa: PLR2004  # the last quarter: all
        memory.append(own_memory())
    tracemalloc.stop()
    crashes.are_on = False
    account = run.bench.account_of(ISSUE)
    unknown = account.number(DeliveryState.UNKNOWN)
    return {
        "recipients": account.recipients,
        "mailed_once": sum(1 for mails in run.tally.mails.values() if mails == 1),
        "mailed_twice": sum(1 for mails in run.tally.mails.values() if mails > 1),
        "accepted": account.accepted,
        "unknown_after_a_crash": unknown,
        "without_a_state": account.recipients - account.accepted - unknown,
        "crashes": crashes.operations.total(),
        "crashes_at": dict(sorted(crashes.operations.items())),
        "cpu_in_splices": round(cpu, 2),
        "own_memory_by_quarter": memory,
    }


def main() -> None:
    """Print the figures."""
    print(json.dumps(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))


if __name__ == "__main__":
    main()
