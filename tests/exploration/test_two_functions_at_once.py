"""Two functions of the pipeline at once, stepped by a deterministic scheduler: all schedules with two preemptions.

`make test` takes one story of each kind and a few schedules, others every day.
"""

from collections.abc import Callable, Mapping
from random import Random

import pytest

from support.authors import Delete, NewSettings, Text, Upload
from support.concurrent_batches import PairExplorer, Scene, Schedule, touched
from support.exploration import EXPLORED, seed, takes_all
from support.histories import History
from support.mutations import mutated
from support.mutations_race import SOURCE_FIRST
from support.preemption import Turns, schedules

ONE_IN, MOMENTS_APART = (1, 1) if takes_all() else (5, 5)
"""The share of some 80 to 160 pairs of a story, and of the moments at which pairs are looked for."""
MOST = 0 if takes_all() else 4
A, B, C = (f"posts/{letter}.md" for letter in "abc")
FIRST = Text("u", 1, ("s",), links=("b",))


def acts(*every: Upload | Delete | NewSettings) -> Scene:
    """Return a scene of acts of the author."""

    def play(history: History) -> None:
        for act in every:
            history.do(act)

    return play


def nothing(_: History) -> None:
    """Do nothing."""


AT_ONCE: Mapping[str, tuple[Scene, Scene]] = {
    "two posts that mention each other": (nothing, acts(Upload(A, FIRST), Upload(B, Text("w", 2, links=("a",))))),
    "two posts claim an address": (nothing, acts(Upload(A, FIRST), Upload(C, Text("u", 3, identity="c")))),
    "an address changes hands": (
        acts(Upload(A, FIRST)),
        acts(Upload(A, Text("v", 1, ("s",))), Upload(C, Text("u", 3, ("s",)))),
    ),
    "a post is removed, and its target appears": (
        acts(Upload(A, FIRST)),
        acts(Delete(A), Upload(B, Text("w", 2, links=("a",)))),
    ),
    "a post becomes a draft, and the settings change": (
        acts(Upload(A, FIRST)),
        acts(Upload(A, Text("u", 1, ("s",), draft=True)), NewSettings("Another", "UTC")),
    ),
}
MEANWHILE: Mapping[str, Scene] = {
    "the post is edited": acts(Upload(A, Text("u", 1, ("s",)))),
    "the post moves": acts(Upload(A, Text("v", 1, ("s",)))),
    "the post becomes a draft": acts(Upload(A, Text("u", 1, ("s",), draft=True))),
    "the post is removed": acts(Delete(A)),
    "another claims its address": acts(Upload(C, Text("u", 3, identity="c"))),
    "what it mentions appears": acts(Upload(B, Text("w", 2))),
    "the settings change": acts(NewSettings("Another", "UTC")),
}


def of_today(names: Mapping[str, object]) -> list[str]:
    """Return all NAMES if everything is explored, or else one that changes from day to day."""
    return [*names] if takes_all() else [Random(seed()).choice([*names])]  # noqa: S311  # chance, not secrecy


def readable(findings: Mapping[Schedule, list[str]]) -> dict[str, list[str]]:
    """Return FINDINGS with their schedules as text."""
    return {str(schedule): lines for schedule, lines in findings.items()}


def test_two_batches_at_once_end_as_one_after_the_other(record_property: Callable[[str, object], None]) -> None:
    """Two of any sources, two of one queue, and one twice; a reader and an author look after every write."""
    for name in of_today(AT_ONCE):
        explorer = PairExplorer(*AT_ONCE[name], one_in=ONE_IN, moments_apart=MOMENTS_APART, most=MOST, seed=seed())
        explore(name, explorer, record_property)


def test_an_upload_during_a_function_ends_as_before_or_after_it(
    record_property: Callable[[str, object], None],
) -> None:
    """Any function that the first upload causes, and the one that renders the second upload."""
    for name in of_today(MEANWHILE):
        explorer = PairExplorer(
            nothing, acts(Upload(A, FIRST)), MEANWHILE[name], moments_apart=MOMENTS_APART, most=MOST, seed=seed()
        )
        explore(name, explorer, record_property)


def explore(name: str, explorer: PairExplorer, record_property: Callable[[str, object], None]) -> None:
    """Play the schedules of the story NAME, and record how many there were."""
    count, findings = explorer.findings()
    record_property(EXPLORED, f"{name}: {count} schedules, {explorer.ended_early} of them the same once both are over")
    assert count or not takes_all(), name
    assert {} == readable(findings), name


def test_a_render_that_does_not_look_again_is_found() -> None:
    """An edit between its look and its commit would leave the old version on the site."""
    with mutated(SOURCE_FIRST):
        explorer = PairExplorer(nothing, acts(Upload(A, Text("u", 1))), MEANWHILE["the post is edited"], only="Render")
        _, findings = explorer.findings()
    assert any(line.startswith("site u/index.html") for lines in findings.values() for line in lines)


@pytest.mark.parametrize(("preemptions", "is_found"), [(1, False), (2, True)])
def test_a_fault_that_takes_two_preemptions_is_found(preemptions: int, is_found: bool) -> None:  # noqa: FBT001  # a case
    """A value that one function sets and resets is seen by another only between the two."""
    seen: list[int] = []

    def played(switches: tuple[int, ...]) -> int:
        value = [0]

        def looks() -> None:
            turns.call()
            seen.append(value[0])

        def sets_and_resets() -> None:
            for number in (1, 0):
                turns.call()
                value[0] = number

        turns = Turns((looks, sets_and_resets), switches)
        turns.play()
        return turns.calls

    for switches in schedules(played(()), preemptions):
        played(switches)
    assert is_found == (1 in seen)


def test_calls_share_what_has_the_same_partition_or_object() -> None:
    """Whole transactions are looked through; what both send is seen only when both are over."""
    action = {"Put": {"TableName": "t", "Item": {"pk": {"S": "POST#a"}, "sk": {"S": "POST"}}}}
    assert ["POST#a"] == [*touched("dynamodb", {"TransactItems": [action]})]
    assert ["b/k"] == [*touched("s3", {"Bucket": "b", "Key": "k"})]
    assert [] == [*touched("sqs", {"QueueUrl": "q"})]
