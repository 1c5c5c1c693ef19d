"""The command that deploys to AWS."""

from argparse import ArgumentParser
from typing import Final

from dropcap_cli.arguments.command import Command


def _deploy(command: ArgumentParser) -> None:
    command.add_argument("--stack", default="dropcap", metavar="NAME", help="the stack's name; default: dropcap")
    command.add_argument("--region", metavar="NAME", help="default: the region of your AWS profile")
    command.add_argument("--profile", metavar="NAME", help="a profile of the AWS CLI")
    command.add_argument("--domain", metavar="NAME", help="domain of the site; '' for CloudFront's own name")
    command.add_argument("--certificate", metavar="ARN", help="ACM certificate of the domain, in us-east-1")
    command.add_argument("--sender", metavar="ADDRESS", help="sender of the newsletter; '' for no newsletter")
    command.add_argument("--postal-address", metavar="TEXT", help="postal address at the foot of each newsletter")
    command.add_argument("--alarm-email", metavar="ADDRESS", help="mail address that receives alarms")
    command.add_argument(
        "--set", action="append", metavar="NAME=VALUE", help="any other parameter of the template; repeatable"
    )
    command.add_argument(
        "--rotate-origin-secret", action="store_true", help="draw a new secret between CloudFront and the API"
    )
    command.add_argument("--confirm", action="store_true", help="ask before the shown change set is executed")
    command.add_argument("--yes", action="store_true", help="ask nothing: use options, saved answers and defaults")


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
}
