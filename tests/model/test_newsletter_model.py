"""The newsletter's protocol holds in every state that can be reached, and a broken rule is noticed."""

from dataclasses import replace

import pytest

from model.newsletter import QUEUED, BrokenError, Process, Protocol, State, explored

WORLDS: dict[str, tuple[int, dict[str, int]]] = {
    "an issue that is withdrawn and published again": (1, {"upload": 2, "crash": 1, "double": 1}),
    "two readers, of whom one leaves": (2, {"leave": 1, "crash": 1}),
    "two senders at one page": (1, {"double": 1, "crash": 1, "silence": 1, "leave": 1}),
    "stopped and resumed": (1, {"stop": 1, "crash": 1, "leave": 1}),
    "refused mails are sent again": (1, {"refusal": 1, "resend": 1, "double": 1, "crash": 1}),
}


@pytest.mark.parametrize("name", WORLDS)
def test_every_state_holds(name: str) -> None:
    """At most one mail each, consent, sums, and nobody lost at rest."""
    readers, budget = WORLDS[name]
    assert explored(Protocol(), readers, **budget) > 100


class WithoutCondition(Protocol):
    """Freezes an issue that has changed since it was read."""

    def freeze_has_condition(self) -> bool:
        """Return that it does not."""
        return False


class SharedLease(Protocol):
    """Leases a mail that another sender has."""

    def lease_is_exclusive(self) -> bool:
        """Return that it does not."""
        return False


class WithoutConsent(Protocol):
    """Leases a mail to somebody who has left."""

    def lease_asks_for_consent(self) -> bool:
        """Return that it does not."""
        return False


class DoneTooEarly(Protocol):
    """Marks a page done although mails were queued again."""

    def done_asks_for_reopened(self) -> bool:
        """Return that it does not."""
        return False


class WaitsForNobody(Protocol):
    """Marks a page done although another sender has one of its mails."""

    def waits_for_others(self) -> bool:
        """Return that it does not."""
        return False


class AbandonedAgain(Protocol):
    """Sends the mail of a dead sender again."""

    def abandoned(self) -> str:
        """Return the wrong state."""
        return QUEUED


class SilenceAgain(Protocol):
    """Sends a mail again where SES did not answer."""

    def silent(self) -> str:
        """Return the wrong state."""
        return QUEUED


class ResumedInSilence(Protocol):
    """Resumes without sending for the page."""

    def resumed(self, state: State) -> State:
        """Resume, and drop the message."""
        return replace(super().resumed(state), messages=state.messages)


class SumLater(Protocol):
    """Does not change the page's sum with the entry."""

    def summed(self, state: State, before: str, to: str) -> tuple[tuple[str, int], ...]:  # noqa: ARG002  # the mutation
        """Return the sum as it was."""
        return state.total


class AcknowledgedFirst(Protocol):
    """Loses the message of a function that dies."""

    def died(self, state: State, process: Process) -> State:
        """Return the state without the message."""
        return self._end(state, process)


MUTATIONS = {
    WithoutCondition: "an issue that is withdrawn and published again",
    SharedLease: "two senders at one page",
    WithoutConsent: "two readers, of whom one leaves",
    WaitsForNobody: "two senders at one page",
    DoneTooEarly: "refused mails are sent again",
    AbandonedAgain: "two readers, of whom one leaves",
    SilenceAgain: "two senders at one page",
    ResumedInSilence: "stopped and resumed",
    SumLater: "two senders at one page",
    AcknowledgedFirst: "two readers, of whom one leaves",
}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda kind: kind.__name__)
def test_a_broken_rule_is_noticed(mutation: type[Protocol]) -> None:
    """Each in a world that is small enough."""
    readers, budget = WORLDS[MUTATIONS[mutation]]
    with pytest.raises(BrokenError):
        explored(mutation(), readers, **budget)
