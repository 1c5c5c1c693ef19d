"""Names that contain the stack's: within the limits of each service for a stack's name of 60 characters."""

import re
from typing import Any

import pytest

from dropcap_cli.deployment.account import LONGEST_STACK_NAME
from support.template import NESTED, nested, translated

LIMITS = {
    "AWS::SQS::Queue": 80,
    "AWS::Scheduler::ScheduleGroup": 64,
    "AWS::SES::ConfigurationSet": 64,
    "AWS::CloudFront::Function": 64,
    "AWS::CloudFront::OriginAccessControl": 64,
    "AWS::CloudFront::CachePolicy": 128,
    "AWS::CloudFront::OriginRequestPolicy": 128,
    "AWS::CloudFront::ResponseHeadersPolicy": 128,
    "AWS::ApiGatewayV2::Api": 128,
}
"""The longest name that each service takes, by its API reference."""
NAMES = {"Name", "QueueName"}


def names(properties: Any) -> list[Any]:  # noqa: ANN401  # any JSON
    """Return the values of every `Name` in PROPERTIES that contains the stack's name."""
    if isinstance(properties, list):
        return [name for inner in properties for name in names(inner)]
    if not isinstance(properties, dict):
        return []
    own = [value for key, value in properties.items() if key in NAMES and isinstance(value, dict)]
    return [*own, *(name for inner in properties.values() for name in names(inner))]


def longest(value: Any) -> int:  # noqa: ANN401  # any JSON
    """Return the length of a name built from a stack's name of 60 characters."""
    text = value.get("Fn::Sub") or f"${{{value['Ref']}}}"
    return len(re.sub(r"\$\{(AWS::StackName|Name|ConfigurationSet)\}", "s" * LONGEST_STACK_NAME, text))


@pytest.mark.parametrize(
    "template", [translated(), *(nested(path.stem) for path in NESTED)], ids=["root", *(p.stem for p in NESTED)]
)
def test_a_stack_name_may_have_60_characters(template: dict[str, Any]) -> None:
    """Nested stacks take the name of the root stack: their own is much longer."""
    for logical_id, resource in template["Resources"].items():
        for name in names(resource.get("Properties", {})):
            if resource["Type"] in LIMITS and "Fn::If" not in name:
                assert longest(name) <= LIMITS[resource["Type"]], logical_id
                assert template is translated() or "AWS::StackName" not in str(name), logical_id
