"""What takes too long ends with what its author should know."""

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


def test_an_error_in_time_stays_what_it_is() -> None:
    """Only what is interrupted is slow."""
    with pytest.raises(ZeroDivisionError), time_limit(5.0):
        _ = 1 // 0
