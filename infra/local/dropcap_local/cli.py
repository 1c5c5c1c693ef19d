"""The `dropcap` command line: what was typed ▶ one command ▶ an exit code.

Exit codes: 0 all is well; 1 a file was refused or failed; 2 wrong use, and nothing was published; 130 interrupted.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from pathlib import Path

from dropcap_local.moments import day, moment
from dropcap_local.wrong_use import WrongUseError

WRONG_USE, INTERRUPTED = 2, 130

EPILOGS = {
    "dev": """\
examples:
  dropcap dev examples
  dropcap dev --hops ~/notes
""",
    "demo": """\
example:
  dropcap demo
""",
    "build": """\
examples:
  dropcap build examples public
  dropcap build notes public --json | jq '.files[] | select(.outcome == "refused")'
  dropcap build notes public --now 2026-03-01 --mail-since 2026-01-01 --subscribers readers.csv --mail letters

exit codes: 0 every file is accounted for, 1 some were refused or failed, 2 wrong use
""",
    "check": """\
examples:
  dropcap check examples/posts/morning-light.md
  dropcap check --json site.yaml posts/*.md

exit codes: 0 all would be taken, 1 some would be refused, 2 wrong use
""",
}
AS_JSON = "print JSON on standard output, and nothing else"
LOG = "write what the functions log to FILE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ARGUMENTS say, by default those of the process, and give the exit code."""
    given = parser().parse_args(arguments)
    try:
        from dropcap_local import commands  # noqa: PLC0415  # moto takes a second to import, and --help should not

        run: Callable[..., int] = getattr(commands, given.command)
        return run(given)
    except WrongUseError as error:
        print(f"dropcap: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED


def parser() -> ArgumentParser:
    """Describe the commands."""
    whole = ArgumentParser(
        prog="dropcap", description="Publish Markdown files: drop one in a bucket, and it is a page."
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, about: str) -> ArgumentParser:
        return commands.add_parser(
            name, help=about, description=about, epilog=EPILOGS[name], formatter_class=RawDescriptionHelpFormatter
        )

    _dev(command("dev", "Serve a folder on this machine, and publish whatever is saved in it."))
    _demo(command("demo", "Serve the examples, and tell of every hop from an upload to a page."))
    _build(command("build", "Publish a folder through the whole local pipeline, and write the site to another one."))
    _check(command("check", "Say what an upload of each file would say."))
    return whole


def _dev(command: ArgumentParser) -> None:
    command.add_argument(
        "site", nargs="?", type=Path, default=Path(), metavar="SITE", help="the folder, by default this one"
    )
    command.add_argument("--hops", action="store_true", help="tell of every hop, with its time")
    command.add_argument("--log", type=Path, metavar="FILE", help=LOG)


def _demo(command: ArgumentParser) -> None:
    command.add_argument("--log", type=Path, metavar="FILE", help=LOG)


def _build(command: ArgumentParser) -> None:
    command.add_argument("site", type=Path, metavar="SITE", help="the folder to publish")
    command.add_argument(
        "out", type=Path, metavar="OUT", help="where to: a new folder, an empty one, or that of the last build"
    )
    command.add_argument("--json", action="store_true", help=AS_JSON)
    command.add_argument("--mail", type=Path, metavar="DIR", help="write the mails that are sent to DIR, as .eml")
    command.add_argument(
        "--subscribers", type=Path, metavar="FILE", help="confirmed readers: CSV with the column `email`"
    )
    command.add_argument(
        "--mail-since", type=day, metavar="DATE", help="posts since DATE are news, without a grace period"
    )
    command.add_argument("--unkind", type=int, metavar="SEED", help="deliver events twice, late and out of order")
    command.add_argument(
        "--now", type=moment, metavar="TIME", help="what the clock shows; UTC unless TIME has an offset"
    )
    command.add_argument("--log", type=Path, metavar="FILE", help=LOG)


def _check(command: ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true", help=AS_JSON)
