"""docs/command-line.md agrees with the parser."""

import re
import shlex
from pathlib import Path

import pytest

from dropcap_cli.arguments import COMMANDS
from dropcap_cli.cli import parsed
from dropcap_cli.suggestions import OptionParser

DOCS = (Path(__file__).parents[3] / "docs/command-line.md").read_text()
SECTIONS = dict(re.findall(r"^## dropcap (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
SHARED = DOCS.partition("## Which bucket")[2].partition("\n## ")[0]
HELP_EXAMPLES = [line for command in COMMANDS.values() for line in command.examples]
EXAMPLES: list[str] = re.findall(r"^\$ (dropcap (?!--).+)$", DOCS, re.MULTILINE) + HELP_EXAMPLES
OTHER_PROGRAMS = {"--delete"}
"""Options of `aws s3 sync`, which the documentation mentions."""


def options(command: str) -> set[str]:
    """Return the long options of COMMAND, without `--help`."""
    parser = OptionParser()
    COMMANDS[command].add_arguments(parser)
    return {name for name in parser.option_names if name.startswith("--")} - {"--help"}


def test_every_command_has_a_section_in_the_same_order() -> None:
    """And there is no section on a command that does not exist."""
    assert list(COMMANDS) == list(SECTIONS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command: str) -> None:
    """In the command's section or in the shared one; and no other option is mentioned."""
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", SECTIONS[command]))
    shared = set(re.findall(r"`(--[a-z][a-z-]*)", SHARED))
    assert options(command) - shared <= named
    assert named <= options(command) | OTHER_PROGRAMS


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_can_be_typed(line: str) -> None:
    """The parser accepts the examples of the documentation and of `--help`."""
    assert parsed(shlex.split(line.partition(" | ")[0])[1:]).command in COMMANDS
