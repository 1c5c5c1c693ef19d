"""The error for a command that cannot run as typed."""


class UsageError(Exception):
    """A command cannot run as typed: the text names the reason and the remedy. Exit code 2; nothing was changed."""
