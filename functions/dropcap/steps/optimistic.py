"""Optimistic concurrency: read, write, read again, and start over if something changed meanwhile."""

from collections.abc import Callable

from dropcap.errors import ConflictError, ServiceError

ROUNDS = 6
"""How often a step starts over because somebody else wrote first; then the message is redelivered."""


def until_stable(what: str, once: Callable[[], str | None]) -> str:
    """Call ONCE until it gives an outcome: None, like a ConflictError, says that something changed meanwhile.

    Raises ServiceError, which names WHAT, where that does not end: it must be tried again later.
    """
    for _ in range(ROUNDS):
        try:
            outcome = once()
        except ConflictError:
            continue
        if outcome is not None:
            return outcome
    raise ServiceError.unstable(what, ROUNDS)
