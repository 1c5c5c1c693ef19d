"""Each mistake that the protocol's model can make, made in the code: a script of its own brings it to light.

The real handlers run in the local cloud. A script says what overtakes what and who dies where; a reader looks after
every call, and at rest the site is held against the one that the same bucket gives in an empty stack.

Each rule of the model has a counterpart (`tests/model/mutations.py`). That a view has one writer is planted in the
message groups of ViewQueue; that what has crashed comes back is AWS's promise, and planted in the local cloud.
"""

import fnmatch

import pytest

from support.mutations_crash import DEATHS
from support.mutations_lifecycle import LIVES
from support.mutations_missed_view import SILENCES
from support.mutations_race import RACES
from support.stories import Story, differences_from_afresh, findings

every_story = pytest.mark.parametrize("story", [*RACES, *DEATHS, *SILENCES, *LIVES], ids=lambda story: story.name)


@every_story
def test_the_story_ends_well_with_the_code_as_it_is(story: Story) -> None:
    """No reader has anything to complain of, and at rest it is as if the same bucket were published afresh."""
    assert [] == differences_from_afresh(story)


@every_story
def test_the_mistake_is_noticed(story: Story) -> None:
    """With the mistake planted, the same script leads to what the story says."""
    noticed = findings(story)
    assert 1 == len(fnmatch.filter(noticed, story.finding)), noticed
