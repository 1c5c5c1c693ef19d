"""The AWS account and region of a deployment, and the reasons why one is not fit for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from dropcap_cli.remote.stack_lookup import NO_REGION
from dropcap_local.usage_error import UsageError

LONGEST_STACK_NAME = 60
"""Names of schedule groups, functions and the like are the stack's name and four characters, of 64 in all."""

WAYS_OUT: Final = {
    "UPDATE_ROLLBACK_FAILED": (
        "Read its events and correct the cause, finish the rollback with "
        "`aws cloudformation continue-update-rollback --stack-name {0}`, and deploy again."
    ),
    "DELETE_FAILED": "Run `dropcap destroy --stack {0}` again, then deploy.",
}
"""States in which CloudFormation refuses every update, and the way out of each."""


@dataclass(frozen=True, slots=True)
class AwsAccount:
    """Where a stack is deployed: SESSION makes the clients, NUMBER is the account's."""

    session: boto3.session.Session
    number: str
    region: str

    def client(self, service: str) -> Any:  # noqa: ANN401  # boto3 makes its clients' types at run time
        """Return a client of SERVICE in the deployment's region."""
        return self.session.client(service, region_name=self.region)  # type: ignore[call-overload]  # a literal at each caller

    def stack(self, name: str) -> Mapping[str, Any] | None:
        """Return CloudFormation's description of the stack, None if there is none."""
        try:
            stacks = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ValidationError":
                return None
            raise UsageError(f"CloudFormation refused: {error}") from error
        return dict(stacks[0]) if stacks else None

    def changed_at(self, name: str) -> datetime | None:
        """Return when the stack was created or updated last; None if there is none, or only a change set for it."""
        stack = self.stack(name)
        if stack is None or stack["StackStatus"] == "REVIEW_IN_PROGRESS":
            return None
        changed: datetime = stack.get("LastUpdatedTime", stack["CreationTime"])
        return changed

    def start_reconcile(self, name: str) -> bool:
        """Invoke the stack's ReconcileFunction, which rolls out the new release; return whether AWS accepted that."""
        resource = {"StackName": name, "LogicalResourceId": "ReconcileFunction"}
        try:
            detail = self.client("cloudformation").describe_stack_resource(**resource)["StackResourceDetail"]
            self.client("lambda").invoke(FunctionName=detail["PhysicalResourceId"], InvocationType="Event")
        except ClientError:
            return False
        return True

    def has_mail_identity(self, domain: str) -> bool:
        """Return whether SES has an identity for DOMAIN already; creating it again would roll the stack back."""
        client = self.client("sesv2")
        try:
            client.get_email_identity(EmailIdentity=domain)
        except client.exceptions.NotFoundException:
            return False
        except ClientError as error:
            raise UsageError(f"SES refused to look up {domain}: {error}") from error
        return True

    def may_mail_anyone(self) -> bool:
        """Return whether SES has left its sandbox; False as well if the caller may not ask."""
        try:
            return bool(self.client("sesv2").get_account().get("ProductionAccessEnabled"))
        except ClientError:
            return False


def account(profile: str | None, region: str | None) -> AwsAccount:
    """Return the account of PROFILE in REGION, by default those that the AWS CLI and the SAM CLI would use.

    Raise UsageError without credentials, without a region, or outside the partition with CloudFront's cache tags.
    """
    try:
        session = boto3.session.Session(profile_name=profile, region_name=region)
        where = session.region_name
        if not where:
            raise UsageError(NO_REGION)
        if session.get_partition_for_region(where) != "aws":
            raise UsageError(f"CloudFront has no cache tags in {where}, and Dropcap needs them. Choose another region.")
        number = session.client("sts", region_name=where).get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise UsageError(f"AWS cannot be used: {error}. Configure credentials with `aws configure`.") from error
    return AwsAccount(session, number, where)


def check_region(target: AwsAccount, values: Mapping[str, str]) -> None:
    """Raise UsageError if VALUES ask for a newsletter in a region without SES."""
    regions = target.session.get_available_regions("sesv2")
    if values.get("MailFrom") and target.region not in regions:
        raise UsageError(
            f"SES is not available in {target.region}. Choose one of {', '.join(regions)}, or leave the sender empty."
        )


def check_stack(target: AwsAccount, name: str) -> bool:
    """Return whether the stack exists; raise UsageError if its name or its state prevents a deployment."""
    if len(name) > LONGEST_STACK_NAME:
        raise UsageError(f"{name!r} has {len(name)} characters. Choose a stack name of at most {LONGEST_STACK_NAME}.")
    stack = target.stack(name)
    status = str(stack["StackStatus"]) if stack else ""
    if status in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}:
        raise UsageError(
            f"The first deployment of {name} failed and was rolled back. Read its events, then delete it with "
            f"`aws cloudformation delete-stack --stack-name {name}` and deploy again."
        )
    if remedy := WAYS_OUT.get(status):
        raise UsageError(f"The stack {name} is in the state {status}. {remedy.format(name)}")
    if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
        raise UsageError(
            f"Another deployment of {name} is running ({status}). Wait until it has finished, and deploy again."
        )
    return stack is not None and status != "REVIEW_IN_PROGRESS"
