"""`dropcap destroy`: show what would be deleted and what stays, ask twice, and delete a deployed stack."""

import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from typing import Final

from dropcap_cli.deployment.account import AwsAccount, account
from dropcap_cli.outcomes import print_json
from dropcap_cli.progress import Waiting
from dropcap_cli.remote.stack_resources import BUCKET, StackResource, resources_of
from dropcap_cli.removal.buckets import count_objects, empty_bucket
from dropcap_cli.removal.deletion import deletable_stack, delete_stack

TRIES: Final = 3
"""Most tries to empty a bucket: a function that still runs may write into it again."""
TO_REMOVE: Final = {
    BUCKET: "empty it in the S3 console, then delete it",
    "AWS::DynamoDB::Table": (
        "aws dynamodb update-table --no-deletion-protection-enabled --table-name {0}; "
        "aws dynamodb delete-table --table-name {0}"
    ),
    "AWS::SES::EmailIdentity": "aws sesv2 delete-email-identity --email-identity {0}",
}
"""Commands with which a person deletes what CloudFormation retains, by kind of resource."""
REASONS: Final = {
    "ContentBucket": "the authors' files: everything else can be built from them",
    "NewsletterTable": "the issues and the ledger of mails, stored nowhere else",
    "SubscribersTable": "the subscribers, stored nowhere else",
    "MailIdentity": "other senders of the domain may use it",
}
"""Why a resource stays."""


def run(arguments: Namespace) -> int:
    """Delete the stack after two questions; return 1 if a part of it could not be deleted."""
    target = account(arguments.profile, arguments.region)
    client = target.client("cloudformation")
    identifier = deletable_stack(client, arguments.stack)
    resources = resources_of(client, identifier)
    buckets = [resource for resource in resources if resource.kind == BUCKET and not resource.stays]
    if not arguments.json:
        _print_plan(target, arguments.stack, resources, buckets)
    if not _is_confirmed(arguments):
        if arguments.json:
            print_json(_account(arguments.stack, resources, deleted=False))
        else:
            print(f"Nothing was deleted. Without a terminal, add: --yes --confirm {arguments.stack}")
        return 0
    failed = _delete(target, identifier, buckets)
    if arguments.json:
        print_json({**_account(arguments.stack, resources, deleted=not failed), "failed": failed})
    _print_end(arguments.stack, () if arguments.json else resources, failed)
    return int(bool(failed))


def _print_end(stack: str, resources: Sequence[StackResource], failed: Sequence[str]) -> None:
    if failed:
        print(
            f"Some resources could not be deleted: {', '.join(failed)}. The stack's events in the CloudFormation "
            "console have the reasons. Correct them, and run the command again.",
            file=sys.stderr,
        )
    elif resources:
        print(f"{stack} is deleted. To delete what stays:")
        for resource in resources:
            if resource.stays:
                print(f"  {resource.logical_id}: {TO_REMOVE.get(resource.kind, 'delete it').format(resource.name)}")


def _delete(target: AwsAccount, identifier: str, buckets: Sequence[StackResource]) -> list[str]:
    """Empty BUCKETS and delete the stack, repeat if a bucket was written to in between; return what failed."""
    failed: list[str] = []
    with Waiting(sys.stderr) as waiting:
        for _ in range(TRIES):
            for bucket in buckets:
                if failed and bucket.logical_id not in failed:
                    continue
                empty_bucket(target.client("s3"), bucket.name, waiting.say)
            failed = delete_stack(target.client("cloudformation"), identifier, waiting.say, time.sleep)
            if not failed or not {bucket.logical_id for bucket in buckets} & set(failed):
                break
    return failed


def _print_plan(
    target: AwsAccount, stack: str, resources: Sequence[StackResource], buckets: Sequence[StackResource]
) -> None:
    going = Counter(resource.kind for resource in resources if not resource.stays)
    print(f"Account {target.number}, region {target.region}, stack {stack}.\nDeleted:")
    for bucket in buckets:
        number = count_objects(target.client("s3"), bucket.name)
        print(f"  {bucket.logical_id} ({bucket.name}) with {number} objects and all their versions")
    others = [f"{number} {kind.removeprefix('AWS::')}" for kind, number in sorted(going.items()) if kind != BUCKET]
    print(f"  {', '.join(others) or 'nothing else'}")
    print("Not deleted:")
    for resource in resources:
        if resource.stays:
            print(
                f"  {resource.logical_id} ({resource.name}): {REASONS.get(resource.logical_id, 'kept by the template')}"
            )


def _is_confirmed(arguments: Namespace) -> bool:
    """Ask twice on a terminal; without one, the options must answer both questions."""
    if arguments.dry_run:
        return False
    if arguments.yes and arguments.confirm == arguments.stack:
        return True
    if arguments.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    if not arguments.yes and input("Delete this stack? Its pages go offline. [y/N] ").strip().lower() not in {
        "y",
        "yes",
    }:
        return False
    return bool(input("Type the name of the stack to confirm: ").strip() == arguments.stack)


def _account(stack: str, resources: Sequence[StackResource], *, deleted: bool) -> dict[str, object]:
    listed = [
        {"resource": resource.logical_id, "type": resource.kind, "name": resource.name, "stays": resource.stays}
        for resource in resources
    ]
    return {"stack": stack, "deleted": deleted, "resources": listed}
