"""Deploy the real `template.yaml` into moto, in this process, in well under a second once it is translated.

Resources are created when something first needs their names, which is CloudFormation's order; two that need each other
are an error, as in CloudFormation.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import boto3

from dropcap_local.clients import ACCOUNT
from dropcap_local.deploy.intrinsics import Resolver
from dropcap_local.deploy.sam import cloudformation
from dropcap_local.deploy.stack import DeployedStack
from dropcap_local.deploy.stack_reader import stack_of
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.resources import make
from dropcap_local.resources.resource import CreatedResource, ResourceRequest

STACK: Final = "dropcap"

# The parameters that the template needs from the person who deploys it.
LOCAL_PARAMETERS: Final[Mapping[str, str]] = {
    "SiteDomain": "journal.example.org",
    "MailFrom": "news@example.org",
    "PostalAddress": "1 Example Street, 12345 Exampleton",
}

_NESTED: Final = "AWS::CloudFormation::Stack"


def deploy(template: Path, parameters: Mapping[str, str] = LOCAL_PARAMETERS) -> DeployedStack:
    """Create what `template` and its nested stacks describe, and return it for the event loop and the edge.

    moto must be active, and `AWS_DEFAULT_REGION` set. Missing parameters have the template's defaults. Raises
    TemplateError for an unsupported resource type, a parameter without a value, an unknown name, or a cycle.
    """
    region = boto3.session.Session().region_name
    if not region:
        raise TemplateError("No AWS region is set; set AWS_DEFAULT_REGION.")
    deployment = Deployment(template, STACK, region, parameters)
    deployment.create_all()
    return stack_of(deployment, templates=template.resolve().parent / "templates")


class Deployment:
    """One stack while its resources are created; a nested stack is another one."""

    def __init__(self, template: Path, name: str, region: str, parameters: Mapping[str, str]) -> None:
        """Read the template; nothing is created yet."""
        self._template = template
        self._name = name
        self._region = region
        self._document = cloudformation(template)
        self._making: list[str] = []
        self.request: dict[str, ResourceRequest] = {}
        self.created: dict[str, CreatedResource] = {}
        self.nested: dict[str, Deployment] = {}
        values = {**self._parameters(parameters), **self._pseudo_parameters()}
        self.resolver = Resolver(
            values, self._document.get("Conditions", {}), self._document.get("Mappings", {}), resources=self
        )

    def create_all(self) -> None:
        """Create every resource whose condition holds."""
        for logical_id, resource in self._document["Resources"].items():
            if "Condition" not in resource or self.resolver.holds(resource["Condition"]):
                self._make(logical_id)

    def ref(self, logical_id: str) -> str:
        """Return a resource's `Ref` value, creating it if necessary."""
        return self._make(logical_id).ref

    def attribute(self, logical_id: str, name: str) -> str:
        """Return one of a resource's `Fn::GetAtt` values, creating it if necessary."""
        attributes = self._make(logical_id).attributes
        if name not in attributes and "*" not in attributes:
            message = f"{self._template.name}: {logical_id} has no attribute {name}, only {', '.join(attributes)}."
            raise TemplateError(message)
        return attributes[name] if name in attributes else attributes["*"]

    def outputs(self) -> Mapping[str, str]:
        """Return the stack's outputs."""
        return {
            name: str(self.resolver.resolve(output["Value"]))
            for name, output in self._document.get("Outputs", {}).items()
            if "Condition" not in output or self.resolver.holds(output["Condition"])
        }

    def every_stack(self) -> Iterator["Deployment"]:
        """Walk this stack and those nested in it."""
        yield self
        for stack in self.nested.values():
            yield from stack.every_stack()

    def _parameters(self, values: Mapping[str, str]) -> dict[str, str]:
        declared: Mapping[str, Any] = self._document.get("Parameters", {})
        defaults = {name: str(parameter["Default"]) for name, parameter in declared.items() if "Default" in parameter}
        if unknown := values.keys() - declared.keys():
            message = f"{self._template.name} has no parameter {', '.join(sorted(unknown))}."
            raise TemplateError(message)
        if missing := declared.keys() - defaults.keys() - values.keys():
            message = f"{self._template.name} needs a value for {', '.join(sorted(missing))}."
            raise TemplateError(message)
        return {**defaults, **values}

    def _pseudo_parameters(self) -> dict[str, str]:
        return {
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::Region": self._region,
            "AWS::StackName": self._name,
            "AWS::StackId": f"arn:aws:cloudformation:{self._region}:{ACCOUNT}:stack/{self._name}/local",
            "AWS::URLSuffix": "amazonaws.com",
        }

    def _make(self, logical_id: str) -> CreatedResource:
        if logical_id not in self.created:
            self._begin(logical_id)
            resource = self._document["Resources"][logical_id]
            for other in _names(resource.get("DependsOn", [])):
                self._make(other)
            self.created[logical_id] = self._created(logical_id, resource)
            self._making.pop()
        return self.created[logical_id]

    def _begin(self, logical_id: str) -> None:
        if logical_id in self._making:
            message = f"{self._template.name}: a cycle, {' needs '.join([*self._making, logical_id])}."
            raise TemplateError(message)
        if logical_id not in self._document["Resources"]:
            message = f"{self._template.name} has no resource or parameter {logical_id}."
            raise TemplateError(message)
        self._making.append(logical_id)

    def _created(self, logical_id: str, resource: Mapping[str, Any]) -> CreatedResource:
        properties = self.resolver.resolve(resource.get("Properties", {}))
        if resource["Type"] == _NESTED:
            return self._create_nested(logical_id, properties)
        request = ResourceRequest(logical_id, resource["Type"], properties, self._name, self._region)
        self.request[logical_id] = request
        return make(request)

    def _create_nested(self, logical_id: str, properties: Mapping[str, Any]) -> CreatedResource:
        place = self._template.parent / properties["TemplateURL"]
        name = f"{self._name}-{logical_id}"
        stack = Deployment(place, name, self._region, properties.get("Parameters", {}))
        stack.create_all()
        self.nested[logical_id] = stack
        return CreatedResource(name, {f"Outputs.{output}": value for output, value in stack.outputs().items()})


def _names(depends_on: str | list[str]) -> list[str]:
    return [depends_on] if isinstance(depends_on, str) else depends_on
