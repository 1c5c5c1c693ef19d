"""A queue of work for the main thread, the only thread that uses moto and the handlers.

A queue instead of a lock: server threads wait for the main thread, which waits for nobody, so there is no deadlock.
Work runs in the order of arrival, between two steps of the event loop, so neither starves.
"""

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, get_ident
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


class ClosedError(RuntimeError):
    """The main thread accepts no more work: the servers are about to stop."""


class MainThreadQueue:
    """The queue of work for the main thread, which is the thread that creates it."""

    def __init__(self) -> None:
        """Accept work from now on."""
        self._main = get_ident()
        self._waiting: SimpleQueue[tuple[Callable[[], None], bool]] = SimpleQueue()
        self._closing = Lock()
        self._closed = False

    def do(self, work: Callable[[], T], *, reads: bool = False) -> T:
        """Run WORK on the main thread and return its result or raise its error; raise ClosedError once closed.

        Work that only READS causes no other thread to look for changes.
        """
        if get_ident() == self._main:
            return work()
        promise: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise ClosedError
            self._waiting.put((lambda: _keep(promise, work), not reads))
        return promise.result()

    def wake(self) -> None:
        """Make `run` return soon. A signal handler may call it: SimpleQueue.put is reentrant."""
        self._waiting.put((_nothing, True))

    def run(self, seconds: float) -> bool:
        """Run waiting work, or the first to arrive within SECONDS; return whether any may have changed something.

        Main thread only.
        """
        deadline = monotonic() + seconds
        done = changes = False
        while True:
            try:
                work, may_change = self._waiting.get(timeout=0 if done else max(0.0, deadline - monotonic()))
            except Empty:
                return changes
            work()
            done, changes = True, changes or may_change

    def close(self) -> None:
        """Run what still waits, and accept nothing more. Main thread only."""
        with self._closing:
            self._closed = True
        self.run(0)


def _nothing() -> None:
    """Do nothing."""


def _keep(promise: Future[T], work: Callable[[], T]) -> None:
    """Set PROMISE to the result or the error of WORK; re-raise an exception that stops the main thread."""
    try:
        promise.set_result(work())
    except Exception as error:  # noqa: BLE001  # it is raised again where the work came from
        promise.set_exception(error)
    except BaseException as error:
        promise.set_exception(ClosedError())
        raise error from None
