"""Queues, topics, schedules."""

import json

from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def queue(request: ResourceRequest) -> CreatedResource:
    """Make a queue, with its redrive policy."""
    fifo = str(request.properties.get("FifoQueue", False)).lower() == "true"
    name = request.properties.get("QueueName", request.name + (".fifo" if fifo else ""))
    attributes = {
        key: json.dumps(value) if isinstance(value, dict) else _text(value)
        for key, value in request.properties.items()
        if key not in {"QueueName", "Tags"} and value is not False
    }
    url = request.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return CreatedResource(url, {"Arn": request.arn("sqs", name), "QueueName": name, "QueueUrl": url})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def topic(request: ResourceRequest) -> CreatedResource:
    """Make a topic."""
    name = request.properties.get("TopicName", request.name)
    arn = request.client("sns").create_topic(Name=name)["TopicArn"]
    return CreatedResource(arn, {"TopicArn": arn, "TopicName": name})


def subscription(request: ResourceRequest) -> CreatedResource:
    """Subscribe to a topic."""
    settings = {key: request.properties.get(key) for key in ("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope")}
    attributes = {
        key: json.dumps(value) if isinstance(value, dict) else _text(value)
        for key, value in settings.items()
        if value is not None
    }
    where = {key: request.properties[key] for key in ("TopicArn", "Protocol", "Endpoint")}
    answer = request.client("sns").subscribe(**where, Attributes=attributes, ReturnSubscriptionArn=True)
    return CreatedResource(answer["SubscriptionArn"])


def schedule_group(request: ResourceRequest) -> CreatedResource:
    """Make a group for schedules."""
    name = request.properties.get("Name", request.name)
    arn = request.client("scheduler").create_schedule_group(Name=name)["ScheduleGroupArn"]
    return CreatedResource(name, {"Arn": arn})


def schedule(request: ResourceRequest) -> CreatedResource:
    """Make a schedule; the event loop fires it."""
    name = request.properties.get("Name", request.name)
    arn = request.client("scheduler").create_schedule(**{**request.properties, "Name": name})["ScheduleArn"]
    return CreatedResource(name, {"Arn": arn})
