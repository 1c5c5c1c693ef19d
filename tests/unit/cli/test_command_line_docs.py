"""docs/command-line.md and the parser say the same."""

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path

import pytest

from dropcap_cli.arguments import COMMANDS
from dropcap_cli.cli import parser

DOCS = (Path(__file__).parents[3] / "docs/command-line.md").read_text()
SECTIONS = dict(re.findall(r"^## dropcap (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
SHARED = DOCS.partition("## Which bucket")[2].partition("\n## ")[0]
HELP = "".join(epilog for _, epilog, _ in COMMANDS.values())
EXAMPLES: list[str] = re.findall(r"^(?:\$ |  )(dropcap .+)$", DOCS + HELP, re.MULTILINE)


def options(command: str) -> set[str]:
    """Give the options that COMMAND has, help apart."""
    (commands,) = [action for action in parser()._actions if isinstance(action, _SubParsersAction)]  # noqa: SLF001  # argparse shows them nowhere else
    found: ArgumentParser = commands.choices[command]
    return {name for action in found._actions for name in action.option_strings} - {"-h", "--help"}  # noqa: SLF001  # as above


def test_every_command_has_its_section() -> None:
    """In the parser's order, and none that does not exist."""
    assert list(COMMANDS) == list(SECTIONS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(command: str) -> None:
    """In the command's section, or in that on the bucket, which several share; and no other option is."""
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", SECTIONS[command]))
    shared = set(re.findall(r"`(--[a-z][a-z-]*)", SHARED))
    assert options(command) - shared <= named
    assert named <= options(command) | {"--delete"}


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_can_be_typed(line: str) -> None:
    """The parser takes it, in the documentation as in `--help`."""
    assert parser().parse_args(shlex.split(line.partition(" | ")[0])[1:]).command in COMMANDS
