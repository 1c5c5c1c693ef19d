"""Handle Ctrl-C, SIGTERM and SIGHUP as a request to stop, not as an exception in the middle of a step."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupted_by(stop: Callable[[], None]) -> Iterator[None]:
    """Call STOP on Ctrl-C, on SIGTERM, and when the terminal is closed, in this block."""

    def handle(_signal: int, _frame: FrameType | None) -> None:
        stop()

    previous = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
