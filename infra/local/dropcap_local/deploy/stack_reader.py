"""The functions and what triggers them, read from the resources of a deployed template."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from dropcap_local.deploy.stack import DeployedStack, EventSource, Function, QueueResource, Route
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.edge.distribution import distribution_of
from dropcap_local.events.payload_limits import ENVIRONMENT_BYTES, environment_bytes
from dropcap_local.resources.resource import CreatedResource, ResourceRequest

_LAYER: Final = "/opt/templates"  # where Lambda unpacks the layer that is created of templates/
_BATCH_SIZES: Final = {"sqs": 10, "stream": 100}  # Lambda's default
_DEFAULT_VISIBILITY: Final = 30
_DEFAULT_TIMEOUT: Final = 3


class Deployed(Protocol):
    """A stack whose resources exist."""

    request: dict[str, ResourceRequest]
    created: dict[str, CreatedResource]

    @property
    def nested(self) -> Mapping[str, "Deployed"]:
        """The stacks within it, by logical id."""

    def every_stack(self) -> Iterable["Deployed"]:
        """Walk this stack and those nested in it."""

    def outputs(self) -> Mapping[str, str]:
        """Return the stack's outputs."""


def stack_of(deployed: Deployed, templates: Path) -> DeployedStack:
    """Return the deployed stack; functions find the layer's content at `templates`."""
    resources = [
        (request, stack.created[logical_id])
        for stack in deployed.every_stack()
        for logical_id, request in stack.request.items()
    ]
    functions = [(request, created) for request, created in resources if request.type == "AWS::Lambda::Function"]
    names = {
        key: request.logical_id for request, created in functions for key in (created.ref, created.attributes["Arn"])
    }
    queues = [_queue(request, created) for request, created in resources if request.type == "AWS::SQS::Queue"]
    return DeployedStack(
        ids=_ids(deployed),
        functions={request.logical_id: _function(request, templates) for request, _ in functions},
        sources=tuple(_source(w, names) for w, _ in resources if w.type == "AWS::Lambda::EventSourceMapping"),
        queues={queue.arn: queue for queue in queues},
        routes=tuple(_routes(resources, names)),
        outputs=deployed.outputs(),
        distribution=distribution_of(resources),
    )


def _ids(deployed: Deployed) -> dict[str, str]:
    """Return the logical ids; those of a nested stack as `Cdn.Distribution`."""
    ids = {logical_id: created.ref for logical_id, created in deployed.created.items()}
    for name, stack in deployed.nested.items():
        ids.update({f"{name}.{inner}": ref for inner, ref in _ids(stack).items()})
    return ids


def _function(request: ResourceRequest, templates: Path) -> Function:
    variables = request.properties.get("Environment", {}).get("Variables", {})
    environment = {name: str(templates) if value == _LAYER else str(value) for name, value in variables.items()}
    if (size := environment_bytes(environment)) > ENVIRONMENT_BYTES:
        message = f"The variables of {request.logical_id} have {size} bytes; Lambda takes {ENVIRONMENT_BYTES} at most."
        raise TemplateError(message)
    timeout = int(request.properties.get("Timeout", _DEFAULT_TIMEOUT))
    return Function(request.logical_id, request.properties["Handler"], environment, timeout)


def _source(request: ResourceRequest, names: Mapping[str, str]) -> EventSource:
    mapping = request.properties
    kind: Final = "stream" if ":dynamodb:" in mapping["EventSourceArn"] else "sqs"
    retries = int(mapping.get("MaximumRetryAttempts", -1))
    concurrency = mapping.get("ScalingConfig", {}).get("MaximumConcurrency")
    filters = mapping.get("FilterCriteria", {}).get("Filters", [])
    return EventSource(
        function=names[mapping["FunctionName"]],
        kind=kind,
        arn=mapping["EventSourceArn"],
        batch_size=int(mapping.get("BatchSize", _BATCH_SIZES[kind])),
        window=int(mapping.get("MaximumBatchingWindowInSeconds", 0)),
        filters=tuple(json.loads(pattern["Pattern"]) for pattern in filters),
        report_failures="ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", []),
        maximum_retries=None if retries < 0 else retries,
        on_failure_arn=mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"),
        maximum_concurrency=int(concurrency) if concurrency else None,
    )


def _queue(request: ResourceRequest, created: CreatedResource) -> QueueResource:
    redrive: Mapping[str, Any] = request.properties.get("RedrivePolicy", {})
    return QueueResource(
        logical_id=request.logical_id,
        url=created.ref,
        arn=created.attributes["Arn"],
        fifo=created.attributes["QueueName"].endswith(".fifo"),
        visibility=int(request.properties.get("VisibilityTimeout", _DEFAULT_VISIBILITY)),
        dead_letter_arn=redrive.get("deadLetterTargetArn"),
        maximum_receives=int(redrive["maxReceiveCount"]) if redrive else None,
    )


def _routes(resources: Iterable[tuple[ResourceRequest, CreatedResource]], names: Mapping[str, str]) -> Iterator[Route]:
    """Return the HTTP API's routes: `POST /path`, a target `integrations/<id>`, and the integration's function."""
    created = list(resources)
    functions = {
        f"integrations/{integration.ref}": names[request.properties["IntegrationUri"]]
        for request, integration in created
        if request.type == "AWS::ApiGatewayV2::Integration"
    }
    for request, _ in created:
        if request.type == "AWS::ApiGatewayV2::Route":
            method, _, path = request.properties["RouteKey"].rpartition(" ")
            yield Route(method or "ANY", path, functions[request.properties["Target"]])
