"""Publishing one post costs the same at any size: the benchmark's own counts, at two sizes small enough for CI."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_one_more_post_costs_the_same_calls_and_objects_at_two_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many posts change neither the AWS calls nor the objects written, nor the paths that are cleared."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    one_post = __import__("one_post").one_post
    sys.modules.pop("one_post")
    small, large = one_post(30), one_post(60)
    # Views are sent ten a call for each batch of a shard, and the shard of an item is a matter of its name's hash.
    batches = [calls.pop("sqs.SendMessageBatch") for calls in (small["calls"], large["calls"])]
    assert small["calls"] == large["calls"]
    assert 2 >= abs(batches[0] - batches[1])
    assert small["objects_changed"] == large["objects_changed"]
    assert large["objects_changed"] <= large["objects_allowed"]
    assert 3 >= large["invalidation_paths"]
