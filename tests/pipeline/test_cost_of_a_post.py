"""Publishing one post costs the same at any size: the benchmark's own counts, at two sizes small enough for CI."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_one_more_post_costs_the_same_calls_and_objects_at_two_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty posts more change neither the AWS calls nor the objects written, nor the paths that are cleared."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    one_post = __import__("one_post").one_post
    sys.modules.pop("one_post")
    small, large = one_post(30), one_post(60)
    # In which batches records come is a matter of their names' hashes: a view that two batches send for is made twice.
    calls = small["calls"].keys() | large["calls"].keys()
    apart = {call: abs(small["calls"].get(call, 0) - large["calls"].get(call, 0)) for call in calls}
    assert 2 >= max(apart.values()), apart
    assert small["kinds"] == large["kinds"]
    assert "anything else" not in large["kinds"]
    assert large["objects_changed"] <= large["objects_allowed"]
    assert 3 >= large["invalidation_paths"]
    assert 150 >= large["calls_in_all"]


def test_a_changed_word_costs_a_handful_of_views(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the page, the feeds and the search read a post's text; the counts are those that the benchmark prints."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    one_word = __import__("one_post").one_word
    sys.modules.pop("one_post")
    result = one_word(30)
    assert {
        "the feeds": 3,
        "a tag's feeds": 6,
        "the shards of the search, and their index": 1,
        "the post, and the one before it": 1,
    } == (result["kinds"])
    assert 60 >= result["calls_in_all"]
