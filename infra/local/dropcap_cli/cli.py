"""The `dropcap` command line: parse the arguments, run one command, return its exit code.

Exit codes: 0 success; 1 a file was refused, failed or got no report, or the command could not go on; 2 wrong use,
nothing was changed; 130 interrupted; 141 the reader of a pipe has closed it.
"""

import os
import sys
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import dropcap_local
from dropcap.site.reports.visible import visible
from dropcap_cli.arguments import COMMANDS
from dropcap_cli.suggestions import OptionParser, did_you_mean
from dropcap_local.usage_error import UnfinishedError, UsageError

UNFINISHED, WRONG_USE, INTERRUPTED, CLOSED_PIPE = 1, 2, 130, 141
LOCAL_PACKAGES: Final = frozenset(
    {"bs4", "markdownify", "moto", "py_mini_racer", "samtranslator", "time_machine", "watchfiles", "werkzeug"}
)
"""Modules of the extra `local`; the commands for deployed stacks do not need them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in ARGUMENTS, by default those of the process, and return its exit code."""
    _escape_unprintable_names()
    namespace = parsed(sys.argv[1:] if arguments is None else arguments)
    module = COMMANDS[namespace.command].module or namespace.command
    try:
        # Imported by name: moto takes a second and boto3 a fifth of one, and `--help` needs neither.
        run: Callable[[Namespace], int] = import_module(f"dropcap_cli.commands.{module}").run
        return run(namespace)
    except UsageError as error:
        print(visible(f"dropcap: {error}"), file=sys.stderr)
        return WRONG_USE
    except UnfinishedError as error:
        print(visible(f"dropcap: {error}"), file=sys.stderr)
        return UNFINISHED
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in LOCAL_PACKAGES:
            raise
        print(
            f"dropcap: `dropcap {namespace.command}` needs more packages than are installed ({error.name}). "
            f"Install them with: pip install --constraint {constraints()} 'dropcap[local]'",
            file=sys.stderr,
        )
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # after `| head`; what Python still buffers must not raise again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE


def _escape_unprintable_names() -> None:
    """Print a byte that is not UTF-8 in the name of a file as an escape, which is one of JSON, too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def constraints() -> Path:
    """Return the file with versions that fit each other, in the wheel or in the checkout."""
    folder = Path(dropcap_local.__file__).parent
    packaged = folder / "application" / "constraints.txt"
    return packaged if packaged.exists() else folder.parents[2] / "constraints.txt"


def parsed(arguments: Sequence[str]) -> Namespace:
    """Parse ARGUMENTS; exit with 2 if they are wrong, and suggest the probable spelling."""
    top = OptionParser(
        prog="dropcap", description="Publish Markdown files: upload one to a bucket, and it becomes a page."
    )
    top.add_argument("--version", action="version", version=f"dropcap {version('dropcap')}")
    commands = _add_commands(top)
    if arguments and not arguments[0].startswith("-") and arguments[0] not in commands:
        top.error(f"there is no command {arguments[0]!r}.{did_you_mean(arguments[0], commands)}")
    namespace, unknown = top.parse_known_args(arguments)
    if unknown:
        command = commands[namespace.command]
        command.error(f"unknown argument {unknown[0]!r}.{did_you_mean(unknown[0], command.option_names)}")
    return namespace


def _add_commands(top: OptionParser) -> dict[str, OptionParser]:
    """Add every command to the parser TOP; return their own parsers by name."""
    subparsers = top.add_subparsers(required=True, metavar="COMMAND", dest="command")
    parsers = {}
    for name, command in COMMANDS.items():
        parsers[name] = subparsers.add_parser(
            name,
            help=command.summary,
            description=command.summary,
            epilog=command.epilog,
            formatter_class=RawDescriptionHelpFormatter,
        )
        command.add_arguments(parsers[name])
    return parsers
