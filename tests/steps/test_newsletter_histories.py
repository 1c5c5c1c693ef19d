"""With every fault, nobody is mailed twice or without their consent, and nobody is lost silently."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dropcap.newsletter.issue import IssueState
from support.newsletter_bench import Bench, bench_in_memory, bench_on_moto
from support.newsletter_world import World

NOT_TAKEN = {"left", "refused", "unknown"}
SEEDS, ACCIDENTS = st.integers(0, 2**32), st.integers(0, 60)


def check_history(bench: Bench, seed: int, accidents: int) -> None:
    """Check that everybody on a frozen page ends in a named state that is the truth: SES has the mail, or it has not.

    At most one mail each, consent, the budget of confirmations and the account are checked at every step.
    """
    world = World(bench, Random(seed), accidents)  # noqa: S311  # chance, not secrecy
    with world.unkind():
        world.run()
        world.rest()
    assert IssueState.DELIVERING == world.issue().state
    states = world.states()
    for reader in states.keys() & set(world.readers):
        assert states[reader] in ({world.endings[reader]} if world.sent[reader] else NOT_TAKEN)
    random_names = states.keys() - set(world.readers)
    assert len(random_names) <= len(world.erased)
    assert not {states[name] for name in random_names} & {"nothing", "queued", "sending"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(seed=SEEDS, accidents=ACCIDENTS)
def test_no_history_mails_twice_or_loses_anybody(seed: int, accidents: int) -> None:
    """On the stand-ins for the services, which are fast enough for many histories."""
    check_history(bench_in_memory(), seed, accidents)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
@given(seed=SEEDS, accidents=ACCIDENTS)
def test_no_history_on_moto_does_so_either(seed: int, accidents: int) -> None:
    """A few on the services that every other test uses."""
    with bench_on_moto() as bench:
        check_history(bench, seed, accidents)
