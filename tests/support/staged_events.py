"""A stage: a local cloud that follows a script, for cases that random faults would rarely meet."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash, Phase
from dropcap_local.events.delivery import ReliableDelivery
from dropcap_local.events.event_source import RecordSource
from support.authors import Act
from support.histories import History

A_WHILE = timedelta(seconds=10)
"""Long enough for every batching window, and shorter than any visibility timeout."""


@dataclass(frozen=True)
class Moment:
    """A call of a FUNCTION: just before or after (PHASE) its next OPERATION, on the object KEY if one is named."""

    function: str
    phase: Phase
    operation: str
    key: str | None = None

    def has_come(self, operation: str, parameters: Mapping[str, Any], phase: Phase) -> bool:
        """Return whether a call is this moment."""
        here = (os.environ["AWS_LAMBDA_FUNCTION_NAME"], phase, operation)
        return here == (self.function, self.phase, self.operation) and self.key in {None, parameters.get("Key")}


class Pace(ReliableDelivery):
    """Delivers the first source, and so many VIEWS at a time."""

    views = 1

    def limit(self, source: RecordSource) -> int:
        """Return the number of views, or the batch size of other mappings."""
        return self.views if source.name == "ViewQueue" else super().limit(source)


class Stage(LocalCloud):
    """A local cloud that builds one view at a time, so that a script decides the order."""

    def __init__(self) -> None:
        super().__init__()
        self.pace = Pace()
        self._delivery = self.pace


class Play(History):
    """A script that runs on a STAGE, with a reader who checks the site after every call."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.pace = stage.pace
        self._expected: list[Moment] = []

    def does(self, *acts: Act) -> None:
        """Do each of ACTS, and run the pipeline for some seconds after it."""
        for act in acts:
            self.do(act)
            self.meanwhile()

    def meanwhile(self) -> None:
        """Run the pipeline for some seconds."""
        self.cloud.settle(A_WHILE)

    def at(self, moment: Moment, happens: Callable[[], None]) -> None:
        """Call HAPPENS when MOMENT comes for the first time."""
        self._expected.append(moment)

        def look(_service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
            if moment in self._expected and moment.has_come(operation, parameters, phase):
                self._expected.remove(moment)
                happens()

        self.cloud.on_call.append(look)

    def dies(self, moment: Moment) -> None:
        """Crash the function when MOMENT comes for the first time; its batch is redelivered as in AWS."""
        self.at(moment, _die)

    def ends(self) -> None:
        """Run the pipeline until stable; raise AssertionError unless every expected moment came."""
        self.comes_to_rest()
        assert not self._expected, f"the moment never came: {self._expected}"


def _die() -> None:
    raise Crash
