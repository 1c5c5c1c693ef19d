"""Crashes at the AWS calls of one run, each tried in a process forked at that call, so that nothing runs twice.

At a chosen point the child's function crashes, its records are redelivered, and the scenario goes on; the parent
continues without the crash. When a child is at rest in the same state as the parent at the same rest, the two have the
same future, and it ends there. Any other child plays to the end, and its end state is compared with the parent's.
"""

import gc
import os
import pickle
import signal
import traceback
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from dropcap.steps.render import source
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Crash, Phase
from support.call_places import DAYS, is_due, is_read, place_of
from support.edge_staleness import EdgeStaleness
from support.end_state import EndState, end_state
from support.forked import fork
from support.rest_state import rest_state

Play = Callable[[LocalCloud], Iterable[None]]
"""A story: yields whenever the cloud is at rest, but not at its end."""
PROCESSES = os.cpu_count() or 1
PATIENCE = 600.0
"""Seconds that a text may take: the limit is by the wall clock, and a busy machine must not refuse a post."""
MAILER = "DeliverFunction"
CRASH = "crash"


@dataclass(frozen=True)
class CrashPoint:
    """A fault of a KIND, such as a crash, just before call NUMBER of the run, or after it took effect (PHASE).

    PLACE names the call without its number: calls of one place differ by the post, page or reader alone. KEY is that of
    an object of S3. IS_DISTINCT is false if nothing at AWS has changed since an earlier point of the same invocation: a
    crash at either is the same crash.
    """

    number: int
    phase: Phase
    function: str
    operation: str
    key: str = ""
    place: str = ""
    is_distinct: bool = True
    kind: str = CRASH

    def __str__(self) -> str:
        """Return it as text."""
        return f"{self.kind}, {self.function}, {self.phase} call {self.number}, {self.operation}"


Fault = Callable[[str, str, Mapping[str, Any], Phase], BaseException | None]
"""Returns the fault of a kind at a call (service, operation, parameters, phase); None where it cannot happen."""
Choose = Callable[[CrashPoint], bool]


CRASHES: Mapping[str, Fault] = {CRASH: lambda _, operation, *__: Crash(operation)}


class CrashExplorer:
    """One run of PLAY in a local cloud with ENVIRONMENT, and a child for each point that CHOOSE accepts.

    MEANWHILE is called there; without it, each kind of FAULTS is tried.
    """

    def __init__(
        self,
        play: Play,
        environment: Mapping[str, str],
        choose: Choose,
        meanwhile: Callable[[LocalCloud], None] | None = None,
        faults: Mapping[str, Fault] = CRASHES,
    ) -> None:
        self._play = play
        self._meanwhile = meanwhile
        self._environment = environment
        self._faults = faults
        self._choose = choose
        self._number = 0
        self._invocation = 0
        self._running: dict[int, CrashPoint] = {}
        self._stopped: list[tuple[int, CrashPoint]] = []
        """Children at rest that wait for the parent to come to the same rest."""
        self._results: dict[CrashPoint, Path] = {}
        self._point: CrashPoint | None = None
        """The crash of this process; None in the parent."""
        self.ended_early = 0
        """The number of children that came to rest in the parent's state before the end."""

    def findings(self) -> tuple[int, dict[CrashPoint, list[str]]]:
        """Return the number of points tried, and the differences of each that ends in another state."""
        with TemporaryDirectory() as folder:
            gc.freeze()  # a collection in a child would copy the pages of all objects that there are now
            try:
                expected = self._run(Path(folder))
            finally:
                gc.unfreeze()
            while self._running or self._stopped:
                self._resume()
                self._wait()
            endings = {point: self._ending(path) for point, path in self._results.items()}
        self.ended_early = sum(ending is None for ending in endings.values())
        compared = {point: _compared(point, expected, ending) for point, ending in endings.items() if ending}
        return len(endings), {point: lines for point, lines in compared.items() if lines}

    def _run(self, folder: Path) -> EndState:
        with patch.object(source, "SECONDS", PATIENCE), LocalCloud(environment=self._environment) as cloud:
            staleness = EdgeStaleness(cloud)
            cloud.on_call.append(
                lambda service, operation, parameters, phase: self._look(
                    cloud, (service, operation, parameters), phase, folder
                )
            )
            try:
                for number, _ in enumerate(self._play(cloud)):
                    self._rest(folder / f"rest-{number}", rest_state(cloud, staleness))
                state = end_state(cloud, staleness)
            except BaseException:
                self._end_child(traceback.format_exc())
                raise
            self._end_child(state)
            return state

    def _rest(self, path: Path, state: Mapping[str, str]) -> None:
        """In the parent, write STATE for the children; end a child if that is its state, too."""
        if not self._point:
            path.with_suffix(".new").write_bytes(pickle.dumps(state))
            path.with_suffix(".new").rename(path)
            self._resume()
            return
        while not path.exists():
            os.kill(os.getpid(), signal.SIGSTOP)
        if state == pickle.loads(path.read_bytes()):  # noqa: S301  # written by the parent
            self._end_child(None)

    def _look(self, cloud: LocalCloud, call: tuple[str, str, Mapping[str, Any]], phase: Phase, folder: Path) -> None:
        """Fork at a chosen point; in the child, raise its fault or call MEANWHILE."""
        if self._point:
            return
        self._number += phase == "before"
        function = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        place = f"{function} {place_of(*call)} {phase}"
        is_distinct = self._is_distinct(cloud, call[1], phase)
        key = str(call[2].get("Key", ""))
        for kind, make in self._faults.items():
            point = CrashPoint(self._number, phase, function, call[1], key, place, is_distinct, kind)
            fault = make(*call, phase)
            if fault and self._choose(point) and self._is_child(point, folder):
                if self._meanwhile is None:
                    raise fault
                self._meanwhile(cloud)
                return

    def _is_child(self, point: CrashPoint, folder: Path) -> bool:
        """Fork, and return whether this is the child, in which POINT happens."""
        self._wait_for_a_place()
        self._results[point] = folder / str(len(self._results))
        child = fork()
        if child:
            self._running[child] = point
        else:
            self._point = point
        return not child

    def _is_distinct(self, cloud: LocalCloud, operation: str, phase: Phase) -> bool:
        """Return whether this is the begin of an invocation, or whether the call has changed something."""
        before, self._invocation = self._invocation, cloud.functions.requests
        return before != self._invocation or (phase == "after" and not is_read(operation))

    def _end_child(self, result: EndState | str | None) -> None:
        """In a child, send RESULT and end the process at once, so that nothing of the parent's is cleaned up twice."""
        if self._point:
            try:
                self._results[self._point].write_bytes(pickle.dumps(result))
            finally:
                os._exit(0)

    def _resume(self) -> None:
        """Continue the children that wait at a rest: the parent has come to it."""
        stopped, self._stopped = self._stopped, []
        for child, point in stopped:
            self._wait_for_a_place()
            self._running[child] = point
            os.kill(child, signal.SIGCONT)

    def _wait_for_a_place(self) -> None:
        while len(self._running) >= PROCESSES:
            self._wait()

    def _wait(self) -> None:
        """Wait until a child has ended or stopped."""
        child, status = os.waitpid(-1, os.WUNTRACED)
        point = self._running.pop(child, None)
        if point and os.WIFSTOPPED(status):
            self._stopped.append((child, point))

    @staticmethod
    def _ending(path: Path) -> EndState | str | None:
        if not path.exists():
            return "the process ended without a result"
        result: EndState | str | None = pickle.loads(path.read_bytes())  # noqa: S301  # written by this program's child
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


class PlacesOfADay:
    """Chooses the first call of each place that is due on the day SEED, once in so many DAYS, for each kind of fault.

    Of crashes, only distinct ones count.
    """

    def __init__(self, seed: int, days: int = DAYS) -> None:
        """Choose for the day SEED."""
        self._seed = seed
        self._days = days
        self.seen: set[str] = set()
        """All places of the run."""
        self.chosen: set[str] = set()
        """The places of which a call was chosen."""

    def __call__(self, point: CrashPoint) -> bool:
        """Return whether to take POINT."""
        if point.kind == CRASH and not point.is_distinct:
            return False
        place = point.place if point.kind == CRASH else f"{point.kind} {point.place}"
        self.seen.add(place)
        if place in self.chosen or not is_due(place, self._seed, self._days):
            return False
        self.chosen.add(place)
        return True
