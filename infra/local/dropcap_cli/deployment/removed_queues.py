"""Queues of a deployed stack that the new version does not have: an upgrade would delete them with their messages."""

from collections.abc import Collection, Iterator

from botocore.exceptions import ClientError

from dropcap_cli.deployment.account import AwsAccount
from dropcap_local.deploy.sam import template
from dropcap_local.project import TEMPLATE
from dropcap_local.usage_error import UsageError

COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


def check_removed_queues(target: AwsAccount, stack: str, resources: Collection[str] | None = None) -> None:
    """Raise UsageError if the deployment of RESOURCES, by default the template's, would delete messages of STACK."""
    names = template(TEMPLATE.read_text(encoding="utf-8"))["Resources"] if resources is None else resources
    for name, url in _queues(target, stack):
        if name not in names and (number := _messages(target, url)):
            raise UsageError(
                f"{name} holds {number} messages, and this version has no such queue: it would delete them. If they "
                f"are dead letters, run `dropcap redrive --stack {stack} {name}` with the version that is deployed; "
                "otherwise wait until they are handled. Then deploy again."
            )


def _queues(target: AwsAccount, stack: str) -> Iterator[tuple[str, str]]:
    """Yield the logical id and the address of each queue of STACK."""
    pages = target.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    for page in pages:
        for resource in page["StackResourceSummaries"]:
            if resource["ResourceType"] == "AWS::SQS::Queue" and "PhysicalResourceId" in resource:
                yield resource["LogicalResourceId"], resource["PhysicalResourceId"]


def _messages(target: AwsAccount, url: str) -> int:
    try:
        answer = target.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))
    except ClientError:  # the queue is gone already
        return 0
    return sum(int(answer["Attributes"][name]) for name in COUNTS)
