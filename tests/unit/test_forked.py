"""A play in a process of its own: its value and its failures reach the test."""

import os

import pytest

from support.forked import forked


def test_the_value_of_a_play_comes_from_another_process() -> None:
    """Nothing that it does stays in this one."""
    kept: list[int] = []

    def play() -> int:
        kept.append(os.getpid())
        return os.getpid()

    assert os.getpid() != forked(play)
    assert [] == kept


def test_a_failure_has_the_traceback_of_the_child() -> None:
    """With the error and the line that raised it."""
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        forked(lambda: 1 // 0)


def test_a_child_that_is_killed_is_a_failure() -> None:
    """With its status."""
    with pytest.raises(AssertionError, match="status"):
        forked(lambda: os._exit(3))
