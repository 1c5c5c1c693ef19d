"""The declaration of one command."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command: one line for `dropcap --help`, and its arguments.

    EXAMPLES are lines that can be typed as they are, NOTES is a paragraph of its help, EXIT_CODES explains 0 and 1.
    """

    summary: str
    examples: tuple[str, ...]
    add_arguments: Callable[[ArgumentParser], None]
    exit_codes: str
    notes: str = ""
    module: str | None = None
    """The module in `dropcap_cli.commands`, if its name is not the command's."""

    @property
    def epilog(self) -> str:
        """Return the end of its help text."""
        examples = "\n".join(f"  {line}" for line in self.examples)
        notes = f"\n\n{self.notes}" if self.notes else ""
        return f"examples:\n{examples}{notes}\n\nexit codes: {self.exit_codes}, 2 wrong use"
