"""Failed views, recorded under the source that caused them."""

import pytest

from dropcap.aws import catalog_keys as keys
from dropcap.aws.failed_views import MOST, FailedViews
from dropcap.aws.table import Table
from support.newsletter_bench import CAUSE, Bench

pytestmark = pytest.mark.parametrize("bench", ["moto"], indirect=True)
"""The stand-in for the tables knows the expressions of the newsletter only."""


def unmade(bench: Bench) -> set[str]:
    """Return the names of the recorded views."""
    item = Table(bench.dynamodb, "newsletter").get(keys.failed_views_key(CAUSE.key))
    return set(item.get("unmade", ())) if item else set()


def test_views_are_noted_once_and_go_when_they_are_made(bench: Bench) -> None:
    """In any order, and however often it is said."""
    failed_views = FailedViews(bench.dynamodb, "newsletter")
    failed_views.over("home", CAUSE)
    for view in ("home", "month 2025-03", "home"):
        failed_views.note(view, CAUSE)
    assert {"home", "month 2025-03"} == unmade(bench)
    for _ in range(2):
        failed_views.over("home", CAUSE)
    assert {"month 2025-03"} == unmade(bench)
    failed_views.over("month 2025-03", CAUSE)
    assert set() == unmade(bench)


def test_a_great_failure_is_noted_within_bounds(bench: Bench) -> None:
    """Nobody reads thousands of names, and an item has its limits."""
    failed_views = FailedViews(bench.dynamodb, "newsletter")
    for number in range(MOST + 5):
        failed_views.note(f"path /{number}/", CAUSE)
    assert MOST == len(unmade(bench))
