"""Mutation tests of the protocol: each mutation of the model, applied to the code, is detected by a script of its own.

The real handlers run in the local cloud. A script orders events and crashes; readers check the site after every call,
and the final site is compared with the one that the same bucket gives in an empty stack.

Each rule of the model has a counterpart (`tests/model/mutations.py`). "A view has one writer" is mutated in the message
groups of ViewQueue; redelivery after a crash is AWS's guarantee, and mutated in the local cloud.
"""

import fnmatch

import pytest

from support.mutations_crash import CRASH_STORIES
from support.mutations_lifecycle import LIFECYCLE_STORIES
from support.mutations_missed_view import MISSED_VIEW_STORIES
from support.mutations_race import RACE_STORIES
from support.stories import Story, differences_from_afresh, findings

every_story = pytest.mark.parametrize(
    "story", [*RACE_STORIES, *CRASH_STORIES, *MISSED_VIEW_STORIES, *LIFECYCLE_STORIES], ids=lambda story: story.name
)


@every_story
def test_unchanged_code_has_no_finding(story: Story) -> None:
    """No reader finds a fault, and the final site equals one published from the same bucket into an empty stack."""
    assert [] == differences_from_afresh(story)


@every_story
def test_a_mutation_is_detected(story: Story) -> None:
    """With the mutation, the same script leads to the finding that the story names."""
    noticed = findings(story)
    assert 1 == len(fnmatch.filter(noticed, story.finding)), noticed
