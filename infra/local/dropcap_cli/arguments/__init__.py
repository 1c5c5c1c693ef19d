"""What may be typed after `dropcap`: one function a command, and what its help shows."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dropcap_cli.time_arguments import ago, day, moment

AS_JSON = "print JSON on standard output, and nothing else"
LOG = "write what the functions log to FILE"
NOW = "what the clock shows; UTC unless TIME has an offset"
OUTCOMES = ("published", "draft", "scheduled", "expired", "waiting", "refused", "failed", "ignored")

Describe = Callable[[ArgumentParser], None]


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
    command.add_argument("--now", type=moment, metavar="TIME", help=NOW)
    command.add_argument("--log", type=Path, metavar="FILE", help=LOG)


def _check(command: ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a post, a page, or site.yaml")
    command.add_argument("--now", type=moment, metavar="TIME", help=NOW)
    command.add_argument("--json", action="store_true", help=AS_JSON)


def _publish(command: ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="posts, and pictures that they show")
    command.add_argument(
        "--to",
        metavar="KEY",
        help="where in the bucket: a folder (drafts/) or the file's new name; by default its path below site.yaml",
    )
    command.add_argument(
        "--timeout", type=float, default=120.0, metavar="SECONDS", help="how long to wait for the answer; 0: not at all"
    )
    _where(command)
    command.add_argument("--json", action="store_true", help=AS_JSON)


def _status(command: ArgumentParser) -> None:
    command.add_argument("path", nargs="?", default="", metavar="PATH", help="a file, or a folder; by default all")
    command.add_argument(
        "--only", action="append", choices=OUTCOMES, metavar="OUTCOME", help="may be given several times"
    )
    _where(command)
    command.add_argument("--json", action="store_true", help=AS_JSON)


def _restore(command: ArgumentParser) -> None:
    command.add_argument("path", nargs="?", default="", metavar="PATH", help="a file, or a folder; all with --since")
    command.add_argument("--since", type=ago, metavar="TIME", help="what was removed since TIME: 2h, 3d, or a moment")
    command.add_argument("--yes", action="store_true", help="do it without asking")
    _where(command)
    command.add_argument("--json", action="store_true", help=AS_JSON)


def _issues(command: ArgumentParser) -> None:
    command.add_argument("action", nargs="?", choices=("list", "release"), default="list")
    command.add_argument("issue", nargs="?", metavar="ISSUE", help="its name, or the source of its post")
    command.add_argument("--stack", metavar="NAME", help="the deployed stack; by default the local cloud that runs")
    command.add_argument("--json", action="store_true", help=AS_JSON)


def _where(command: ArgumentParser) -> None:
    where = command.add_argument_group(
        "where", "by default the local cloud that `dropcap dev` runs, else $DROPCAP_STACK"
    )
    where.add_argument("--stack", metavar="NAME", help="the bucket of this deployed stack")
    where.add_argument("--bucket", metavar="NAME", help="this content bucket")
    where.add_argument("--endpoint-url", metavar="URL", help="the S3 endpoint that `dropcap dev` prints")


COMMANDS: Final[dict[str, tuple[str, str, Describe]]] = {
    "dev": (
        "Serve a folder on this machine, and publish whatever is saved in it.",
        """\
examples:
  dropcap dev examples
  dropcap dev --hops ~/notes
""",
        _dev,
    ),
    "demo": (
        "Serve the examples, and tell of every hop from an upload to a page.",
        """\
example:
  dropcap demo
""",
        _demo,
    ),
    "build": (
        "Publish a folder through the whole local pipeline, and write the site to another one.",
        """\
examples:
  dropcap build examples public
  dropcap build notes public --json | jq '.files[] | select(.outcome == "refused")'
  dropcap build notes public --now 2026-03-01 --mail-since 2026-01-01 --subscribers readers.csv --mail letters

exit codes: 0 every file is accounted for, 1 some were refused or failed, 2 wrong use
""",
        _build,
    ),
    "check": (
        "Say what an upload of each file would say.",
        """\
examples:
  dropcap check examples/posts/morning-light.md
  dropcap check --json site.yaml posts/*.md
  dropcap check --now 2026-12-24 posts/christmas.md

exit codes: 0 all would be taken, 1 some would be refused, 2 wrong use
""",
        _check,
    ),
    "publish": (
        "Upload files, and wait for the answer.",
        """\
examples:
  dropcap publish posts/naps.md
  dropcap publish --stack dropcap posts/naps.md posts/nap.jpg
  dropcap publish --to drafts/ idea.md

exit codes: 0 all were taken, 1 one was refused, failed, must wait for its address or got no answer, 2 wrong use
""",
        _publish,
    ),
    "status": (
        "List what became of the uploads, or tell all about one.",
        """\
examples:
  dropcap status
  dropcap status --only refused --only failed
  dropcap status --stack dropcap posts/naps.md

exit codes: 0 none of them is refused or failed, 1 one is, or nothing is there, 2 wrong use
""",
        _status,
    ),
    "restore": (
        "Bring back what was removed from the bucket, from its versions. Nothing that exists now is touched.",
        """\
examples:
  dropcap restore posts/naps.md
  dropcap restore --since 2h
  dropcap restore --stack dropcap --since 2026-03-14T09:00+01:00 posts --yes

It shows first what it would bring back, and asks. Without a terminal it only shows, unless --yes is given.

exit codes: 0 shown or brought back, 1 some could not be brought back, 2 wrong use
""",
        _restore,
    ),
    "issues": (
        "List the newsletter issues that wait, or let one go that is held.",
        """\
examples:
  dropcap issues --stack dropcap
  dropcap issues --stack dropcap release posts/naps.md

exit codes: 0 done, 1 there is none that is held, 2 wrong use
""",
        _issues,
    ),
}
"""What each command is for, what its help ends with, and what may be typed."""
