"""Delivery by the clock: batches have what would be there by then, and calls end at their time."""

import itertools
from collections.abc import Iterator
from random import Random

import pytest

from dropcap_local.cloud import LocalCloud
from one_post import post
from recorded import Invocation, recorded
from replay import Replay, Settings
from timetable import Timetable

SETTINGS = Settings(
    {"refresh queue": 9.0}, {"render": 1769, "index": 1769, "publish": 1769, "refresh": 512, "announce": 512}
)


def replay() -> Replay:
    """Return a replay with the median of each latency."""
    return Replay(SETTINGS, Random(0), sigma=0)  # noqa: S311  # nothing is drawn


@pytest.fixture(scope="module")
def graph() -> Iterator[list[Invocation]]:
    """Return the invocations of one more post among two."""
    with LocalCloud() as cloud:
        for number in range(2):
            cloud.upload(f"posts/post-{number}.md", post(number))
        cloud.settle()
        yield recorded(cloud, {"posts/post-2.md": post(2)}, Timetable(cloud, replay()))


def test_a_batch_has_only_what_arrived_together(graph: list[Invocation]) -> None:
    """No batch waits for a message that is sent after its start, except where the queue has a window."""
    times = replay().times(graph)
    for invocation in graph:
        arrivals = [times[number][call] for number, call in invocation.caused if number >= 0]
        if invocation.source == "queue" and invocation.function != "refresh" and arrivals:
            assert max(arrivals) - min(arrivals) < 0.01


def test_a_shard_has_one_invocation_at_a_time(graph: list[Invocation]) -> None:
    """Invocations of different shards overlap."""
    times = replay().times(graph)
    by_lane: dict[int, list[tuple[float, float]]] = {}
    for invocation, ends in zip(graph, times, strict=True):
        if invocation.lane is not None:
            by_lane.setdefault(invocation.lane, []).append((ends[0], ends[-1]))
    assert len(by_lane) > 1
    for spans in by_lane.values():
        assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))


def test_publish_works_on_two_batches_at_once(graph: list[Invocation]) -> None:
    """The pages and lists of one post are more than one batch, and later ones do not wait for the first to end."""
    times = [ends for of, ends in zip(graph, replay().times(graph), strict=True) if of.function == "publish"]
    assert any(later[0] < earlier[-1] for earlier, later in itertools.pairwise(times))
