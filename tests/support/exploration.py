"""The extent of the explorations: a sample that differs from day to day, or everything.

`make test` takes the sample; its seed is today's date and is in the header of the test run. `make explore` takes
everything. DROPCAP_EXPLORE_SEED repeats the sample of another day.
"""

import os
from datetime import UTC, datetime

SEED = "DROPCAP_EXPLORE_SEED"
ALL = "DROPCAP_EXPLORE_ALL"
PROFILE = "DROPCAP_EXPLORE_PROFILE"
CI, LONG = "ci", "long"
GROWTH = "growth"
"""Name of the property in which a test records the growth of the load, for the summary of the run."""
EXPLORED = "explored"
"""Name of the property in which a test records what it explored, for the same summary."""


def seed() -> int:
    """Return the seed of today's sample, or the one that the environment names."""
    return int(os.environ.get(SEED) or datetime.now(UTC).strftime("%Y%m%d"))


def takes_all() -> bool:
    """Return whether to explore everything."""
    return bool(os.environ.get(ALL))


def histories(ci: int, long: int) -> int:
    """Return the number of random histories: CI or LONG, as the profile says that the environment names."""
    profile = os.environ.get(PROFILE) or (LONG if takes_all() else CI)
    return {CI: ci, LONG: long}[profile]
