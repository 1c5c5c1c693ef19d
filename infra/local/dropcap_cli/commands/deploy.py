"""`dropcap deploy`: ask for the domain, the sender and the postal address, then build and deploy the stack."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from secrets import token_hex

from dropcap_cli.deployment.account import AwsAccount, account, check_region, check_stack
from dropcap_cli.deployment.answers import ANSWERS, missing_answers, save_answers, saved_answers
from dropcap_cli.deployment.live_stack import LiveStack, live_stack
from dropcap_cli.deployment.mail_identity import MAIL_IDENTITY, domain_of, mail_identity
from dropcap_cli.deployment.next_steps import next_steps
from dropcap_cli.deployment.origin_secret import PARAMETERS, check_not_set, first_secrets, next_secrets, unreadable
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

    Everything that can be checked is checked before the first call that changes anything. A parameter that neither the
    command line nor the saved answers name keeps its value in the live stack, because the SAM CLI passes it with
    `UsePreviousValue`.
    """
    program = sam_program()
    declared = parameters()
    chosen = _arguments_set(arguments)
    check_not_set(chosen)
    target = account(arguments.profile, arguments.region)
    exists = check_stack(target, arguments.stack)
    if exists:
        check_removed_queues(target, arguments.stack)
    live = live_stack(target, arguments.stack) if exists else LiveStack()
    print(f"Account {target.number}, region {target.region}, stack {arguments.stack}.")
    saved = saved_answers(arguments.stack, ANSWERS)
    copied = {name: saved.pop(name) for name in PARAMETERS & saved.keys()}
    values = {**saved, **chosen}
    check_all(values, declared, live.parameters)
    if sys.stdin.isatty() and not arguments.yes:
        values = missing_answers(values, declared, input, live.parameters)
    check_all(values, declared, live.parameters)
    effective = {**live.parameters, **values}
    check_region(target, effective)
    derived = _derived(target, live, values, arguments)
    save_answers(arguments.stack, {**values, **copied}, ANSWERS)
    deploy = deploy_command(
        program, arguments.stack, target.region, {**values, **derived, **chosen}, confirm=arguments.confirm
    )
    before = target.changed_at(arguments.stack)
    for command in (build_command(program), deploy):
        if run_sam(command, arguments.profile):
            print("The deployment failed; the messages above say why.", file=sys.stderr)
            return 1
    if arguments.confirm and target.changed_at(arguments.stack) == before:  # the SAM CLI ends with 0 then
        return _not_deployed(first=before is None)
    # A copy for an older version, which continues from its file.
    copied |= {name: derived[name] for name in PARAMETERS & derived.keys()}
    save_answers(arguments.stack, {**values, **copied}, ANSWERS)
    if target.start_reconcile(arguments.stack):
        print("\nIf the theme or the code changed, all pages are being rebuilt now.")
    else:
        print("\nIf the theme or the code changed, all pages are rebuilt within a day.")
    _print_next_steps(target, arguments.stack, effective)
    return 0


def _not_deployed(*, first: bool) -> int:
    """Print that the stack is as it was; return 1 if it was to be created, since there is none now."""
    reason = "" if first else " or there was nothing to change"
    print(f"Nothing was deployed: the change set was declined{reason}.", file=sys.stderr)
    return int(first)


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


def _derived(target: AwsAccount, live: LiveStack, values: Mapping[str, str], arguments: Namespace) -> dict[str, str]:
    """Return the parameters that follow from the LIVE stack and from SES; none without a newsletter."""
    domain = domain_of(values.get("MailFrom", live.parameters.get("MailFrom", "")))
    if not domain:
        return {}
    identity = mail_identity(live, values, domain, target.has_mail_identity)
    return {MAIL_IDENTITY: identity, **_secrets(live, arguments.stack, rotate=arguments.rotate_origin_secret)}


def _secrets(live: LiveStack, stack: str, *, rotate: bool) -> dict[str, str]:
    """Return the parameters with the secrets of this deployment; none to keep those of the LIVE stack."""
    if not live.has_api:
        return first_secrets(token_hex).parameters
    if live.secrets is None:
        print(unreadable(stack, rotate=rotate))
        return {}
    return next_secrets(live.secrets, token_hex, rotate=rotate).parameters


def _print_next_steps(target: AwsAccount, name: str, values: Mapping[str, str]) -> None:
    stack = target.stack(name) or {}
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", ())}
    print("\nDeployed. Next steps:")
    for number, step in enumerate(next_steps(target, name, values, outputs), 1):
        print(f"{number}. {step}")
