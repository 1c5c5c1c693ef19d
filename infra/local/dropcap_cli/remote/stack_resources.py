"""The resources of a deployed stack and of its nested stacks: which are deleted with it, and which stay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_local.deploy.sam import template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

NESTED: Final = "AWS::CloudFormation::Stack"
BUCKET: Final = "AWS::S3::Bucket"
STAYS: Final = frozenset({"Retain", "RetainExceptOnCreate"})
"""Deletion policies with which CloudFormation leaves a resource in the account."""


@dataclass(frozen=True, slots=True)
class StackResource:
    """A resource: its LOGICAL_ID in the template, its KIND (`AWS::S3::Bucket`), its NAME, and whether it STAYS.

    PROPERTIES are those of the translated template. IS_RELEASED says that an update has removed it from the stack
    and left it in the account: CloudFormation still lists it, but does not manage it any more.
    """

    logical_id: str
    kind: str
    name: str
    stays: bool
    properties: Mapping[str, Any] = field(default_factory=dict)
    is_released: bool = False


def resources_of(client: "CloudFormationClient", stack: str) -> list[StackResource]:
    """Return the existing resources of STACK and of its nested stacks; raise UsageError if AWS refuses."""
    with reporting_refusals(f"read the stack {stack}"):
        return list(_resources(client, stack))


def _resources(client: "CloudFormationClient", stack: str) -> Iterator[StackResource]:
    body: Any = client.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    declared: Mapping[str, Any] = (template(body) if isinstance(body, str) else body)["Resources"]
    for page in client.get_paginator("list_stack_resources").paginate(StackName=stack):
        for summary in page["StackResourceSummaries"]:
            name, kind = summary.get("PhysicalResourceId", ""), summary["ResourceType"]
            if not name or summary["ResourceStatus"] == "DELETE_COMPLETE":
                continue
            if kind == NESTED:
                yield from _resources(client, name)
            logical_id = summary["LogicalResourceId"]
            declaration = declared.get(logical_id, {})
            stays = declaration.get("DeletionPolicy", "Delete") in STAYS
            is_released = summary["ResourceStatus"] == "DELETE_SKIPPED"
            yield StackResource(logical_id, kind, name, stays, declaration.get("Properties", {}), is_released)
