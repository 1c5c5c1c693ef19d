"""The protocol's promises, on the real handlers: random histories, delivered unkindly, looked at after every call."""

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from dropcap_local.cloud import LocalCloud
from support.authors import ACTS, Act
from support.exploration import takes_all
from support.histories import History, afresh

HISTORIES = 2000 if takes_all() else 25
"""The histories of `make explore` and of `make test`; Hypothesis draws others at every run."""


@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
@given(
    acts=st.lists(st.tuples(ACTS, st.integers(0, 12)), min_size=3, max_size=12),
    seed=st.integers(0, 2**16),
)
def test_every_history_ends_as_the_same_bucket_published_afresh(acts: list[tuple[Act, int]], seed: int) -> None:
    """No reader meets a dead link or a draft, no report says more than what stands, and at rest it is as if new."""
    with LocalCloud(fault_seed=seed) as cloud:
        History(cloud).run(acts)
        differ = afresh(cloud)
    for line in differ:
        note(line)
    assert [] == [line.splitlines()[0] for line in differ]
