"""The time: a clock that stands still until the event loop moves it, and the real one for `dropcap dev`."""

import math
import time
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from time_machine import Traveller

HALF_A_MILLISECOND = 0.0005


def has_come(moment: float, now: float) -> bool:
    """Return whether MOMENT (seconds since the epoch) has come, with half a millisecond for the rounding of floats."""
    return moment <= now + HALF_A_MILLISECOND


class Clock(Protocol):
    """A source of time for the event loop."""

    def now(self) -> datetime:
        """Return the current time, in UTC."""

    def advance(self, seconds: float) -> None:
        """Move the time forward by SECONDS."""

    def leap(self, moment: float) -> bool:
        """Jump to MOMENT (seconds since the epoch) and return True; return False if the caller must wait."""


class RealClock:
    """The machine's own time, for `dropcap dev`."""

    def now(self) -> datetime:
        """Return the current time, in UTC."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Sleep for SECONDS."""
        sleep(seconds)

    def leap(self, moment: float) -> bool:  # noqa: ARG002  # real time cannot jump
        """Return False: real time cannot skip to MOMENT."""
        return False


class VirtualClock:
    """Time that stands still between jumps. While it is entered, moto, boto3 and handlers see it."""

    def __init__(self, start: datetime) -> None:
        """Show START, an aware datetime, once entered."""
        from time_machine import travel  # noqa: PLC0415  # it imports pytest where that is installed: 0.3 s

        self._travel = travel(start.astimezone(UTC).timestamp(), tick=False)
        self._traveller: Traveller | None = None

    def __enter__(self) -> Self:
        """Replace the process's time."""
        self._traveller = self._travel.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Restore the process's own time."""
        self._traveller = None
        self._travel.stop()

    def now(self) -> datetime:
        """Return the current time, in UTC."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Move the time forward by SECONDS at once."""
        self._entered().shift(timedelta(seconds=seconds))

    def leap(self, moment: float) -> bool:
        """Jump to MOMENT, never backwards, and return True."""
        traveller = self._entered()
        traveller.move_to(max(math.ceil(moment * 1000) / 1000, time.time()))
        return True

    def _entered(self) -> "Traveller":
        if self._traveller is None:
            raise RuntimeError("enter the virtual clock before moving it")
        return self._traveller
