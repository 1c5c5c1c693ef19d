"""Commands that deploy a stack to AWS, and that delete it."""

from argparse import ArgumentParser
from typing import Final

from dropcap_cli.arguments.command import Command
from dropcap_cli.arguments.options import add_account, add_json


def _deploy(command: ArgumentParser) -> None:
    command.add_argument("--stack", default="dropcap", metavar="NAME", help="the stack's name; default: dropcap")
    add_account(command)
    command.add_argument("--domain", metavar="NAME", help="domain of the site; '' for CloudFront's own name")
    command.add_argument("--certificate", metavar="ARN", help="ACM certificate of the domain, in us-east-1")
    command.add_argument("--sender", metavar="ADDRESS", help="sender of the newsletter; '' for no newsletter")
    command.add_argument("--postal-address", metavar="TEXT", help="postal address at the foot of each newsletter")
    command.add_argument("--alarm-email", metavar="ADDRESS", help="mail address that receives alarms")
    command.add_argument(
        "--set", action="append", metavar="NAME=VALUE", help="any other parameter of the template; repeatable"
    )
    command.add_argument(
        "--rotate-origin-secret", action="store_true", help="replace the secret that CloudFront sends to the API"
    )
    command.add_argument("--confirm", action="store_true", help="show the change set, and ask before it is executed")
    command.add_argument("--yes", action="store_true", help="ask nothing: use options, saved answers and defaults")


def _destroy(command: ArgumentParser) -> None:
    command.add_argument("--stack", required=True, metavar="NAME", help="the stack to delete")
    command.add_argument("--dry-run", action="store_true", help="show what would be deleted, and delete nothing")
    command.add_argument("--yes", action="store_true", help="answer the first question with yes")
    command.add_argument("--confirm", metavar="NAME", help="answer the second question with the stack's name")
    add_account(command)
    add_json(command)


DEPLOYMENT_COMMANDS: Final[dict[str, Command]] = {
    "deploy": Command(
        "Build Dropcap and deploy it to AWS.",
        (
            "dropcap deploy",
            "dropcap deploy --domain journal.example.org --sender news@example.org --postal-address '1 Main Street'",
            "dropcap deploy --stack staging --region eu-west-1 --yes",
        ),
        _deploy,
        "0 the stack is deployed, 1 the deployment failed",
        "Answers are saved per stack in deploy.toml, which git ignores. The next deployment asks nothing.",
    ),
    "destroy": Command(
        "Delete a deployed stack after asking twice.",
        (
            "dropcap destroy --stack staging --dry-run",
            "dropcap destroy --stack staging",
            "dropcap destroy --stack staging --yes --confirm staging",
        ),
        _destroy,
        "0 deleted or shown, 1 some resources could not be deleted",
        "It first shows what would be deleted. It keeps authors' files, subscribers, the ledger and the SES identity.",
    ),
}
