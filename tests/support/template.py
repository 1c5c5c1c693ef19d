"""The template as tests read it: translated to CloudFormation, with the nested stacks beside it."""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dropcap_local.deploy.sam import cloudformation

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "template.yaml"
NESTED = tuple(sorted((ROOT / "infra").glob("*.yaml")))
HANDLERS = tuple(sorted((ROOT / "functions").glob("*.py")))

Resource = Mapping[str, Any]


@cache
def translated() -> Mapping[str, Any]:
    """Return the template as CloudFormation receives it."""
    with patch.dict(os.environ, AWS_DEFAULT_REGION="eu-central-1"):
        return cloudformation(TEMPLATE)


@cache
def nested(name: str) -> Mapping[str, Any]:
    """Return the nested stack `infra/NAME.yaml`."""
    return cloudformation(ROOT / "infra" / f"{name}.yaml")


def resources(kind: str, template: Mapping[str, Any] | None = None) -> dict[str, Resource]:
    """Return the properties of every resource of the type `AWS::KIND`, by logical id."""
    items = (template or translated())["Resources"].items()
    return {name: resource.get("Properties", {}) for name, resource in items if resource["Type"] == f"AWS::{kind}"}


def names_in(value: object) -> set[str]:
    """Return every logical id and parameter to which VALUE refers in any way."""
    if isinstance(value, Mapping):
        return set().union(*(_names_in_member(name, inner) for name, inner in value.items()))
    if isinstance(value, list | tuple):
        return set().union(*map(names_in, value))
    return set()


def _names_in_member(name: str, inner: Any) -> set[str]:  # noqa: ANN401  # any JSON
    if name == "Ref":
        return {inner}
    if name == "Fn::GetAtt":
        return {inner[0]}
    if name == "Fn::Sub":
        text, more = (inner, {}) if isinstance(inner, str) else inner
        return {name.split(".")[0] for name in re.findall(r"\$\{([^}]+)\}", text)} | names_in(more)
    return names_in(inner)


def the_name_in(value: object) -> str:
    """Return the one logical id that VALUE refers to."""
    (name,) = names_in(value)
    return name


def function_of(handler: Path) -> str:
    """Return the logical id of the function whose handler is in the file HANDLER."""
    return f"{handler.stem.capitalize()}Function"


def sources_of(function: str) -> Iterator[Resource]:
    """Return the event source mappings of FUNCTION."""
    for mapping in resources("Lambda::EventSourceMapping").values():
        if the_name_in(mapping["FunctionName"]) == function:
            yield mapping


def environment_of(function: str) -> Mapping[str, Any]:
    """Return the environment variables of FUNCTION."""
    variables: Mapping[str, Any] = resources("Lambda::Function")[function]["Environment"]["Variables"]
    return variables


def statements_of(function: str) -> list[Mapping[str, Any]]:
    """Return every statement of the policies of FUNCTION's role."""
    role = resources("IAM::Role")[the_name_in(resources("Lambda::Function")[function]["Role"])]
    return [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]


def as_list(value: Any) -> list[Any]:  # noqa: ANN401  # any JSON
    """Return VALUE as a list: in IAM, a list of one may be written without brackets."""
    return value if isinstance(value, list) else [value]


def redrive_of(queue: str) -> tuple[str, int] | None:
    """Return the dead-letter queue of QUEUE and how often a message is tried before it goes there."""
    policy = resources("SQS::Queue")[queue].get("RedrivePolicy")
    return (the_name_in(policy["deadLetterTargetArn"]), policy["maxReceiveCount"]) if policy else None


def dead_letters_of(function: str) -> set[str]:
    """Return the queue to which Lambda moves events that FUNCTION could not handle, if it has one."""
    config = resources("Lambda::Function")[function].get("DeadLetterConfig")
    return {the_name_in(config["TargetArn"])} if config else set()
