"""Two invocations at once, run by every schedule with few preemptions: of two batches, or of one and a later upload.

Each schedule runs in a process of its own, forked from one that plays the story. A function is preempted only before a
call that touches something that both touch and one of them writes: at any other call a switch changes nothing.
"""

import os
import pickle
import time
import traceback
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NoReturn
from unittest.mock import patch

from dropcap.errors import ServiceError
from dropcap.steps.render import source as render_source
from dropcap_local.cloud import LocalCloud
from dropcap_local.events.event_source import Batch, RecordSource
from support.call_places import is_read
from support.crash_points import PATIENCE, PROCESSES
from support.edge_staleness import EdgeStaleness
from support.end_state import EndState, end_state
from support.forked import fork
from support.histories import History
from support.preemption import PutBack, Turns, schedules
from support.rest_state import rest_state

Scene = Callable[[History], None]
Kind = Literal["and", "and the next of", "twice", "and an upload"]
UPLOADS = "UploadQueue"


@dataclass(frozen=True)
class Pair:
    """Batches of the ready sources FIRST and SECOND, by their places; WHAT names functions and records."""

    first: int
    second: int
    kind: Kind
    what: str


@dataclass(frozen=True)
class Schedule:
    """A PAIR, and the numbers of the calls at which the running function is preempted."""

    pair: Pair
    switches: tuple[int, ...]

    def __str__(self) -> str:
        """Return it as text."""
        return f"{self.pair.what}, switching at {self.switches}"


@dataclass(frozen=True)
class Play:
    """The result of one schedule: what both functions touch, the number of such calls, and the end.

    STATE is what the cloud holds when both are over. A schedule whose state is that of the pair one after the other has
    the same future: it has no end of its own, nor has a pair that shares nothing.
    """

    shared: frozenset[str]
    calls: int
    state: Mapping[str, str]
    end: EndState | str | None


class PairExplorer:
    """Explores the pairs of batches that are ready after BEFORE has come to rest and AT_ONCE has been done.

    With MEANWHILE, the second function is that which renders the upload that it makes, when the first is preempted; the
    end is as if it had been made afterwards, or before any function ran.

    ONE_IN is the share of pairs, MOMENTS_APART that of the moments at which they are looked for, and MOST the number of
    schedules of each; 0 means all. SEED draws them. ONLY is the beginning of the first function's name.
    """

    def __init__(
        self,
        before: Scene,
        at_once: Scene,
        meanwhile: Scene | None = None,
        *,
        one_in: int = 1,
        moments_apart: int = 1,
        most: int = 0,
        seed: int = 0,
        only: str = "",
    ) -> None:
        self._before = before
        self._at_once = at_once
        self._meanwhile = meanwhile
        self._one_in = one_in
        self._moments_apart = moments_apart
        self._moments = seed
        self._most = most
        self._seed = seed
        self._only = only
        self._seen: set[str] = set()
        self._children: dict[int, Path] = {}
        self._results: dict[Schedule, Path] = {}
        self._folder = Path()
        self.ended_early = 0
        """The number of schedules whose future was known when both functions were over."""

    def findings(self) -> tuple[int, dict[Schedule, list[str]]]:
        """Return the number of schedules, and the differences of each that ends in another state."""
        with TemporaryDirectory() as folder, patch.object(render_source, "SECONDS", PATIENCE), LocalCloud() as cloud:
            self._folder = Path(folder)
            staleness = EdgeStaleness(cloud)
            history = History(cloud)
            self._before(history)
            cloud.settle()
            self._at_once(history)
            if self._meanwhile:
                self._play_upload_first(history, staleness)
            self._explore(history, staleness)
            while cloud.step():
                self._explore(history, staleness)
            if self._meanwhile:
                self._meanwhile(history)
                cloud.settle()
            expected = end_state(cloud, staleness)
            self._wait_for(0)
            plays = {schedule: _result(path) for schedule, path in self._results.items()}
            others = [_result(path).end for path in self._folder.glob("upload-first")]
        ends = [expected, *(end for end in others if isinstance(end, EndState))]
        compared = {schedule: _differences(ends, play.end) for schedule, play in plays.items() if play.end}
        self.ended_early = sum(play.end is None for play in plays.values())
        return len(plays), {schedule: lines for schedule, lines in compared.items() if lines}

    def _play_upload_first(self, history: History, staleness: EdgeStaleness) -> None:
        assert self._meanwhile
        path = self._folder / "upload-first"
        if child := fork():
            self._children[child] = path
            return
        self._meanwhile(history)
        history.cloud.settle()
        _end(path, Play(frozenset(), 0, {}, end_state(history.cloud, staleness)))

    def _explore(self, history: History, staleness: EdgeStaleness) -> None:
        """Play every schedule of the pairs that are ready now."""
        functions = {source.mapping.function for source in history.cloud.event_loop.ready()}
        self._moments += 1
        if not any(name.startswith(self._only) for name in functions) or self._moments % self._moments_apart:
            return
        for pair in self._pairs(history.cloud):
            if pair.what in self._seen or not pair.what.startswith(self._only):
                continue
            self._seen.add(pair.what)
            if self._draw(pair.what) % self._one_in:
                continue
            serial = Schedule(pair, ())
            self._start(history, staleness, serial, None)
            self._wait_for(0)
            play = _result(self._results[serial])
            every = [Schedule(pair, switches) for switches in schedules(play.calls, 2) if switches]
            for schedule in sorted(every, key=lambda schedule: self._draw(str(schedule)))[: self._most or None]:
                self._start(history, staleness, schedule, play)

    def _draw(self, text: str) -> int:
        return zlib.crc32(f"{self._seed} {text}".encode())

    def _pairs(self, cloud: LocalCloud) -> list[Pair]:
        """Return the pairs of batches that are ready, found out in a process of its own, which takes them."""
        path = self._folder / "pairs"
        child = fork()
        if not child:
            _end(path, list(_ready_now(cloud) if self._meanwhile else _pairs(cloud)))
        self._children[child] = path
        self._wait_for(0)
        pairs: list[Pair] = pickle.loads(path.read_bytes())  # noqa: S301  # written by this program's child
        return pairs

    def _start(self, history: History, staleness: EdgeStaleness, schedule: Schedule, serial: Play | None) -> None:
        """Play SCHEDULE in a child; SERIAL is the play of its pair one after the other, None for that play itself."""
        path = self._results[schedule] = self._folder / str(len(self._results))
        self._wait_for(PROCESSES - 1)
        if child := fork():
            self._children[child] = path
            return
        conversation = _Conversation(history, self._meanwhile, serial.shared if serial else None)
        state: Mapping[str, str] = {}
        end: EndState | str | None = None
        try:
            conversation.play(schedule)
            state = rest_state(history.cloud, staleness)
            if conversation.shared and (serial is None or state != serial.state):
                history.cloud.settle()
                end = end_state(history.cloud, staleness)
        except BaseException:  # noqa: BLE001  # the parent reports it
            end = traceback.format_exc()
        _end(path, Play(conversation.shared, conversation.calls, state, end))

    def _wait_for(self, most: int) -> None:
        """Wait until at MOST so many children are left."""
        while len(self._children) > most:
            child, _ = os.wait()
            self._children.pop(child, None)


def _differences(ends: Sequence[EndState], end: EndState | str) -> list[str]:
    """Return how END differs from the first of ENDS; nothing if it equals any of them."""
    if isinstance(end, str):
        return end.splitlines()[-6:]
    return [] if any(not expected.differences(end) for expected in ends) else ends[0].differences(end)


def _end(path: Path, result: object) -> NoReturn:
    """End this child at once with RESULT, so that nothing of the parent's is cleaned up twice."""
    try:
        path.write_bytes(pickle.dumps(result))
    finally:
        os._exit(0)


def _result(path: Path) -> Play:
    if not path.exists():
        return Play(frozenset(), 0, {}, "the process ended without a result")
    play: Play = pickle.loads(path.read_bytes())  # noqa: S301  # written by this program's child
    return play


def _take(source: RecordSource) -> Batch:
    """Take one message of a queue, or all that a stream has for one invocation."""
    return source.take(source.mapping.batch_size if source.mapping.kind == "stream" else 1, None)


def _ready_now(cloud: LocalCloud) -> Iterator[Pair]:
    """Take the first batch of each ready source of CLOUD, and yield the pairs of it and a later upload."""
    for place, source in enumerate(cloud.event_loop.ready()):
        batch = _take(source)
        if batch.records:
            yield Pair(place, place, "and an upload", f"{_invocation(source, batch)} and an upload")


def _pairs(cloud: LocalCloud) -> Iterator[Pair]:
    """Take the first and second batch of each ready source of CLOUD, and yield the pairs of them."""
    sources = cloud.event_loop.ready()
    firsts = [_take(source) for source in sources]
    queues = [source.mapping.kind != "stream" for source in sources]
    seconds = [
        _take(source) if is_queue and source in cloud.event_loop.ready() else Batch((), ())
        for source, is_queue in zip(sources, queues, strict=True)
    ]
    full = [place for place, batch in enumerate(firsts) if batch.records]
    for first, second in permutations(full, 2):
        yield Pair(first, second, "and", _what(sources[first], firsts[first], sources[second], firsts[second]))
    for place in full:
        source, batch, following = sources[place], firsts[place], seconds[place]
        if following.records:
            yield Pair(place, place, "and the next of", _what(source, batch, source, following))
        if queues[place]:
            yield Pair(place, place, "twice", _what(source, batch, source, batch))


def _what(first: RecordSource, batch: Batch, second: RecordSource, other: Batch) -> str:
    return f"{_invocation(first, batch)} and {_invocation(second, other)}"


def _invocation(source: RecordSource, batch: Batch) -> str:
    records = "+".join(identifier[-12:] for identifier in batch.identifiers)
    return f"{source.mapping.function} with {records}"


class _Conversation:
    """Two functions of a HISTORY in turns; SHARED is what both touch, None to find that out in a run without switches.

    MEANWHILE makes the upload of a pair that has one.
    """

    def __init__(self, history: History, meanwhile: Scene | None, shared: frozenset[str] | None) -> None:
        self._history = history
        self._cloud = history.cloud
        self._meanwhile = meanwhile
        self._touched: list[tuple[dict[str, bool], list[set[str]]]] = [({}, []), ({}, [])]
        self._known = shared
        self._turns: Turns

    @property
    def shared(self) -> frozenset[str]:
        """Return what both touch and one of them writes."""
        if self._known is not None:
            return self._known
        (here, _), (there, _) = self._touched
        return frozenset(name for name in here.keys() & there.keys() if here[name] or there[name])

    @property
    def calls(self) -> int:
        """Return the number of calls that touch something shared."""
        return sum(bool(names & self.shared) for _, calls in self._touched for names in calls)

    def play(self, schedule: Schedule) -> None:
        """Run the pair by its schedule; raise the first assertion of a reader."""
        loop = self._cloud.event_loop
        sources = loop.ready()
        first, batch = sources[schedule.pair.first], _take(sources[schedule.pair.first])
        second = self._second(schedule.pair, sources, batch)
        self._turns = Turns((lambda: loop.run(first, batch), second), schedule.switches, self._keep)
        self._cloud.on_call.append(self._look)
        self._turns.play()
        self._cloud.on_call.remove(self._look)
        for error in self._turns.errors:
            raise error

    def _second(self, pair: Pair, sources: Sequence[RecordSource], batch: Batch) -> Callable[[], object]:
        """Return the second function; BATCH is that of the first."""
        loop, source = self._cloud.event_loop, sources[pair.second]

        def again() -> None:
            """Deliver BATCH to a second container, as after a visibility timeout that was too short."""
            function = self._cloud.stack.functions[source.mapping.function]
            with suppress(ServiceError):
                self._cloud.functions.invoke(function, {"Records": list(batch.records)})

        def upload() -> None:
            assert self._meanwhile
            self._meanwhile(self._history)
            for uploads in loop.ready():
                if uploads.name == UPLOADS:
                    loop.run(uploads, _take(uploads))
                    return

        if pair.kind == "and an upload":
            return upload
        if pair.kind == "twice":
            return again
        other = _take(source)
        return lambda: loop.run(source, other)

    def _look(self, service: str, operation: str, parameters: Mapping[str, Any], phase: str) -> None:
        if phase != "before":
            return
        names = set(touched(service, parameters))
        if self._known is None:
            writes, calls = self._touched[self._turns.running]
            calls.append(names)
            for name in names:
                writes[name] = writes.get(name, False) or not is_read(operation)
        elif names & self._known:
            self._turns.call()

    def _keep(self) -> PutBack:
        """Return a function that puts back the environment, the clock's sleep, and the running function."""
        environment, sleep, running = dict(os.environ), time.sleep, self._cloud.functions.running[-1:]

        def put_back() -> None:
            os.environ.clear()
            os.environ.update(environment)
            time.sleep = sleep
            for context in running:
                if context in self._cloud.functions.running:
                    self._cloud.functions.running.remove(context)
                    self._cloud.functions.running.append(context)

        return put_back


def touched(service: str, parameters: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401  # a call's parameters
    """Yield what a call touches: partitions, objects, queues' message groups; a service where it is not known."""
    if service == "dynamodb":
        yield from _partitions(parameters)
    elif service == "s3" and "Key" in parameters:
        yield f"{parameters['Bucket']}/{parameters['Key']}"
    elif service != "sqs":  # messages that both send are seen only when both are over
        yield f"{service} {parameters.get('Bucket', '')}{name}"


def _partitions(value: Any) -> Iterator[str]:  # noqa: ANN401  # any JSON
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in {"pk", ":pk"}:
                yield str(inner["S"])
            else:
                yield from _partitions(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _partitions(inner)
