"""Crashes at the AWS calls of one run, each tried in a process forked at that call, so that nothing runs twice.

At a chosen point the child's function crashes, its records are redelivered, and the scenario runs to its end; the
parent continues without the crash. Each child's end state is compared with the parent's.
"""

import os
import pickle
import traceback
import warnings
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from dropcap.steps.render import source
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash, Phase
from support.edge_staleness import EdgeStaleness
from support.end_state import EndState, end_state

Play = Callable[[LocalCloud], None]
PROCESSES = os.cpu_count() or 1
PATIENCE = 600.0
"""Seconds that a text may take: the limit is by the wall clock, and a busy machine must not refuse a post."""
MAILER = "DeliverFunction"


@dataclass(frozen=True)
class CrashPoint:
    """A crash just before call NUMBER of the run, or after it took effect (PHASE). KEY is that of an object of S3."""

    number: int
    phase: Phase
    function: str
    operation: str
    key: str = ""

    def __str__(self) -> str:
        """Return it as text."""
        return f"{self.function}, {self.phase} call {self.number}, {self.operation}"


Choose = Callable[[CrashPoint], bool]


class CrashExplorer:
    """One run of PLAY in a local cloud with ENVIRONMENT, and a child for each point that CHOOSE accepts.

    MEANWHILE is called there; without it, the function crashes.
    """

    def __init__(
        self, play: Play, environment: Mapping[str, str], choose: Choose, meanwhile: Play | None = None
    ) -> None:
        self._play = play
        self._meanwhile = meanwhile
        self._environment = environment
        self._choose = choose
        self._number = 0
        self._children: dict[int, CrashPoint] = {}
        self._results: dict[CrashPoint, Path] = {}
        self._point: CrashPoint | None = None
        """The crash of this process; None in the parent."""

    def findings(self) -> tuple[int, dict[CrashPoint, list[str]]]:
        """Return the number of points tried, and the differences of each that ends in another state."""
        with TemporaryDirectory() as folder:
            expected = self._run(Path(folder))
            while self._children:
                self._wait()
            endings = {point: self._ending(path) for point, path in self._results.items()}
        compared = {point: _compared(point, expected, ending) for point, ending in endings.items()}
        return len(compared), {point: lines for point, lines in compared.items() if lines}

    def _run(self, folder: Path) -> EndState:
        with patch.object(source, "SECONDS", PATIENCE), LocalCloud(environment=self._environment) as cloud:
            staleness = EdgeStaleness(cloud)
            cloud.on_call.append(
                lambda _, operation, parameters, phase: self._look(
                    cloud, operation, str(parameters.get("Key", "")), phase, folder
                )
            )
            try:
                self._play(cloud)
                state = end_state(cloud, staleness)
            except BaseException:
                self._end_child(traceback.format_exc())
                raise
            self._end_child(state)
            return state

    def _look(self, cloud: LocalCloud, operation: str, key: str, phase: Phase, folder: Path) -> None:
        """Fork at a chosen point; in the child, crash the function or call MEANWHILE."""
        if self._point:
            return
        self._number += phase == "before"
        point = CrashPoint(self._number, phase, os.environ["AWS_LAMBDA_FUNCTION_NAME"], operation, key)
        if not self._choose(point):
            return
        if len(self._children) >= PROCESSES:
            self._wait()
        self._results[point] = folder / f"{point.number}-{point.phase}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test runner stay in the parent
            child = os.fork()
        if child:
            self._children[child] = point
            return
        self._point = point
        if self._meanwhile is None:
            raise Crash(str(point))
        self._meanwhile(cloud)

    def _end_child(self, result: EndState | str) -> None:
        """In a child, send RESULT and end the process at once, so that nothing of the parent's is cleaned up twice."""
        if self._point:
            try:
                self._results[self._point].write_bytes(pickle.dumps(result))
            finally:
                os._exit(0)

    def _wait(self) -> None:
        child, _ = os.wait()
        self._children.pop(child, None)

    @staticmethod
    def _ending(path: Path) -> EndState | str:
        if not path.exists():
            return "the process ended without a result"
        result: EndState | str = pickle.loads(path.read_bytes())  # noqa: S301  # written by this program's child
        return result


def _compared(point: CrashPoint, expected: EndState, ending: EndState | str) -> list[str]:
    """Return the differences between ENDING and the EXPECTED state after a crash at POINT."""
    if isinstance(ending, str):
        return ending.strip().splitlines()[-6:]
    lines = expected.differences(ending)
    if point.function != MAILER:
        return lines
    # If it is unclear whether a mail was sent, it is not sent again, and ledger and report say so.
    doubled = [f"mailed again: {mail}" for mail, count in ending.mails.items() if count > expected.mails.get(mail, 0)]
    unsettled = ["mails ", "ledger ", "reports "]
    if _subjects(expected) - _subjects(ending):  # the archive has only issues that somebody is known to have got
        unsettled.append("site newsletter/")
    return doubled + [line for line in lines if not line.startswith(tuple(unsettled))]


def _subjects(state: EndState) -> set[str]:
    return {mail.partition(": ")[2] for mail in state.mails}


def one_in(share: int, seed: int) -> Choose:
    """Return a choice of one in SHARE points, drawn from SEED; all points for a SHARE of 1."""

    def choose(point: CrashPoint) -> bool:
        text = f"{seed} {point.number} {point.phase}"
        return share == 1 or zlib.crc32(text.encode()) % share == 0

    return choose
