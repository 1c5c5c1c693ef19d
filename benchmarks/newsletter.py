"""The cost of delivering an issue, in counts and ratios: reads, renderings, use of the rate, refusals on a spent day.

    .venv/bin/python benchmarks/newsletter.py [RECIPIENTS]

One JSON line for each rate. Delivery runs on in-memory stand-ins with a clock that is moved, so that nothing depends on
the machine.
"""

import json
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dropcap.newsletter.letter import Letter
from dropcap.newsletter.news import issue_of
from dropcap.newsletter.outcome import SesAccount
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.page_delivery import DeliverTools, Invocation
from support.newsletter_bench import CAUSE, NAPS, NOON, Bench, MoodySes, bench_in_memory, refusal

SECONDS = 40.0
"""Seconds that an invocation has for its mails."""


@dataclass
class Counted:
    """A DynamoDB client that counts the items it is asked to read."""

    client: Any
    reads: Counter[str]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a boto3 method
        """Return the method NAME, which counts its reads."""
        method = getattr(self.client, name)

        def call(**arguments: Any) -> Any:  # noqa: ANN401  # as boto3 takes and returns it
            answer = method(**arguments)
            if name == "get_item":
                self.reads[name] += 1
            elif name == "batch_get_item":
                self.reads[name] += sum(len(of["Keys"]) for of in arguments["RequestItems"].values())
            elif name == "query":
                self.reads[name] += len(answer["Items"])
            return answer

        return call if callable(method) else method


@dataclass
class Timed(MoodySes):
    """SES, which notes when each mail came by CLOCK."""

    clock: Callable[[], datetime] = datetime.now
    times: list[datetime] = field(default_factory=list)

    def send_email(self, **arguments: object) -> dict[str, Any]:
        """Send, and note the time."""
        self.times.append(self.clock())
        return super().send_email(**arguments)

    def pace(self) -> float:
        """Return the mails a second from the first mail to the last."""
        return (len(self.times) - 1) / (self.times[-1] - self.times[0]).total_seconds()

    def most_in_a_second(self) -> int:
        """Return the most mails of any second."""
        second = timedelta(milliseconds=999)  # the times of slots are rounded
        ends = (bisect_left(self.times, start + second) for start in self.times)
        return max(end - start for start, end in enumerate(ends))


def frozen(bench: Bench, recipients: int) -> None:
    """Freeze an issue for so many RECIPIENTS."""
    bench.subscribe_many(recipients)
    bench.catalog.publish(NAPS)
    open_issue(bench.opening(), EntryAppeared(NAPS.key, CAUSE), now=NOON)
    bench.now = NOON + timedelta(minutes=15)
    freeze_issue(bench.freezing(), FreezeIssue(issue_of(NAPS.key), CAUSE), now=bench.now)


def delivered(bench: Bench, tools: DeliverTools, until: datetime | None = None) -> int:
    """Deliver, one function at a time, until nothing is left or UNTIL a time; return the number of visits."""
    waiting, visits = [(bench.now, message) for message, _ in bench.take("deliveries")], 0
    while waiting:
        waiting.sort(key=lambda waiter: waiter[0])
        due, message = waiting.pop(0)
        bench.now = max(bench.now, due)
        if until and bench.now > until:
            break
        if not isinstance(message, DeliverBatch):
            continue
        start = bench.now
        left = lambda start=start: SECONDS - (bench.now - start).total_seconds()  # noqa: E731
        deliver_batch(tools, message, Invocation(start, timedelta(minutes=1), left))
        visits += 1
        waiting += [(bench.now + timedelta(seconds=delay), sent) for sent, delay in bench.take("deliveries")]
    return visits


def at_rate(rate: float, recipients: int) -> dict[str, object]:
    """Measure the delivery to RECIPIENTS at RATE mails a second."""
    bench = bench_in_memory()
    bench.account = SesAccount(rate=rate, per_day=-1.0, sent_today=0.0, may_send=True)
    frozen(bench, recipients)
    reads: Counter[str] = Counter()
    counted: Any = {"dynamodb": Counted(bench.dynamodb, reads)}
    tools = replace(replace(bench, **counted).delivering(), now=bench.clock, pause=bench.pause)
    bench.mood = timed = Timed(bench.ses, clock=bench.clock)
    tools = replace(tools, mail=bench.mail)
    renderings, rendered = Counter[str](), Letter.rendered

    def count(letter: Letter) -> object:
        renderings["letters"] += 1
        return rendered(letter)

    with patch.object(Letter, "rendered", count):
        visits = delivered(bench, tools)
    return {
        "rate": rate,
        "recipients": recipients,
        "accepted": bench.account_of(issue_of(NAPS.key)).accepted,
        "visits": visits,
        "reads_per_recipient": round(sum(reads.values()) / recipients, 2),
        "renderings": renderings["letters"],
        "use_of_the_rate": round(timed.pace() / rate, 3),
        "most_in_a_second": timed.most_in_a_second(),
    }


def spent_day(recipients: int) -> dict[str, object]:
    """Count what SES refuses in a day whose quota is used up, with RECIPIENTS waiting."""
    bench = bench_in_memory()
    frozen(bench, recipients)
    quota = {"MaxSendRate": 14.0, "Max24HourSend": 200.0, "SentLast24Hours": 200.0}
    bench.mood.account = {"SendQuota": quota}
    bench.mood.faults = [refusal("ThrottlingException", 429)] * 100_000
    bench.rate.look(bench.now)
    bench.account = SesAccount(rate=14.0, per_day=200.0, sent_today=200.0, may_send=True)
    visits = delivered(bench, bench.delivering(), bench.now + timedelta(days=1))
    return {
        "spent_day": True,
        "recipients": recipients,
        "visits": visits,
        "refused": 100_000 - len(bench.mood.faults),
    }


def main() -> None:
    """Print one line for each measurement."""
    recipients = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for rate in (1.0, 14.0):
        print(json.dumps(at_rate(rate, recipients)))
    print(json.dumps(spent_day(recipients)))


if __name__ == "__main__":
    main()
