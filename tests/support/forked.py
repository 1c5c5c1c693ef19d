"""A play in a process of its own, whose memory is free again at its end.

A local cloud leaves some megabytes behind, and pytest keeps the log of a test until the test is over: hundreds of
histories in one test would take gigabytes.
"""

import os
import pickle
import traceback
import warnings
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def fork() -> int:
    """Fork this process; return the child's number, and 0 in the child."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test runner stay in the parent
        return os.fork()


def forked(play: Callable[[], Value]) -> Value:
    """Return what PLAY returns in a child process; raise AssertionError with the child's traceback if it fails."""
    reader, writer = os.pipe()
    child = fork()
    if not child:
        _play_and_end(play, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    assert answer, f"the child ended with status {status} and without a result"
    value, failure = pickle.loads(answer)  # noqa: S301  # written by our own child
    assert not failure, failure
    result: Value = value
    return result


def _play_and_end(play: Callable[[], object], writer: int) -> None:
    """Send the result through the pipe WRITER, and end the process, so that nothing of the parent's is cleaned up."""
    try:
        try:
            answer = pickle.dumps((play(), ""))
        except BaseException:  # noqa: BLE001  # the parent reports it
            answer = pickle.dumps((None, traceback.format_exc()))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)
