"""Every mutation applies to the code as it is: a text that has moved would otherwise be noticed only in a slow test."""

import pytest

from model.mutations import MUTATIONS
from support.mutations import Mutation, mutated_function
from support.mutations_crash import CRASH_STORIES
from support.mutations_lifecycle import LIFECYCLE_STORIES
from support.mutations_missed_view import MISSED_VIEW_STORIES
from support.mutations_race import RACE_STORIES

STORIES = {
    story.name: story.mutation for story in (*CRASH_STORIES, *LIFECYCLE_STORIES, *MISSED_VIEW_STORIES, *RACE_STORIES)
}


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(mutation, id=f"{place}: {name}")
        for place, some in (("model", MUTATIONS), ("code", STORIES))
        for name, mutation in some.items()
    ],
)
def test_a_mutation_changes_its_function(mutation: Mutation) -> None:
    """Each line to replace occurs exactly once, and the replacement compiles."""
    function = vars(mutation.owner)[mutation.name]
    assert mutation.line != mutation.instead
    assert function.__name__ == mutated_function(function, mutation).__name__
