"""Fault injection on a toy pipeline (uploads, a table, views): the faults it causes and those it never causes."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from dropcap_local.clients import Clients
from support.toy_stack import JSON, ask_for, send, toy_cloud, waiting

SEEDS = range(12)
BODIES = [f"{letter}{number}" for letter in "abcd" for number in range(6)]


@dataclass
class River:
    """A toy pipeline: an upload becomes an item, its record a message in the group of its first letter."""

    fault_seed: int | None
    uploads: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    hops: list[tuple[str, str]] = field(default_factory=list)
    at_work: list[str] = field(default_factory=list)
    together: int = 0
    queue: str = ""
    errors: list[str] = field(default_factory=list)

    def upload(self, event: JSON, _context: object) -> None:
        """Write an item for each message."""
        with self.working("upload"):
            for record in event["Records"]:
                self.uploads.append(record["body"])
                key = {"pk": {"S": record["body"][0]}, "sk": {"S": record["body"]}}
                Clients().client("dynamodb").put_item(TableName="Table", Item=key)

    def change(self, event: JSON, _context: object) -> None:
        """Send a message for each changed item."""
        with self.working("change"):
            for record in event["Records"]:
                change = record["dynamodb"]
                self.send_view(change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"], change["SequenceNumber"])

    def view(self, event: JSON, _context: object) -> None:
        """Build views; fail if two functions work on one message group."""
        groups = {record["attributes"]["MessageGroupId"] for record in event["Records"]}
        assert not groups & set(self.at_work)
        with self.working(*sorted(groups)):
            for record in event["Records"]:
                Clients().client("s3").list_buckets()
                self.views.append(record["body"])

    @contextmanager
    def working(self, *names: str) -> Iterator[None]:
        """Note who is at work, and whether somebody else was already."""
        self.together += bool(self.at_work)
        self.at_work += names
        try:
            yield
        finally:
            del self.at_work[-len(names) :]

    def send_view(self, group: str, body: str, identifier: str) -> None:
        """Send a message to the FIFO queue."""
        Clients().client("sqs").send_message(
            QueueUrl=self.queue, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=identifier
        )

    def run(self) -> list[JSON]:
        """Process everything, and return the dead letters."""
        with toy_cloud(upload=self.upload, change=self.change, view=self.view, fault_seed=self.fault_seed) as cloud:
            self.queue = cloud.id("Views")
            cloud.on_hop.append(lambda function, summary, _: self.hops.append((function, summary)))
            send(cloud, *BODIES)
            cloud.settle()
            self.errors = [repr(error) for _, error in cloud.event_loop.errors]
            return waiting(cloud, "Dead") + waiting(cloud, "DeadViews")


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_arrives_and_nothing_is_a_dead_letter(seed: int) -> None:
    """With every fault the cloud settles, and injected faults alone never use up the attempts of a message."""
    river = River(seed)
    assert [] == river.run()
    assert set(BODIES) == set(river.views)
    assert not any(error.startswith("AssertionError") for error in river.errors)


@pytest.mark.parametrize("seed", [3, 4])
def test_the_same_seed_gives_the_same_run(seed: int) -> None:
    """Batch for batch and fault for fault."""
    runs = [River(seed), River(seed)]
    for river in runs:
        river.run()
    assert runs[0] == runs[1]


def test_another_seed_gives_another_run() -> None:
    """Seeds differ in what goes wrong."""
    runs = [River(seed) for seed in (5, 6)]
    for river in runs:
        river.run()
    assert runs[0].hops != runs[1].hops


def test_every_kind_of_fault_is_injected() -> None:
    """Over some seeds: twice, out of order, crashes, timeouts, lost answers, refusals, several functions at once."""
    rivers = [River(seed) for seed in range(40)]
    for river in rivers:
        river.run()
    assert any(count > 1 for river in rivers for count in Counter(river.uploads).values())
    assert any(river.uploads != sorted(river.uploads) for river in rivers)
    assert any(river.together for river in rivers)
    errors = " ".join(error for river in rivers for error in river.errors)
    for kind in ("dies before call", "dies after call", "answer is lost", "ThrottlingException", "timed out"):
        assert kind in errors


def test_without_faults_everything_happens_once_and_in_order() -> None:
    """Upstream first, in full batches."""
    river = River(None)
    assert [] == river.run()
    assert BODIES == river.uploads
    assert Counter(BODIES) == Counter(river.views)
    assert [] == river.errors
    functions = [function for function, _ in river.hops]
    assert ["upload"] * 3 == functions[:3]
    assert "upload" not in functions[3:]


def test_a_message_group_keeps_its_order_under_fault_injection() -> None:
    """Messages of a group are first seen in the order in which they were sent."""
    for seed in SEEDS:
        bodies: list[str] = []

        def view(event: JSON, _context: object, bodies: list[str] = bodies) -> None:
            bodies.extend(record["body"] for record in event["Records"])

        with toy_cloud(view=view, fault_seed=seed) as cloud:
            for number in range(12):
                ask_for(cloud, "ab"[number % 2], str(number))
            cloud.settle()
        for start in (0, 1):
            expected = [str(number) for number in range(start, 12, 2)]
            assert expected == [body for body in dict.fromkeys(bodies) if body in expected]
