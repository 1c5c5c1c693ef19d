"""A post that takes too long to render is refused, and its report says why."""

import threading
import time

import pytest

from dropcap.errors import ContentError, Finding
from dropcap.steps.time_limit import time_limit

SLOW = Finding("The picture takes too long.", "Save it smaller.")


def for_ever(slow: Finding | None) -> None:
    """Do nothing, within a limit, until it is over."""
    with time_limit(0.01, slow):
        while True:
            pass


@pytest.mark.parametrize(("slow", "words"), [(None, "The text takes more than 0.01 seconds"), (SLOW, SLOW.message)])
def test_the_error_names_what_took_too_long(slow: Finding | None, words: str) -> None:
    """A text unless something else is named."""
    with pytest.raises(ContentError) as raised:
        for_ever(slow)
    assert words in raised.value.findings[0].message


def test_an_error_that_a_library_makes_of_it_is_still_about_the_time() -> None:
    """Pygments, when it is interrupted while it compiles a lexer, says that an expression cannot be compiled."""
    with pytest.raises(ContentError) as raised:
        dressed()
    assert SLOW.message in raised.value.findings[0].message


def dressed() -> None:
    """Turn whatever comes into another error, as a library does."""
    with time_limit(0.01, SLOW):
        try:
            for_ever_within()
        except Exception as error:
            message = "uncompilable"
            raise ValueError(message) from error


def for_ever_within() -> None:
    """Do nothing until somebody interrupts."""
    while True:
        pass


def test_waiting_for_a_busy_machine_does_not_count() -> None:
    """Another process may have the processor while a text is read: only time in which the text is read counts."""
    with time_limit(0.05):
        time.sleep(0.2)


def test_what_other_threads_compute_does_not_count() -> None:
    """The local cloud serves uploads while it renders."""
    other = threading.Thread(target=compute, args=(0.3,))
    with time_limit(0.1):
        other.start()
        other.join()


def test_what_other_threads_compute_counts_by_the_clock_of_the_process() -> None:
    """Encoders of pictures have threads of their own."""
    other = threading.Thread(target=compute, args=(0.6,))
    with pytest.raises(ContentError):
        wait_for(other)
    other.join()


def wait_for(other: threading.Thread) -> None:
    """Start OTHER and wait for it, with a limit on the time of the whole process."""
    with time_limit(0.1, SLOW, time.process_time):
        other.start()
        while other.is_alive():
            other.join(0.01)


def compute(seconds: float) -> None:
    """Keep the processor busy for SECONDS of this thread."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_an_error_in_time_stays_what_it_is() -> None:
    """Only what is interrupted is slow."""
    with pytest.raises(ZeroDivisionError), time_limit(5.0):
        _ = 1 // 0
