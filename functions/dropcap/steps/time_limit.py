"""A wall-clock limit, which a size limit cannot replace: nine kilobytes of brackets can take twelve seconds."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from dropcap.errors import ContentError, Finding

AGAIN = 0.2
"""Seconds until it is said again: what is raised in a destructor or a callback of the interpreter's is lost."""


class TimeBudget:
    """The time for all versions of one file together: each version that is read leaves less for the next."""

    def __init__(self, seconds: float) -> None:
        """Start now, with SECONDS in all."""
        self._end = time.monotonic() + seconds

    @property
    def is_spent(self) -> bool:
        """Return whether no time is left."""
        return time.monotonic() >= self._end

    def seconds(self, most: float) -> float:
        """Return the seconds that are left, MOST at most, and never nothing: a timer of 0 would never end."""
        return max(0.01, min(most, self._end - time.monotonic()))


@contextmanager
def time_limit(seconds: float, slow: Finding | None = None) -> Iterator[None]:
    """Raise ContentError if what is inside takes longer than SECONDS; main thread only.

    SLOW is what the author is told; without it, what is usual with a text.

    An interval timer's signal also interrupts a regular expression that has gone astray, which no thread could. Where a
    library makes an error of its own of it (Pygments: an uncompilable expression), it is still the time that is told.
    """
    ended = False
    said: list[ContentError] = []

    def over(_signal: int, _frame: FrameType | None) -> None:
        if ended:
            return
        message = f"The text takes more than {seconds:g} seconds to read."
        remedy = "Look for thousands of nested brackets, quotes or lists, and remove them."
        said.append(ContentError(slow or Finding(message, remedy)))
        raise said[-1]

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    except ContentError:
        raise
    except Exception as error:
        if said:
            raise said[-1] from error
        raise
    finally:
        ended = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
