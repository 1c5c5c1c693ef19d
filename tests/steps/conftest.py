"""Fixtures of the steps."""

from collections.abc import Iterator

import pytest

from support.newsletter_bench import Bench, bench_in_memory, bench_on_moto


@pytest.fixture(params=["moto", "memory"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Return a bench for the newsletter's steps, empty: on moto, and on the stand-ins that large runs use."""
    if request.param == "memory":
        yield bench_in_memory()
        return
    with bench_on_moto() as new_bench:
        yield new_bench
