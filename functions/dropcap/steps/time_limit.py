"""A limit on processor time, which a size limit cannot replace: nine kilobytes of brackets can take twelve seconds.

Processor time and not the wall clock, since a good text must not be refused because the machine is busy.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from dropcap.errors import ContentError, Finding

AGAIN = 0.2
"""Seconds of processor time until the error is raised again: one raised in a destructor or a callback is lost."""


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
def time_limit(
    seconds: float, slow: Finding | None = None, clock: Callable[[], float] = time.thread_time
) -> Iterator[None]:
    """Raise ContentError if what is inside computes for more than SECONDS; main thread only.

    SLOW is the finding for the author; without it, the usual one for a text. CLOCK counts processor time: that of this
    thread, or `time.process_time` where a library computes in threads of its own, as encoders of pictures do.

    An interval timer's signal also interrupts a regular expression that has gone astray, which no thread could. Where a
    library turns it into an error of its own (Pygments: an uncompilable expression), the error raised is still about
    the time.
    """
    ended = False
    errors: list[ContentError] = []
    began = clock()

    def over(_signal: int, _frame: FrameType | None) -> None:
        if ended or clock() - began < seconds:  # the timer also counts other threads, and comes again
            return
        message = f"The text takes more than {seconds:g} seconds to read."
        remedy = "Look for thousands of nested brackets, quotes or lists, and remove them."
        errors.append(ContentError(slow or Finding(message, remedy)))
        raise errors[-1]

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds, min(AGAIN, seconds))
    try:
        yield
    except ContentError:
        raise
    except Exception as error:
        if errors:
            raise errors[-1] from error
        raise
    finally:
        ended = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
