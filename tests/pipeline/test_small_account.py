"""An import into a new AWS account: ten concurrent executions in all, and the rest is throttled."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash
from dropcap_local.events.delivery import ReliableDelivery
from dropcap_local.events.event_source import Batch, RecordSource

LEFT = 5
"""Of the ten executions of a new account; other functions of the account take the rest."""
POSTS = 10


class SmallAccount(ReliableDelivery):
    """Every mapping with work runs as many functions as it may; those above the account's limit are throttled.

    A throttled batch was received, and comes back after its visibility timeout: its receive count has gone up.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # a game, not a secret
        self._running = 0
        self.throttled = 0

    def choose(self, ready: Sequence[RecordSource]) -> RecordSource:
        """Choose any source that has work, and note how many functions all of them would run."""
        self._running = sum(source.mapping.maximum_concurrency or 1 for source in ready)
        return self._chance.choice(ready)

    @contextmanager
    def during(self, source: RecordSource, batch: Batch) -> Iterator[None]:
        """Throttle as many invocations as exceed the limit."""
        if self._chance.random() > LEFT / max(self._running, 1):
            self.throttled += 1
            message = f"throttled: {len(batch.identifiers)} from {source.name}"
            raise Crash(message)
        yield


def test_no_good_post_of_an_import_fails_in_a_new_account() -> None:
    """Some invocations are throttled, and nothing but time is lost."""
    account = SmallAccount(seed=7)
    cloud = LocalCloud()
    cloud._delivery = account  # noqa: SLF001  # a way to deliver that only this test needs
    with cloud:
        for number in range(POSTS):
            cloud.upload(
                f"posts/post-{number}.md", f"---\ntitle: Post {number}\ndate: 2025-03-{number + 1:02}\n---\nText."
            )
        cloud.settle()
        assert account.throttled
        reports = [cloud.report(f"posts/post-{number}.md") or {} for number in range(POSTS)]
        assert {("published", 0)} == {(report.get("outcome"), len(report.get("errors", "?"))) for report in reports}
        assert [] == [
            source for source in cloud.stack.ids if source.endswith("DeadLetters") and _waiting(cloud, source)
        ]


def _waiting(cloud: LocalCloud, queue: str) -> int:
    """Return the number of messages in QUEUE."""
    answer = cloud.client("sqs").get_queue_attributes(
        QueueUrl=cloud.id(queue), AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])
