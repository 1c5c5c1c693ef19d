"""The benchmark of a large issue, at a small size: crashes at every kind of call, and the end is right."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """Return the figures of an issue to 700 subscribers, with a crash at every 53rd call."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        measured = import_module("newsletter_scale").measured
    finally:
        sys.path.remove(str(BENCHMARKS))
    figures: dict[str, Any] = measured(700, every=53)
    return figures


def test_nobody_is_mailed_twice_and_nobody_is_lost(figures: dict[str, Any]) -> None:
    """Each mail was accepted once, or it is unknown after a crash between lease and record."""
    assert (700, 0, 0) == (figures["recipients"], figures["mailed_twice"], figures["without_a_state"])
    assert figures["accepted"] <= figures["mailed_once"] <= figures["accepted"] + figures["unknown_after_a_crash"]


def test_functions_died_at_every_kind_of_call(figures: dict[str, Any]) -> None:
    """Before and after leases and records, mails, reads and messages."""
    kinds = {place.split(maxsplit=1)[1] for place in figures["crashes_at"]}
    assert {"transact_write_items", "send_email"} <= kinds
    assert figures["crashes"] > 20


def test_our_own_memory_does_not_grow_with_the_list(figures: dict[str, Any]) -> None:
    """A container holds one letter and one page."""
    first, *_, last = figures["own_memory_by_quarter"]
    assert last - first < 200_000
