"""`dropcap deploy`: ask for the domain, the sender and the postal address, then build and deploy the stack."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from secrets import token_hex

from dropcap_cli.deployment.account import AwsAccount, account, check_region, check_stack
from dropcap_cli.deployment.answers import ANSWERS, missing_answers, save_answers, saved_answers
from dropcap_cli.deployment.next_steps import next_steps
from dropcap_cli.deployment.origin_secret import with_origin_secret
from dropcap_cli.deployment.parameters import check_all, parameters
from dropcap_cli.deployment.removed_queues import check_removed_queues
from dropcap_cli.deployment.sam import build_command, deploy_command, run_sam, sam_program
from dropcap_local.usage_error import UsageError

OPTIONS: Mapping[str, str] = {
    "domain": "SiteDomain",
    "certificate": "CertificateArn",
    "sender": "MailFrom",
    "postal_address": "PostalAddress",
    "alarm_email": "AlarmEmail",
}
"""Options of the command for parameters of the template; `--set` sets any other."""


def run(arguments: Namespace) -> int:
    """Deploy the stack and print what remains to do; return 1 if the SAM CLI fails.

    Everything that can be checked is checked before the first call that changes anything.
    """
    program = sam_program()
    declared = parameters()
    target = account(arguments.profile, arguments.region)
    exists = check_stack(target, arguments.stack)
    if exists:
        check_removed_queues(target, arguments.stack)
    print(f"Account {target.number}, region {target.region}, stack {arguments.stack}.")
    values = {**saved_answers(arguments.stack, ANSWERS), **_arguments_set(arguments)}
    check_all(values, declared)
    if sys.stdin.isatty() and not arguments.yes:
        values = missing_answers(values, declared, input)
    check_all(values, declared)
    check_region(target, values)
    values = _with_mail_identity(target, values, exists=exists)
    values = with_origin_secret(values, token_hex, exists=exists, rotate=arguments.rotate_origin_secret)
    save_answers(arguments.stack, values, ANSWERS)
    deploy = deploy_command(program, arguments.stack, target.region, values, confirm=arguments.confirm)
    for command in (build_command(program), deploy):
        if run_sam(command, arguments.profile):
            print("The deployment failed; the messages above say why.", file=sys.stderr)
            return 1
    if target.start_reconcile(arguments.stack):
        print("\nIf the theme or the code changed, all pages are being rebuilt now.")
    else:
        print("\nIf the theme or the code changed, all pages are rebuilt within a day.")
    _print_next_steps(target, arguments.stack, values)
    return 0


def _arguments_set(arguments: Namespace) -> dict[str, str]:
    """Return the parameters that the command line sets."""
    options = {name: getattr(arguments, option) for option, name in OPTIONS.items()}
    values = {name: value for name, value in options.items() if value is not None}
    for setting in arguments.set or ():
        name, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r} has no value. Write --set NAME=VALUE.")
        values[name] = value
    return values


def _with_mail_identity(target: AwsAccount, values: Mapping[str, str], *, exists: bool) -> dict[str, str]:
    """Return VALUES with `MailIdentity: existing` if a new stack would create an identity that SES has already."""
    sender = values.get("MailFrom", "")
    is_open = sender and "MailIdentity" not in values and not exists
    if is_open and target.has_mail_identity(sender.partition("@")[2]):
        return {**values, "MailIdentity": "existing"}
    return dict(values)


def _print_next_steps(target: AwsAccount, name: str, values: Mapping[str, str]) -> None:
    stack = target.stack(name) or {}
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", ())}
    print("\nDeployed. Next steps:")
    for number, step in enumerate(next_steps(target, name, values, outputs), 1):
        print(f"{number}. {step}")
