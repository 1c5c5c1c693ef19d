"""A local cloud in this process as a deployed stack: CloudFormation lists its resources, Lambda the settings."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import boto3

from dropcap_local.clients import REGION
from dropcap_local.cloud import LocalCloud
from support.aws_answers import Answers, answering_session
from support.template import translated

UPDATED = datetime(2026, 3, 1, tzinfo=UTC)


def deployed_session(cloud: LocalCloud, *refused: tuple[str, str]) -> boto3.session.Session:
    """Return a user's session with CLOUD, which makes every call that is not REFUSED."""
    types = {name: resource["Type"] for name, resource in translated()["Resources"].items()}
    listed = [
        {
            "LogicalResourceId": name,
            "PhysicalResourceId": id_,
            "ResourceType": types.get(name, "AWS::Lambda::Permission"),
            "LastUpdatedTimestamp": UPDATED,
            "ResourceStatus": "CREATE_COMPLETE",
        }
        for name, id_ in cloud.stack.ids.items()
    ]

    def configuration(request: Mapping[str, Any]) -> Mapping[str, Any]:
        name = request["FunctionName"]
        logical = next(logical for logical, id_ in cloud.stack.ids.items() if id_ == name)
        return {"FunctionName": name, "Environment": {"Variables": dict(cloud.stack.functions[logical].environment)}}

    answers: Answers = {
        ("cloudformation", "ListStackResources"): {"StackResourceSummaries": listed},
        ("lambda", "GetFunctionConfiguration"): configuration,
        **dict.fromkeys(refused, "AccessDenied"),
    }
    return answering_session(answers, REGION, otherwise=None)
