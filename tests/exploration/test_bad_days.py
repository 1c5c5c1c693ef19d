"""Each answer that AWS gives on a bad day, at each place that calls it: the end is the same as on a good day."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from dropcap.aws import queues
from dropcap.aws.failures import service_errors
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Phase, Refused
from dropcap_local.events.injected_errors import SERVER_ERRORS, THROTTLES, conflict, partial_failure
from support.call_places import is_read
from support.crash_points import CrashExplorer, CrashPoint, Fault, PlacesOfADay
from support.exploration import EXPLORED, seed, takes_all
from support.mutations import Mutation, mutated
from support.scenario import ENVIRONMENT, play

DAYS = 1 if takes_all() else 30
"""Days in which each place and kind of answer is due once."""
CHANCE = random.Random(1)  # noqa: S311  # reproducible, not secret


def _refused(answers: Mapping[str, tuple[str, int]], wanted: Phase) -> Fault:
    def fault(service: str, operation: str, _: Mapping[str, Any], phase: Phase) -> Refused | None:
        can = phase == wanted and service in answers and not (phase == "after" and is_read(operation))
        return Refused(*answers[service]) if can else None

    return fault


FAULTS: Mapping[str, Fault] = {
    "throttled": _refused(THROTTLES, "before"),
    "failed without effect": _refused(SERVER_ERRORS, "before"),
    "failed with effect": _refused(SERVER_ERRORS, "after"),
    "conflict": lambda service, operation, parameters, phase: (
        conflict(service, operation, parameters) if phase == "before" else None
    ),
    "partly done": lambda _, operation, parameters, phase: (
        partial_failure(operation, parameters, CHANCE) if phase == "before" else None
    ),
}


def test_a_bad_answer_at_any_place_changes_nothing_at_rest(record_property: Callable[[str, object], None]) -> None:
    """Throttles, errors with and without effect, conflicts, and a part of a batch: each once, at each place."""
    places = PlacesOfADay(seed(), DAYS)
    explorer = CrashExplorer(play, ENVIRONMENT, places, faults=FAULTS)
    count, findings = explorer.findings()
    record_property(EXPLORED, f"{count} bad answers of {len(places.seen)} kinds and places: {sorted(places.chosen)}")
    assert count
    assert {} == {str(point): lines for point, lines in findings.items()}


def publishes_a_post(cloud: LocalCloud) -> Iterator[None]:
    """Publish a post, once."""
    cloud.upload("posts/naps.md", "One.")
    cloud.settle()
    yield


NO_ERROR = Mutation(service_errors, "__exit__", "raise kind.refused(self._what, code) from error", "return True")
SWALLOWED: Mapping[str, tuple[Mutation, str]] = {
    "throttled": (NO_ERROR, "PutObject"),  # the first one: the fragment
    "failed without effect": (NO_ERROR, "TransactWriteItems"),
    "partly done": (Mutation(queues, "_send_batch", "if not failures:", "if True:"), "SendMessageBatch"),
}
"""Mutations that take an error for success, and the call at which that is tried."""


@pytest.mark.parametrize("kind", SWALLOWED)
def test_a_swallowed_answer_is_found(kind: str) -> None:
    """If what SQS could not take were not sent again, or an error of a service were taken for success."""
    mutation, operation = SWALLOWED[kind]
    taken: list[CrashPoint] = []

    def first(point: CrashPoint) -> bool:
        if (point.kind, point.operation) == (kind, operation) and not taken:
            taken.append(point)
            return True
        return False

    with mutated(mutation):
        _, findings = CrashExplorer(publishes_a_post, {}, first, faults=FAULTS).findings()
    assert any(line.startswith("site ") for lines in findings.values() for line in lines)
