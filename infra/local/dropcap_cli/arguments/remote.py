"""Commands that work with the bucket of a deployed stack or of a local cloud: publish, status, restore and issues."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from dropcap_cli.arguments.command import Command
from dropcap_cli.arguments.options import add_bucket, add_json, add_stack
from dropcap_cli.time_arguments import ago

OUTCOMES = ("published", "draft", "scheduled", "expired", "waiting", "refused", "failed", "ignored")


def _publish(command: ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="posts, pictures, site.yaml, or a folder")
    command.add_argument(
        "--to", metavar="KEY", help="a folder in the bucket (drafts/) or a new name; default: the path below site.yaml"
    )
    command.add_argument("--dry-run", action="store_true", help="validate the files and print their keys only")
    command.add_argument(
        "--timeout",
        type=float,
        default=120.0,
        metavar="SECONDS",
        help="how long to wait for the reports; 0: do not wait",
    )
    add_bucket(command)
    add_json(command)


def _status(command: ArgumentParser) -> None:
    command.add_argument("path", nargs="?", default="", metavar="PATH", help="a file or a folder; default: all files")
    command.add_argument(
        "--only", action="append", choices=OUTCOMES, metavar="OUTCOME", help="list this outcome only; repeatable"
    )
    add_bucket(command)
    add_json(command)


def _restore(command: ArgumentParser) -> None:
    command.add_argument("path", nargs="?", default="", metavar="PATH", help="a file or a folder")
    command.add_argument("--since", type=ago, metavar="TIME", help="everything removed since TIME: 2h, 3d, or a date")
    command.add_argument("--yes", action="store_true", help="restore without asking")
    add_bucket(command)
    add_json(command)


def _issues(command: ArgumentParser) -> None:
    command.add_argument("action", nargs="?", choices=("list", "release"), default="list")
    command.add_argument("issue", nargs="?", metavar="ISSUE", help="the issue's name, or the path of its post")
    add_stack(command)
    add_json(command)


REMOTE_COMMANDS: Final[dict[str, Command]] = {
    "publish": Command(
        "Upload files and wait for their reports.",
        (
            "dropcap publish posts/naps.md",
            "dropcap publish --stack dropcap posts/naps.md posts/nap.jpg",
            "dropcap publish --to drafts/ idea.md",
            "dropcap publish notes --dry-run",
        ),
        _publish,
        "0 every file was accepted, 1 a file was refused, failed, waits for its URL or got no report",
    ),
    "status": Command(
        "List the status of all uploads, or show the report on one file.",
        (
            "dropcap status",
            "dropcap status --only refused --only failed",
            "dropcap status --stack dropcap posts/naps.md",
        ),
        _status,
        "0 no listed file was refused or failed, 1 at least one was, or there is no such file",
    ),
    "restore": Command(
        "Restore removed files from the bucket's versions. Existing files are not changed.",
        (
            "dropcap restore posts/naps.md",
            "dropcap restore --since 2h",
            "dropcap restore --stack dropcap --since 2026-03-14T09:00+01:00 posts --yes",
        ),
        _restore,
        "0 listed or restored, 1 a file could not be restored, or PATH names no removed file",
        "It lists the files, then asks. Without a terminal it only lists them, unless --yes is set.",
    ),
    "issues": Command(
        "List the newsletter issues that are held, or release one.",
        ("dropcap issues --stack dropcap", "dropcap issues --stack dropcap release posts/naps.md"),
        _issues,
        "0 done, 1 no such issue is held",
    ),
}
