"""Commands that operate a stack: doctor, cost, desk, logs, trace, rebuild and redrive."""

from argparse import ArgumentParser
from typing import Final

from dropcap_cli.arguments.command import Command
from dropcap_cli.arguments.options import add_account, add_json, add_stack, port
from dropcap_cli.time_arguments import ago, days


def _doctor(command: ArgumentParser) -> None:
    command.add_argument("--stack", default="dropcap", metavar="NAME", help="the stack's name; default: dropcap")
    add_account(command)
    add_json(command)


def _cost(command: ArgumentParser) -> None:
    command.add_argument("--stack", default="dropcap", metavar="NAME", help="the stack's name; default: dropcap")
    command.add_argument("--days", type=days, default=30, metavar="N", help="the last N days; default: 30")
    add_account(command)
    add_json(command)


def _desk(command: ArgumentParser) -> None:
    command.add_argument(
        "--port", type=port, default=4010, metavar="N", help="the port, or the first to try; default: 4010; 0: any free"
    )
    command.add_argument("--open", action="store_true", help="open the desk in the browser")
    add_stack(command)


def _logs(command: ArgumentParser) -> None:
    command.add_argument("-f", "--follow", action="store_true", help="print new lines until Ctrl-C")
    command.add_argument("--since", type=ago, default="15m", metavar="TIME", help="2h, 3d, or a date; default: 15m")
    command.add_argument("--function", metavar="NAME", help="one function, such as render; default: all")
    command.add_argument(
        "--level", choices=("debug", "info", "warning", "error"), default="info", help="this level and more severe ones"
    )
    add_stack(command)
    add_json(command)


def _trace(command: ArgumentParser) -> None:
    command.add_argument("name", metavar="PATH|ETAG", help="a file, an ETag, or a correlation id")
    command.add_argument("--since", type=ago, default="3d", metavar="TIME", help="2h, 3d, or a date; default: 3d")
    add_stack(command)
    add_json(command)


def _rebuild(command: ArgumentParser) -> None:
    command.add_argument("--pages", action="store_true", help="build all pages again, but render no file again")
    command.add_argument("--no-wait", action="store_true", help="start the rebuild and do not wait for its end")
    add_stack(command)
    add_json(command)


def _redrive(command: ArgumentParser) -> None:
    command.add_argument("queue", nargs="?", metavar="QUEUE", help="a dead-letter queue; default: list all of them")
    command.add_argument("--yes", action="store_true", help="move the messages without asking")
    add_stack(command)
    add_json(command)


OPERATION_COMMANDS: Final[dict[str, Command]] = {
    "doctor": Command(
        "Look for misconfigurations of the account and the stack, before and after deploying.",
        ("dropcap doctor", "dropcap doctor --stack staging --region eu-west-1", "dropcap doctor --json"),
        _doctor,
        "0 no warning and no error, 1 at least one",
        "It changes nothing. Each problem has a remedy. A check that AWS refuses or does not answer is `unknown`.",
    ),
    "cost": Command(
        "Estimate what a deployed stack costs: idle, per post, and per thousand mails.",
        ("dropcap cost", "dropcap cost --stack staging --days 7", "dropcap cost --json"),
        _cost,
        "0 printed",
        "Usage is read from CloudWatch; prices are list prices of a stated date. Storage is not included.",
    ),
    "desk": Command(
        "Show posts, recent uploads, queues and newsletters of a stack in a browser on this machine.",
        ("dropcap desk --stack dropcap --open", "dropcap desk --port 8090"),
        _desk,
        "0 stopped by Ctrl-C or SIGTERM",
        "The desk is read-only, uses your AWS credentials, and can be opened on this machine only.\n"
        "`dropcap dev` has a desk of its own.",
    ),
    "logs": Command(
        "Print the log lines of all functions in one list.",
        ("dropcap logs -f", "dropcap logs --stack dropcap --since 2h --level error", "dropcap logs --function render"),
        _logs,
        "0 printed",
        "With --json, each line is a JSON object. Times are in UTC. Log lines contain no personal data.",
    ),
    "trace": Command(
        "Print each log entry of an upload with its time, from rendering to the last mail.",
        ("dropcap trace posts/naps.md", "dropcap trace --stack dropcap 9b2cf535f27731c974343645a3985328 --since 7d"),
        _trace,
        "0 printed, 1 the upload is not in the logs",
        "For a file, it prints the newest upload.",
    ),
    "rebuild": Command(
        "Render and publish everything again, without taking a page down.",
        ("dropcap rebuild --stack dropcap", "dropcap rebuild --stack dropcap --pages --no-wait"),
        _rebuild,
        "0 done",
        "It sends no mail. Unchanged pages are not written again.",
    ),
    "redrive": Command(
        "List dead letters, or move those of one queue back to be processed again.",
        ("dropcap redrive --stack dropcap", "dropcap redrive --stack dropcap UnmadeDeadLetters --yes"),
        _redrive,
        "0 there are none, or all were moved, 1 there are dead letters",
        "It shows the messages first and asks. Without a terminal it only shows them, unless --yes is set. If a "
        "message cannot be moved, it moves the others and names it.",
    ),
}
