"""The first line of every test run."""

from support import exploration


def pytest_report_header() -> str:
    """Name the seed of today's explorations, so that a failure can be repeated."""
    repeat = f"a sample; {exploration.SEED}={exploration.seed()} repeats it"
    extent = "everything" if exploration.takes_all() else repeat
    return f"explorations: {extent}"
