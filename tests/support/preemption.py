"""Two functions that take turns at their calls, by a schedule: every interleaving with few preemptions can be tried."""

from collections.abc import Callable, Iterator
from itertools import combinations
from threading import Semaphore, Thread, current_thread

PATIENCE = 60.0
"""Seconds after which a schedule counts as a deadlock."""


class Turns:
    """Runs FUNCTIONS, two of them, one at a time; at the calls whose numbers are in SWITCHES the other one goes on."""

    def __init__(self, functions: tuple[Callable[[], object], Callable[[], object]], switches: tuple[int, ...]) -> None:
        """Store the functions, and when to switch."""
        self._switches = frozenset(switches)
        self._turns = [Semaphore(0), Semaphore(0)]
        self._is_over = [False, False]
        self._end = Semaphore(0)
        self._threads = [Thread(target=self._run, args=(place, do), daemon=True) for place, do in enumerate(functions)]
        self.calls = 0
        self.errors: list[BaseException] = []

    def play(self) -> None:
        """Run both to their ends; the first one starts."""
        for thread in self._threads:
            thread.start()
        self._turns[0].release()
        for _ in self._threads:
            assert self._end.acquire(timeout=PATIENCE), "neither goes on"

    def call(self) -> None:
        """Count a call of the function that is running, and switch here if the schedule says so."""
        thread = current_thread()
        if thread not in self._threads:
            return
        self.calls += 1
        me = self._threads.index(thread)
        if self.calls in self._switches and not self._is_over[1 - me]:
            self._turns[1 - me].release()
            assert self._turns[me].acquire(timeout=PATIENCE), "it never goes on"

    def _run(self, place: int, do: Callable[[], object]) -> None:
        assert self._turns[place].acquire(timeout=PATIENCE), "it never begins"
        try:
            do()
        except BaseException as error:  # noqa: BLE001  # the test looks at it
            self.errors.append(error)
        self._is_over[place] = True
        self._turns[1 - place].release()
        self._end.release()


def schedules(calls: int, preemptions: int) -> Iterator[tuple[int, ...]]:
    """Yield every choice of up to so many PREEMPTIONS among CALLS."""
    for number in range(preemptions + 1):
        yield from combinations(range(1, calls + 1), number)
