"""Puts an event loop together for a deployed stack."""

import json
from collections.abc import Iterator

from moto.dynamodb.models import dynamodb_backends
from moto.scheduler.models import scheduler_backends
from moto.sqs.models import Queue, sqs_backends

from dropcap.aws.issue_schedules import REPORT_NAME
from dropcap_local.clients import ACCOUNT
from dropcap_local.clock import Clock
from dropcap_local.deploy.stack import DeployedStack, EventSource
from dropcap_local.events.delivery import Delivery
from dropcap_local.events.event_loop import EventLoop
from dropcap_local.events.event_source import JSON, RecordSource
from dropcap_local.events.invocation import FunctionInvoker
from dropcap_local.events.queue_source import QueueSource
from dropcap_local.events.schedules import OneTimeSchedules
from dropcap_local.events.stream_source import TableStream
from dropcap_local.moto_patches.sqs_storage import messages_of

POSTS = "PostSchedules"
"""The template's group of schedules for posts that appear or expire: the clock does not jump months ahead for one."""


def event_loop_for(
    stack: DeployedStack, functions: FunctionInvoker, clock: Clock, delivery: Delivery, region: str
) -> EventLoop:
    """Return an event loop that reads all event sources of STACK, in the order of the template."""
    streams: dict[str, TableStream] = {}
    sources = [
        (source, stack.functions[mapping.function])
        for mapping in stack.sources
        for source in _sources(mapping, stack, streams)
    ]
    schedules = OneTimeSchedules(scheduler_backends[ACCOUNT][region], send, delivery.lateness)
    schedules.unhurried = {stack.ids[POSTS]} if POSTS in stack.ids else set()
    schedules.unhurried_prefix = REPORT_NAME  # a report on an issue follows a day later, and nothing waits for it
    return EventLoop(sources, functions, schedules, clock, delivery)


def send(arn: str, body: str, group: str | None = None) -> None:
    """Send BODY to the queue ARN as a service of AWS does, without botocore."""
    _, _, _, region, account, name = arn.split(":")
    sqs_backends[account][region].send_message(name, body, group_id=group)


def queue_of(arn: str) -> Queue:
    """Return moto's queue ARN."""
    _, _, _, region, account, name = arn.split(":")
    return sqs_backends[account][region].get_queue(name)


def _sources(mapping: EventSource, stack: DeployedStack, streams: dict[str, TableStream]) -> Iterator[RecordSource]:
    if mapping.kind == "sqs":
        yield QueueSource(mapping, stack.queues[mapping.arn], messages_of(queue_of(mapping.arn)))
    else:
        stream = streams.setdefault(mapping.arn, _stream(mapping.arn))
        yield from stream.read_by(mapping, lambda description: _give_up(mapping, description))


def _stream(arn: str) -> TableStream:
    _, _, _, region, account, resource = arn.split(":", 5)
    tables = dynamodb_backends[account][region]
    return TableStream(arn, lambda: tables.get_table(resource.split("/")[1]))


def _give_up(mapping: EventSource, description: JSON) -> None:
    if mapping.on_failure_arn:
        send(mapping.on_failure_arn, json.dumps(description))
