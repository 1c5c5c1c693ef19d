"""Queues, topics, schedules."""

import json

from dropcap_local.resources.resource import Made, Wanted


def queue(wanted: Wanted) -> Made:
    """Make a queue, with the redrive policy it has."""
    fifo = str(wanted.properties.get("FifoQueue", False)).lower() == "true"
    name = wanted.properties.get("QueueName", wanted.name + (".fifo" if fifo else ""))
    attributes = {
        key: json.dumps(value) if isinstance(value, dict) else _text(value)
        for key, value in wanted.properties.items()
        if key not in {"QueueName", "Tags"} and value is not False
    }
    url = wanted.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return Made(url, {"Arn": wanted.arn("sqs", name), "QueueName": name, "QueueUrl": url})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def topic(wanted: Wanted) -> Made:
    """Make a topic."""
    name = wanted.properties.get("TopicName", wanted.name)
    arn = wanted.client("sns").create_topic(Name=name)["TopicArn"]
    return Made(arn, {"TopicArn": arn, "TopicName": name})


def subscription(wanted: Wanted) -> Made:
    """Subscribe to a topic."""
    settings = {key: wanted.properties.get(key) for key in ("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope")}
    attributes = {
        key: json.dumps(value) if isinstance(value, dict) else _text(value)
        for key, value in settings.items()
        if value is not None
    }
    where = {key: wanted.properties[key] for key in ("TopicArn", "Protocol", "Endpoint")}
    answer = wanted.client("sns").subscribe(**where, Attributes=attributes, ReturnSubscriptionArn=True)
    return Made(answer["SubscriptionArn"])


def schedule_group(wanted: Wanted) -> Made:
    """Make a group for schedules."""
    name = wanted.properties.get("Name", wanted.name)
    arn = wanted.client("scheduler").create_schedule_group(Name=name)["ScheduleGroupArn"]
    return Made(name, {"Arn": arn})


def schedule(wanted: Wanted) -> Made:
    """Make a schedule; the pump lets it go off."""
    name = wanted.properties.get("Name", wanted.name)
    arn = wanted.client("scheduler").create_schedule(**{**wanted.properties, "Name": name})["ScheduleArn"]
    return Made(name, {"Arn": arn})
