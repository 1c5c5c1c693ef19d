"""Two functions that take turns at their calls, by a schedule: every interleaving with few preemptions can be tried.

Both run in the main thread, as coroutines of greenlet: time limits, which need that thread, keep working.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations

from greenlet import getcurrent, greenlet

PutBack = Callable[[], None]


def keep_nothing() -> PutBack:
    """Return a function that does nothing: the functions share no state of the process."""
    return lambda: None


class Turns:
    """Runs FUNCTIONS, two of them, one at a time; at the calls whose numbers are in SWITCHES the other one goes on.

    KEEP is called before each switch; it returns a function that puts the state of the process back.
    """

    def __init__(
        self,
        functions: tuple[Callable[[], object], Callable[[], object]],
        switches: tuple[int, ...],
        keep: Callable[[], PutBack] = keep_nothing,
    ) -> None:
        """Store the functions, and when to switch."""
        self._switches = frozenset(switches)
        self._parts = [greenlet(partial(self._run, do)) for do in functions]
        self._keep = keep
        self.calls = 0
        self.errors: list[BaseException] = []

    def play(self) -> None:
        """Run both to their ends; the first one starts."""
        put_back = self._keep()
        for part in self._parts:
            while not part.dead:
                part.switch()  # returns when either of the two ends
        put_back()

    @property
    def running(self) -> int:
        """Return the place of the function that is running."""
        return self._parts.index(getcurrent())

    def call(self) -> None:
        """Count a call of the function that is running, and switch here if the schedule says so."""
        me = getcurrent()
        if me not in self._parts:
            return
        self.calls += 1
        other = self._parts[1 - self._parts.index(me)]
        if self.calls in self._switches and not other.dead:
            put_back = self._keep()
            other.switch()
            put_back()

    def _run(self, do: Callable[[], object]) -> None:
        try:
            do()
        except BaseException as error:  # noqa: BLE001  # the test looks at it
            self.errors.append(error)


def schedules(calls: int, preemptions: int) -> Iterator[tuple[int, ...]]:
    """Yield every choice of up to so many PREEMPTIONS among CALLS."""
    for number in range(preemptions + 1):
        yield from combinations(range(1, calls + 1), number)
