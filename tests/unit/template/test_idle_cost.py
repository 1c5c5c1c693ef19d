"""The cost of a stack in a month without publications, line by line from the translated templates."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from dropcap_cli.costs.idle import KINDS, MAPPING, idle_cost, idle_units
from dropcap_cli.costs.prices import price_list
from support.template import NESTED, ROOT, nested, translated

FREE_WHILE_IDLE = {
    "ApiGatewayV2::Api", "ApiGatewayV2::Integration", "ApiGatewayV2::Route", "ApiGatewayV2::Stage",
    "CloudFormation::Stack", "CloudFront::CachePolicy", "CloudFront::Distribution", "CloudFront::Function",
    "CloudFront::OriginAccessControl", "CloudFront::OriginRequestPolicy", "CloudFront::ResponseHeadersPolicy",
    "DynamoDB::Table", "IAM::ManagedPolicy", "IAM::Role", "Lambda::Function", "Lambda::LayerVersion",
    "Lambda::Permission", "Logs::LogGroup", "S3::Bucket", "S3::BucketPolicy", "SES::ConfigurationSet",
    "SES::ConfigurationSetEventDestination", "SES::EmailIdentity", "SNS::Subscription", "SNS::Topic",
    "SNS::TopicPolicy", "SQS::Queue", "SQS::QueuePolicy", "Scheduler::Schedule", "Scheduler::ScheduleGroup",
}  # fmt: skip
"""Paid by use or by what they store. The daily comparison makes some hundred calls, which cost less than a cent."""
TEMPLATES = {"template": translated(), **{path.stem: nested(path.stem) for path in NESTED}}


def stack(*, newsletter: bool) -> dict[str, Mapping[str, Any]]:
    """Return the resources of the stack and its nested stacks that exist, with an address for alarms."""
    return {
        name: resource
        for template in TEMPLATES.values()
        for name, resource in template["Resources"].items()
        if newsletter or resource.get("Condition") != "HasNewsletter"
    }


def dollars(*, newsletter: bool) -> float:
    """Return the cost of an idle month after the always-free tiers."""
    return sum(line.dollars for line in idle_cost(idle_units(stack(newsletter=newsletter)), price_list()))


def test_every_kind_of_resource_is_priced_or_known_to_be_free() -> None:
    """A new kind must be looked up: customer keys, NAT gateways and the like cost money while nothing happens."""
    kinds = {resource["Type"] for resource in stack(newsletter=True).values()}
    assert set() == kinds - {f"AWS::{kind}" for kind in FREE_WHILE_IDLE} - {*KINDS, MAPPING}


def test_no_alarm_reads_several_metrics() -> None:
    """CloudWatch charges for each metric of an alarm, so the number of alarms is the number that is paid."""
    assert [] == [
        name for name, resource in stack(newsletter=True).items() if "Metrics" in resource.get("Properties", {})
    ]


@pytest.mark.parametrize(("newsletter", "limit"), [(True, 3.00), (False, 1.50)])
def test_an_idle_stack_costs_little(newsletter: bool, limit: float) -> None:  # noqa: FBT001  # a parameter of pytest
    """Polling and alarms are all that is paid."""
    assert dollars(newsletter=newsletter) < limit


@pytest.mark.parametrize("document", ["README.md", "docs/deploying.md"])
def test_the_documents_state_the_cost(document: str) -> None:
    """Both figures, rounded to ten cents."""
    text = re.sub(r"\s+", " ", (ROOT / document).read_text(encoding="utf-8"))
    figures = re.search(r"(\d\.\d\d) dollars a month with a newsletter and (\d\.\d\d) without", text)
    assert figures
    assert figures.groups() == tuple(f"{round(dollars(newsletter=which), 1):.2f}" for which in (True, False))
