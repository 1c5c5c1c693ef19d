"""The `dropcap` command line: what was typed ▶ one command ▶ an exit code.

Exit codes: 0 all is well; 1 a file was refused, failed or got no answer; 2 wrong use, and nothing was touched;
130 interrupted; 141 nobody reads what it prints.
"""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module

from dropcap_cli.arguments import COMMANDS
from dropcap_local.usage_error import UsageError

WRONG_USE, INTERRUPTED, NOBODY_READS = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ARGUMENTS say, by default those of the process, and give the exit code."""
    given = parser().parse_args(arguments)
    try:
        # Imported by name, since moto takes a second and boto3 a fifth of one: `--help` should need neither.
        run: Callable[..., int] = import_module(f"dropcap_cli.commands.{given.command}").run
        return run(given)
    except UsageError as error:
        print(f"dropcap: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `| head` has read enough; what Python still holds must not complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


def parser() -> ArgumentParser:
    """Describe the commands."""
    whole = ArgumentParser(
        prog="dropcap", description="Publish Markdown files: drop one in a bucket, and it is a page."
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, (about, epilog, describe) in COMMANDS.items():
        describe(
            commands.add_parser(
                name, help=about, description=about, epilog=epilog, formatter_class=RawDescriptionHelpFormatter
            )
        )
    return whole
