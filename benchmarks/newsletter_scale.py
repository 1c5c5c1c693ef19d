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
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from dropcap.newsletter.address import MailAddress
from dropcap.newsletter.issue import PAGE_SIZE
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.letter import Rendered
from dropcap.steps.newsletter.write_letter import private_link
from support.client_wrappers import Crashes, Tape
from support.mass_delivery import ISSUE, Run, start

EVERY = 997
"""Every so many calls, the function dies before or after one: a prime, so that every kind of call is met."""
OURS = [tracemalloc.Filter(inclusive=True, filename_pattern="*/functions/dropcap/*")]
MEASURED = 2_000
"""Recipients of the delivery whose CPU time is measured, apart from the others."""


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
