"""Work that other threads hand to the main thread: moto and handlers are touched there and nowhere else.

A queue instead of a lock: whoever serves waits for the main thread, and that waits for nobody, so they cannot wait
for one another. Work is done in the order in which it came, between two steps of the pump, so that neither starves.
"""

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, get_ident
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


class ClosedError(RuntimeError):
    """The main thread takes no more work: the servers are about to end."""


class Turns:
    """The line in front of the main thread, which is the one that makes it."""

    def __init__(self) -> None:
        """Take work from now on."""
        self._main = get_ident()
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._closing = Lock()
        self._closed = False

    def do(self, work: Callable[[], T]) -> T:
        """Let the main thread do WORK, and give what it gives or raise what it raises; ClosedError at the end."""
        if get_ident() == self._main:
            return work()
        promise: Future[T] = Future()
        with self._closing:
            if self._closed:
                raise ClosedError
            self._waiting.put(lambda: _keep(promise, work))
        return promise.result()

    def wake(self) -> None:
        """Let `run` return soon. A signal's handler may call it: a SimpleQueue can be put to while it is being read."""
        self._waiting.put(_nothing)

    def run(self, seconds: float) -> bool:
        """Do the work that waits, or whatever comes first within SECONDS; say whether there was any. Main thread."""
        deadline = monotonic() + seconds
        done = False
        while True:
            try:
                work = self._waiting.get(timeout=0 if done else max(0.0, deadline - monotonic()))
            except Empty:
                return done
            work()
            done = True

    def close(self) -> None:
        """Do what still waits, and take nothing more. Main thread only."""
        with self._closing:
            self._closed = True
        self.run(0)


def _nothing() -> None:
    """Do nothing."""


def _keep(promise: Future[T], work: Callable[[], T]) -> None:
    """Keep PROMISE with what WORK gives or raises; whatever stops the main thread goes on besides."""
    try:
        promise.set_result(work())
    except Exception as error:  # noqa: BLE001  # it is raised again where the work came from
        promise.set_exception(error)
    except BaseException as error:
        promise.set_exception(ClosedError())
        raise error from None
