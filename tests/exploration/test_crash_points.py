"""A crash at every AWS call of one story through all functions: the end is the same as without the crash."""

import importlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from dropcap.aws.schedules import PostSchedules
from dropcap.contracts import UploadSeen
from dropcap_local.cloud import START, LocalCloud
from dropcap_local.events.calls import Phase
from dropcap_local.events.queue_source import QueueSource
from support.call_places import DAYS
from support.crash_points import Choose, CrashExplorer, CrashPoint, PlacesOfADay, one_in
from support.exploration import EXPLORED, seed, takes_all
from support.mutations import Mutation, mutated
from support.scenario import ENVIRONMENT, play

SHARDS = 8 if takes_all() else 1
"""Everything is explored in parts, which run in parallel."""
ONE_IN = 600
"""The share of some 4,000 crash points in a sample, next to those of the places that are due."""


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_crash_at_any_call_changes_nothing_at_rest(
    shard: int, record_property: Callable[[str, object], None]
) -> None:
    """Site, reports, journals, ledger, subscribers, mails, dead letters and the edge are as without the crash.

    A sample has a call of each place that is due, and a few others; each place is due once in a few days.
    """
    places = PlacesOfADay(seed())
    drawn = one_in(ONE_IN, seed())
    choose: Choose = (
        (lambda point: point.is_distinct and point.number % SHARDS == shard)
        if takes_all()
        else lambda point: places(point) or drawn(point)
    )
    explorer = CrashExplorer(play, ENVIRONMENT, choose)
    count, findings = explorer.findings()
    extent = f"{len(places.chosen)} of {len(places.seen)} places: " + "; ".join(sorted(places.chosen))
    line = f"{count} crashes, {explorer.ended_early} of them at rest in the same state early"
    record_property(EXPLORED, line if takes_all() else f"{line}, at {extent}")
    assert count
    assert {} == {str(point): lines for point, lines in findings.items()}


def test_every_place_has_a_call_in_the_samples_of_a_few_days() -> None:
    """And each day has its share of them."""
    points = [
        CrashPoint(number, "before", "RenderFunction", "PutObject", place=f"place {number % 100}")
        for number in range(300)
    ]
    samples = [
        {point.place for point in points if choose(point)}
        for choose in map(PlacesOfADay, range(20260301, 20260301 + DAYS))
    ]
    assert 100 == len(set[str]().union(*samples)) == sum(map(len, samples))
    assert all(10 < len(sample) < 40 for sample in samples)


def only(number: int, function: str, operation: str, phase: Phase, key: str = "") -> Choose:
    """Return a choice of one crash: at the call of this NUMBER, from 1, by FUNCTION with OPERATION on KEY, if any."""
    taken: list[CrashPoint] = []

    def choose(point: CrashPoint) -> bool:
        if (point.function, point.operation, point.phase) != (function, operation, phase) or key not in {"", point.key}:
            return False
        taken.append(point)
        return len(taken) == number

    return choose


def edits_a_post(cloud: LocalCloud) -> Iterator[None]:
    """Publish a post, and edit it: a story short enough for a mutation test."""
    for text in ("One.", "Two."):
        cloud.upload("posts/naps.md", text)
        cloud.settle()
        yield
        cloud.clock.advance(3600)


def publishes_a_post(cloud: LocalCloud) -> Iterator[None]:
    """Publish a post, once."""
    cloud.upload("posts/naps.md", "One.")
    cloud.settle()
    yield


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
    line = (
        "return isinstance(wanted, RemakeView) or was_tried or is_redriven(record.attributes.message_deduplication_id)"
    )
    mutation = Mutation(importlib.import_module("publish"), "_may_be_stale", line, "return False")
    choose = only(2, "PublishFunction", "PutObject", "after", "naps/index.html")  # by the edit
    with mutated(mutation):
        _, findings = CrashExplorer(edits_a_post, {}, choose).findings()
    assert any(line.startswith("stale_at_the_edge") for lines in findings.values() for line in lines)


def publishes_a_post_of_tomorrow(cloud: LocalCloud) -> Iterator[None]:
    """Upload a post that appears later, and wait for it."""
    cloud.upload("posts/naps.md", f"---\ndate: {START + timedelta(days=1):%Y-%m-%d}\n---\nOne.")
    cloud.settle()
    yield
    cloud.clock.leap((START + timedelta(days=2)).timestamp())
    cloud.settle()


def test_a_difference_that_shows_only_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a second attempt made no schedule: the site is the same until the day on which the post appears."""
    attempts: list[datetime] = []
    real = PostSchedules.set

    def once(schedules: PostSchedules, when: datetime, message: UploadSeen) -> None:
        attempts.append(when)
        if len(attempts) == 1:
            real(schedules, when, message)

    monkeypatch.setattr(PostSchedules, "set", once)
    explorer = CrashExplorer(publishes_a_post_of_tomorrow, {}, only(1, "RenderFunction", "CreateSchedule", "before"))
    _, findings = explorer.findings()
    assert any(line.startswith("site naps/index.html") for lines in findings.values() for line in lines)


def test_a_crash_after_which_all_is_the_same_ends_early() -> None:
    """The run that crashed is compared where it is first at rest."""
    explorer = CrashExplorer(edits_a_post, {}, only(1, "PublishFunction", "PutObject", "before", "naps/index.html"))
    assert (1, {}) == explorer.findings()
    assert 1 == explorer.ended_early
