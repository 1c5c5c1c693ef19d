"""The error for a command that cannot run as typed."""


class UsageError(Exception):
    """A command cannot run as typed. The text names the reason and the remedy; the exit code is 2."""
