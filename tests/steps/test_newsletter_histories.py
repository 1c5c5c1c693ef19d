"""Whatever goes wrong: nobody is mailed twice, nobody without their consent, and nobody is lost silently."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropcap.newsletter.issue import IssueState
from support.newsletter_bench import bench_on_moto
from support.newsletter_world import World

NOT_TAKEN = {"left", "refused", "unknown"}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(seed=st.integers(0, 2**32), accidents=st.integers(0, 40))
def test_no_history_mails_twice_or_loses_anybody(seed: int, accidents: int) -> None:
    """Everybody on a frozen page ends in a named state, and it is the truth: SES has the mail, or it has not."""
    with bench_on_moto() as bench:
        world = World(bench, Random(seed), accidents)  # noqa: S311  # chance, not secrecy
        with world.unkind():
            world.run()
            world.rest()
        assert IssueState.DELIVERING == world.issue().state
        for reader, state in world.states().items():
            assert state in ({world.endings[reader]} if world.sent[reader] else NOT_TAKEN)
