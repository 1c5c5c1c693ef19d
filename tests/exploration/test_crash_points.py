"""A crash at every AWS call of one story through all functions: the end is the same as without the crash."""

import importlib

import pytest

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Phase
from dropcap_local.events.queue_source import QueueSource
from support.crash_points import Choose, CrashExplorer, CrashPoint, one_in
from support.exploration import seed, takes_all
from support.mutations import Mutation, mutated
from support.scenario import ENVIRONMENT, play

SHARDS = 64 if takes_all() else 1
"""Everything is explored in parts, which run in parallel."""
ONE_IN = 600
"""The share of some 4,300 crash points in a sample."""


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_crash_at_any_call_changes_nothing_at_rest(shard: int) -> None:
    """Site, reports, journals, ledger, subscribers, mails, dead letters and the edge are as without the crash."""
    sample = one_in(ONE_IN, seed())
    choose: Choose = (lambda point: point.number % SHARDS == shard) if takes_all() else sample
    count, findings = CrashExplorer(play, ENVIRONMENT, choose).findings()
    assert count
    assert {} == {str(point): lines for point, lines in findings.items()}


def test_samples_differ_from_day_to_day() -> None:
    """Two seeds choose other points, each about the share that is asked for."""
    points = [CrashPoint(number, "before", "RenderFunction", "PutObject") for number in range(5000)]
    samples = [{point.number for point in points if one_in(10, day)(point)} for day in (1, 2)]
    assert samples[0] != samples[1]
    assert all(400 < len(sample) < 600 for sample in samples)


def only(number: int, function: str, operation: str, phase: Phase, key: str = "") -> Choose:
    """Return a choice of one crash: at the call of this NUMBER, from 1, by FUNCTION with OPERATION on KEY, if any."""
    taken: list[CrashPoint] = []

    def choose(point: CrashPoint) -> bool:
        if (point.function, point.operation, point.phase) != (function, operation, phase) or key not in {"", point.key}:
            return False
        taken.append(point)
        return len(taken) == number

    return choose


def edits_a_post(cloud: LocalCloud) -> None:
    """Publish a post, and edit it: a story short enough for a mutation test."""
    for text in ("One.", "Two."):
        cloud.upload("posts/naps.md", text)
        cloud.settle()
        cloud.clock.advance(3600)


def publishes_a_post(cloud: LocalCloud) -> None:
    """Publish a post, once."""
    cloud.upload("posts/naps.md", "One.")
    cloud.settle()


def test_a_lost_redelivery_is_found() -> None:
    """If the queue forgets the records of a function that crashed, the post never appears."""
    mutation = Mutation(QueueSource, "finish", 'if record["messageId"] not in failed:', "if True:")
    choose = only(1, "RenderFunction", "TransactWriteItems", "before")
    with mutated(mutation):
        _, findings = CrashExplorer(publishes_a_post, {}, choose).findings()
    (lines,) = findings.values()
    assert any(line.startswith("site naps/index.html") for line in lines)


def test_an_old_page_left_at_the_edge_is_found() -> None:
    """A publisher that forgets what its first attempt wrote leaves the CDN with an old version."""
    line = "return isinstance(wanted, RemakeView) or was_tried or wanted.cause.is_older_than(LATE, clients.now())"
    mutation = Mutation(importlib.import_module("publish"), "_may_be_stale", line, "return False")
    choose = only(2, "PublishFunction", "PutObject", "after", "naps/index.html")  # by the edit
    with mutated(mutation):
        _, findings = CrashExplorer(edits_a_post, {}, choose).findings()
    assert any(line.startswith("stale_at_the_edge") for lines in findings.values() for line in lines)
