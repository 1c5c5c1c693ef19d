"""Ctrl-C and SIGTERM as a wish to end, not as an exception in the midst of something."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupted_by(stop: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM call STOP in this block."""

    def heard(_signal: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
