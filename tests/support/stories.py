"""A story: a script without findings on unchanged code, and the mutation that it detects."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from support.authors import KEYS
from support.histories import afresh
from support.mutations import Mutation, mutated
from support.readers import SiteObjects, differences
from support.staged_events import Moment, Play, Stage

Script = Callable[[Play], None]

A, B, C = KEYS[:3]
AT_U, AT_V = "u/index.html", "v/index.html"
HOME = "index.html"

RENDER_LOOKED = Moment("RenderFunction", "after", "GetObject")
RENDER_COMMITS = Moment("RenderFunction", "before", "TransactWriteItems")
RENDER_COMMITTED = Moment("RenderFunction", "after", "TransactWriteItems")
INDEX_SENDS = Moment("IndexFunction", "before", "SendMessageBatch")
PUBLISH_COMMITS = Moment("PublishFunction", "before", "TransactWriteItems")


def publish_writes(key: str) -> Moment:
    """Return the moment before a publisher writes the object KEY of the site."""
    return Moment("PublishFunction", "before", "PutObject", key)


@dataclass(frozen=True)
class Story:
    """A SCRIPT, and the FINDING where the mutation called NAME is applied.

    A finding is a reader's message, with `*` for the object read, or the object that differs at the end.
    """

    name: str
    mutation: Mutation
    script: Script
    finding: str


def differences_from_afresh(story: Story) -> list[str]:
    """Play STORY on unchanged code; return the differences from an empty stack with the same bucket."""
    return _ending(story.script)[1]


def findings(story: Story) -> list[str]:
    """Play STORY with its mutation; return the reader's message, or the objects that differ from unchanged code."""
    with Stage() as stage, mutated(story.mutation):
        try:
            _play(story.script, stage)
        except AssertionError as finding:
            return [str(finding)]
        here = stage.site()
    return [line.splitlines()[0] for line in differences(here, _ending(story.script)[0])]


@cache
def _ending(script: Script) -> tuple[SiteObjects, list[str]]:
    """Return the site at the end of SCRIPT on unchanged code, and its differences from a site built afresh."""
    with Stage() as stage:
        _play(script, stage)
        return stage.site(), afresh(stage)


def _play(script: Script, stage: Stage) -> None:
    play = Play(stage)
    script(play)
    play.ends()
