"""Delete a stack and wait for the end."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_local.usage_error import UsageError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

PAUSE: Final = 5.0
"""Seconds between two looks."""
LOOKS: Final = 720
"""An hour: CloudFront alone takes up to half of one."""


def deletable_stack(client: "CloudFormationClient", name: str) -> str:
    """Return the identifier of the stack NAME; raise UsageError if it does not exist or cannot be deleted now."""
    try:
        stack = client.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            raise UsageError(
                f"There is no stack {name} in this region. Check --stack, --region and --profile."
            ) from error
        raise UsageError(f"CloudFormation refused: {error}") from error
    if stack.get("EnableTerminationProtection"):
        raise UsageError(
            f"The stack {name} is protected from deletion. To allow it: aws cloudformation "
            f"update-termination-protection --no-enable-termination-protection --stack-name {name}"
        )
    status = stack["StackStatus"]
    if status.endswith("_IN_PROGRESS") and status not in {"REVIEW_IN_PROGRESS", "DELETE_IN_PROGRESS"}:
        raise UsageError(f"The stack {name} is being changed ({status}). Wait until it has finished, and try again.")
    return stack["StackId"]


def delete_stack(
    client: "CloudFormationClient", identifier: str, show: Callable[[str], None], pause: Callable[[float], None]
) -> list[str]:
    """Delete the stack and wait; return the logical ids that could not be deleted. SHOW is called with the progress."""
    with reporting_refusals("delete the stack"):
        client.delete_stack(StackName=identifier)
        for _ in range(LOOKS):
            status = client.describe_stacks(StackName=identifier)["Stacks"][0]["StackStatus"]
            if status == "DELETE_COMPLETE":
                return []
            if status == "DELETE_FAILED":
                return _with_status(client, identifier, "DELETE_FAILED")
            deleted = len(_with_status(client, identifier, "DELETE_COMPLETE"))
            show(f"Deleting the stack: {deleted} resources deleted")
            pause(PAUSE)
    raise UsageError(
        "The stack is still being deleted after an hour. Look at its events in the CloudFormation console."
    )


def _with_status(client: "CloudFormationClient", identifier: str, status: str) -> list[str]:
    pages = client.get_paginator("list_stack_resources").paginate(StackName=identifier)
    return [
        resource["LogicalResourceId"]
        for page in pages
        for resource in page["StackResourceSummaries"]
        if resource["ResourceStatus"] == status
    ]
