"""Starting over when something changed meanwhile: a bounded number of times, whichever way the change shows."""

import pytest

from dropcap.errors import ConflictError, ServiceError
from dropcap.steps.optimistic import ROUNDS, until_stable


class Step:
    """A step that something interrupts so many TIMES, by a ConflictError every second time."""

    def __init__(self, times: int) -> None:
        self.calls, self._times = 0, times

    def __call__(self) -> str | None:
        """Return an outcome once nothing interrupts."""
        self.calls += 1
        if self.calls > self._times:
            return "published"
        if self.calls % 2:
            raise ConflictError.refused("TransactWriteItems", "ConditionalCheckFailed")
        return None


@pytest.mark.parametrize("times", range(ROUNDS))
def test_the_outcome_of_the_first_undisturbed_round_counts(times: int) -> None:
    """No round follows it."""
    step = Step(times)
    assert "published" == until_stable("posts/a.md", step)
    assert times + 1 == step.calls


def test_after_the_last_round_the_message_is_tried_again_later() -> None:
    """The error names the file."""
    step = Step(ROUNDS)
    with pytest.raises(ServiceError, match=r"posts/a\.md"):
        until_stable("posts/a.md", step)
    assert ROUNDS == step.calls
