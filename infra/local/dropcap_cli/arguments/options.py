"""Options that several commands share."""

from argparse import ArgumentParser, ArgumentTypeError, _ActionsContainer
from pathlib import Path
from urllib.parse import urlsplit

from dropcap_cli.time_arguments import moment

LAST_PORT = 65_535


def web_address(text: str) -> str:
    """Parse an http or https URL."""
    try:
        parts = urlsplit(text)
        is_complete = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete or any(character.isspace() for character in text):
        message = f"{text!r} is not a web address. Write it as http://127.0.0.1:4002 or https://example.org"
        raise ArgumentTypeError(message)
    return text


def port(text: str) -> int:
    """Parse the number of a port; 0 means any free one."""
    if not text.isdecimal() or int(text) > LAST_PORT:
        message = f"{text!r} is not a port. Write a number from 0 to {LAST_PORT}"
        raise ArgumentTypeError(message)
    return int(text)


def add_json(command: ArgumentParser) -> None:
    """Add `--json`."""
    command.add_argument("--json", action="store_true", help="print only JSON on standard output")


def add_log(command: ArgumentParser) -> None:
    """Add `--log FILE`."""
    command.add_argument("--log", type=Path, metavar="FILE", help="write the functions' log to FILE")


def add_now(command: ArgumentParser) -> None:
    """Add `--now TIME`."""
    command.add_argument(
        "--now", type=moment, metavar="TIME", help="run as if it were TIME; UTC unless it has an offset"
    )


def add_stack(command: ArgumentParser) -> None:
    """Add `--stack NAME`, for a command that needs more of the stack than its bucket."""
    command.add_argument("--stack", metavar="NAME", help="a deployed stack; default: the running local cloud")
    add_account(command)
    _add_endpoint(command)


def add_account(command: _ActionsContainer) -> None:
    """Add the account and region of a deployed stack, to a command or to a group of its options."""
    command.add_argument("--region", metavar="NAME", help="default: the region of your AWS profile")
    command.add_argument("--profile", metavar="NAME", help="a profile of the AWS CLI")


def add_bucket(command: ArgumentParser) -> None:
    """Add the three ways to name a content bucket."""
    where = command.add_argument_group("bucket", "default: the local cloud of `dropcap dev`, else $DROPCAP_STACK")
    where.add_argument("--stack", metavar="NAME", help="the bucket of this deployed stack")
    add_account(where)
    where.add_argument("--bucket", metavar="NAME", help="this content bucket")
    _add_endpoint(where)


def _add_endpoint(command: _ActionsContainer) -> None:
    """Add the choice among several local clouds."""
    command.add_argument(
        "--endpoint-url", type=web_address, metavar="URL", help="the S3 endpoint that `dropcap dev` prints"
    )
