"""A story: a script that ends well with the code as it is, and the mistake that it would bring to light."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from support.authors import KEYS
from support.histories import afresh
from support.mutations import Mistake, planted
from support.readers import SiteObjects, differences
from support.staged_events import Moment, Play, Stage

Script = Callable[[Play], None]

A, B, C = KEYS[:3]
AT_U, AT_V = "u/index.html", "v/index.html"
HOME = "index.html"

RENDER_LOOKED = Moment("RenderFunction", "after", "HeadObject")
RENDER_COMMITS = Moment("RenderFunction", "before", "TransactWriteItems")
RENDER_COMMITTED = Moment("RenderFunction", "after", "TransactWriteItems")
INDEX_SENDS = Moment("IndexFunction", "before", "SendMessageBatch")
PUBLISH_COMMITS = Moment("PublishFunction", "before", "TransactWriteItems")


def publish_writes(key: str) -> Moment:
    """Return the moment before a publisher writes the object KEY of the site."""
    return Moment("PublishFunction", "before", "PutObject", key)


@dataclass(frozen=True)
class Story:
    """A SCRIPT, and the FINDING where the mistake called NAME is planted.

    That is what a reader says, with `*` for the object looked at, or the object that differs at the end.
    """

    name: str
    mistake: Mistake
    script: Script
    finding: str


def differences_from_afresh(story: Story) -> list[str]:
    """Play STORY with the code as it is, and tell what an empty stack makes otherwise of the same bucket."""
    return _ending(story.script)[1]


def findings(story: Story) -> list[str]:
    """Play STORY with its mistake: give what a reader says, or which objects the code as it is leaves otherwise."""
    with Stage() as stage, planted(story.mistake):
        try:
            _play(story.script, stage)
        except AssertionError as finding:
            return [str(finding)]
        here = stage.site()
    return [line.splitlines()[0] for line in differences(here, _ending(story.script)[0])]


@cache
def _ending(script: Script) -> tuple[SiteObjects, list[str]]:
    """Return the site at the end of SCRIPT with the code as it is, and in what it differs from one made afresh."""
    with Stage() as stage:
        _play(script, stage)
        return stage.site(), afresh(stage)


def _play(script: Script, stage: Stage) -> None:
    play = Play(stage)
    script(play)
    play.ends()
