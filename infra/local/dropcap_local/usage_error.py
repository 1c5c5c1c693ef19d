"""What the person at the keyboard has to put right: exit code 2, and nothing was touched."""


class WrongUseError(Exception):
    """A command that cannot be carried out as it was given. Its text says why, and what to do."""
