"""Queues, topics, schedules."""

import json
from typing import Any, Final

from moto.scheduler.models import scheduler_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def queue(request: ResourceRequest) -> CreatedResource:
    """Make a queue, with its redrive policy."""
    fifo = str(request.properties.get("FifoQueue", False)).lower() == "true"
    name = request.properties.get("QueueName", request.name + (".fifo" if fifo else ""))
    attributes: dict[str, Any] = {
        key: json.dumps(value) if isinstance(value, dict) else _text(value)
        for key, value in request.properties.items()
        if key not in {"QueueName", "Tags"} and value is not False
    }
    sqs_backends[ACCOUNT][request.region].create_queue(name, **attributes)
    url = f"https://sqs.{request.region}.amazonaws.com/{ACCOUNT}/{name}"
    return CreatedResource(url, {"Arn": request.arn("sqs", name), "QueueName": name, "QueueUrl": url})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def topic(request: ResourceRequest) -> CreatedResource:
    """Make a topic."""
    name = request.properties.get("TopicName", request.name)
    arn = sns_backends[ACCOUNT][request.region].create_topic(name).arn
    return CreatedResource(arn, {"TopicArn": arn, "TopicName": name})


def subscription(request: ResourceRequest) -> CreatedResource:
    """Subscribe to a topic."""
    sns = sns_backends[ACCOUNT][request.region]
    topic, endpoint, protocol = (request.properties[key] for key in ("TopicArn", "Endpoint", "Protocol"))
    arn = sns.subscribe(topic, endpoint, protocol).arn
    for key in ("FilterPolicyScope", "FilterPolicy", "RawMessageDelivery"):  # moto reads a policy by its scope
        value = request.properties.get(key)
        if value is not None:
            sns.set_subscription_attributes(arn, key, json.dumps(value) if isinstance(value, dict) else value)
    return CreatedResource(arn)


def schedule_group(request: ResourceRequest) -> CreatedResource:
    """Make a group for schedules."""
    name = request.properties.get("Name", request.name)
    arn = scheduler_backends[ACCOUNT][request.region].create_schedule_group(name, []).arn
    return CreatedResource(name, {"Arn": arn})


def schedule(request: ResourceRequest) -> CreatedResource:
    """Make a schedule; the event loop fires it."""
    name = request.properties.get("Name", request.name)
    settings: dict[str, Any] = {attribute: request.properties.get(key) for key, attribute in _SCHEDULE.items()}
    if unknown := request.properties.keys() - _SCHEDULE.keys() - {"Name"}:
        message = (
            f"The local cloud knows no property {', '.join(sorted(unknown))} of a schedule ({request.logical_id})."
        )
        raise TemplateError(message)
    arn = scheduler_backends[ACCOUNT][request.region].create_schedule(name=name, **settings).arn
    return CreatedResource(name, {"Arn": arn})


_SCHEDULE: Final = {
    "Description": "description",
    "EndDate": "end_date",
    "FlexibleTimeWindow": "flexible_time_window",
    "GroupName": "group_name",
    "KmsKeyArn": "kms_key_arn",
    "ScheduleExpression": "schedule_expression",
    "ScheduleExpressionTimezone": "schedule_expression_timezone",
    "StartDate": "start_date",
    "State": "state",
    "Target": "target",
    "ActionAfterCompletion": "action_after_completion",
}
"""Properties of a schedule, and moto's names for them."""
