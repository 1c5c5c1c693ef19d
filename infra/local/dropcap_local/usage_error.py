"""The errors for a command that cannot run as typed, or that cannot go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class UsageError(Exception):
    """A command cannot run as typed: the text names the reason and the remedy. Exit code 2; nothing was changed."""


class UnfinishedError(Exception):
    """A command cannot go on, and has changed something: the text names the reason and the remedy. Exit code 1."""


@contextmanager
def unfinished_once(is_changed: Callable[[], object]) -> Iterator[None]:
    """Turn a UsageError in this block into an UnfinishedError if something IS_CHANGED when it is raised."""
    try:
        yield
    except UsageError as error:
        if is_changed():
            raise UnfinishedError(str(error)) from error
        raise
