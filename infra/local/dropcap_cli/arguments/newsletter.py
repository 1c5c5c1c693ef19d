"""Commands for the newsletter of a deployed stack or of a local cloud: newsletter and subscribers."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from dropcap_cli.arguments.command import Command
from dropcap_cli.arguments.options import add_json, add_stack

ISSUE_ACTIONS = (
    "status", "preview", "test", "hold", "release", "stop", "resume", "cancel", "resend-failed",
)  # fmt: skip
SUBSCRIBER_ACTIONS = ("count", "show", "import", "export", "erase", "unsuppress")


def _newsletter(command: ArgumentParser) -> None:
    command.add_argument("action", choices=ISSUE_ACTIONS)
    command.add_argument("issue", metavar="ISSUE", help="the issue's name, or the path of its post")
    command.add_argument("address", nargs="?", metavar="ADDRESS", help="the address that `test` sends the issue to")
    command.add_argument("--reason", default="", metavar="TEXT", help="the reason, shown in the post's report")
    command.add_argument("--out", type=Path, metavar="FILE", help="where `preview` writes the .eml file")
    command.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    add_stack(command)
    add_json(command)


def _subscribers(command: ArgumentParser) -> None:
    command.add_argument("action", choices=SUBSCRIBER_ACTIONS)
    command.add_argument("target", nargs="?", metavar="TARGET", help="a mail address, or a CSV file")
    command.add_argument(
        "--operator", default="", metavar="NAME", help="the person who lifts a suppression; it is recorded"
    )
    command.add_argument("--yes", action="store_true", help="import or erase; without it, only show what would change")
    command.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    add_stack(command)
    add_json(command)


NEWSLETTER_COMMANDS: Final[dict[str, Command]] = {
    "newsletter": Command(
        "Preview or test a newsletter issue, or change its state.",
        (
            "dropcap newsletter status posts/naps.md --stack dropcap",
            "dropcap newsletter preview posts/naps.md --out naps.eml",
            "dropcap newsletter test posts/naps.md me@example.org --stack dropcap",
            "dropcap newsletter hold posts/naps.md --reason 'a fact to check' --stack dropcap",
            "dropcap newsletter release posts/naps.md --dry-run --stack dropcap",
            "dropcap newsletter stop posts/naps.md --reason 'a wrong link' --stack dropcap",
            "dropcap newsletter resume posts/naps.md --stack dropcap",
            "dropcap newsletter cancel posts/naps.md --stack dropcap",
            "dropcap newsletter resend-failed posts/naps.md --dry-run --stack dropcap",
        ),
        _newsletter,
        "0 done or shown, 1 there is no such issue, its state does not allow it, or SES refused the mail of `test`",
        "`status`, `preview` and `test` change nothing; see docs/newsletter.md for the others.",
    ),
    "subscribers": Command(
        "Count, import, export and erase subscribers.",
        (
            "dropcap subscribers count --stack dropcap",
            "dropcap subscribers show reader@example.org --stack dropcap",
            "dropcap subscribers import members.csv --stack dropcap",
            "dropcap subscribers import members.csv --yes --stack dropcap",
            "dropcap subscribers export subscribers.csv --stack dropcap",
            "dropcap subscribers erase reader@example.org --yes --stack dropcap",
            "dropcap subscribers unsuppress reader@example.org --operator Ada --stack dropcap",
        ),
        _subscribers,
        "0 done or shown, 1 there is no such subscriber, or some rows are invalid",
        "Without --yes, `import` and `erase` only show what they would change. An interrupted import can\nbe repeated.",
    ),
}
