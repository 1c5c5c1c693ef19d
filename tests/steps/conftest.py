"""Fixtures of the steps."""

from collections.abc import Iterator

import pytest

from support.newsletter_bench import Bench, bench_on_moto


@pytest.fixture
def bench() -> Iterator[Bench]:
    """Return a bench for the newsletter's steps, empty."""
    with bench_on_moto() as new_bench:
        yield new_bench
