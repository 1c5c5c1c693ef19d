"""When a post is public."""

from datetime import UTC, datetime, timedelta

import pytest

from dropcap.site.lifetime import Lifetime

NOON = datetime(2026, 3, 16, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("lifetime", "outcome", "due"),
    [
        (Lifetime(draft=False, appears=NOON, expires=None), "published", None),
        (Lifetime(draft=False, appears=NOON + HOUR, expires=None), "scheduled", NOON + HOUR),
        (Lifetime(draft=False, appears=NOON - HOUR, expires=NOON + HOUR), "published", NOON + HOUR),
        (Lifetime(draft=False, appears=NOON - HOUR, expires=NOON), "expired", None),
        (Lifetime(draft=False, appears=NOON + HOUR, expires=NOON + 2 * HOUR), "scheduled", NOON + HOUR),
        (Lifetime(draft=False, appears=NOON + 2 * HOUR, expires=NOON + HOUR), "scheduled", NOON + HOUR),
        (Lifetime(draft=False, appears=NOON + HOUR, expires=NOON - HOUR), "expired", NOON + HOUR),
        (Lifetime(draft=True, appears=NOON + HOUR, expires=NOON + 2 * HOUR), "draft", None),
    ],
    ids=["now", "later", "for a while", "over", "later for a while", "over before it begins", "was over", "draft"],
)
def test_a_lifetime_says_what_it_is_and_when_that_ends(lifetime: Lifetime, outcome: str, due: datetime | None) -> None:
    """The moment itself belongs to what it brings; a draft waits for its author and for no moment."""
    assert (outcome, due) == (lifetime.outcome(NOON), lifetime.due(NOON))


def test_nothing_happens_between_two_moments_that_are_due() -> None:
    """Looking only at the due times misses no change of visibility."""
    lifetime = Lifetime(draft=False, appears=NOON + HOUR, expires=NOON + 3 * HOUR)
    outcomes, now = [lifetime.outcome(NOON)], NOON
    while due := lifetime.due(now):
        assert outcomes[-1] == lifetime.outcome(due - timedelta(seconds=1))
        outcomes.append(lifetime.outcome(due))
        now = due
    assert ["scheduled", "published", "expired"] == outcomes
