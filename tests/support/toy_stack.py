"""A toy stack for tests of the event loop: a standard queue, a table with a stream, a FIFO queue, a function at each.

Each test passes the functions' behaviour as callables; without one, a function accepts every event.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal

from dropcap_local.clients import Clients
from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.stack import DeployedStack, EventSource, Function, QueueResource, Route
from dropcap_local.events.invocation import LambdaContext
from support.bare_aws import make_table

JSON = dict[str, Any]
Deed = Callable[[JSON, LambdaContext], object]

DEEDS: dict[str, Deed] = {}

VISIBILITY = 60
MAXIMUM_RECEIVES = 3
WINDOW = 5
RETRIES = 2


@dataclass
class Diary:
    """A handler that records its events, and answers as the test has set."""

    answers: Callable[[JSON], object] = lambda _: None
    events: list[JSON] = field(default_factory=list)

    def __call__(self, event: JSON, _context: LambdaContext) -> object:
        """Record EVENT and answer."""
        self.events.append(event)
        return self.answers(event)

    @property
    def bodies(self) -> list[list[str]]:
        """Return the bodies of the messages, batch by batch."""
        return [[record["body"] for record in event["Records"]] for event in self.events]

    @property
    def keys(self) -> list[list[str]]:
        """Return the sort keys of the changed items, batch by batch."""
        return [[record["dynamodb"]["Keys"]["sk"]["S"] for record in event["Records"]] for event in self.events]


@contextmanager
def toy_cloud(
    *,
    upload: Deed | None = None,
    change: Deed | None = None,
    view: Deed | None = None,
    web: Deed | None = None,
    fault_seed: int | None = None,
) -> Iterator[LocalCloud]:
    """Yield a local cloud of the toy stack with these handlers."""
    deeds = {"upload": upload, "change": change, "view": view, "web": web}
    DEEDS.update({name: deed or Diary() for name, deed in deeds.items()})
    environment = {"TOY": "overlaid"}
    with LocalCloud(Path("toy"), deployer=toy_stack, fault_seed=fault_seed, environment=environment) as cloud:
        yield cloud


def toy_stack(_template: Path) -> DeployedStack:
    """Make the toy stack."""
    clients = Clients()
    dead, dead_views = _queue(clients, "Dead"), _queue(clients, "DeadViews.fifo")
    uploads, views = _queue(clients, "Uploads", dead), _queue(clients, "Views.fifo", dead_views)
    make_table(clients, "Table")
    stream = clients.client("dynamodb").describe_table(TableName="Table")["Table"]["LatestStreamArn"]
    queues = (uploads, dead, views, dead_views)
    return DeployedStack(
        ids={"Table": "Table"} | {queue.logical_id: queue.url for queue in queues},
        functions={name: _function(name) for name in DEEDS},
        sources=(
            _source("upload", "sqs", uploads.arn),
            _source("change", "stream", stream, on_failure=dead.arn),
            _source("view", "sqs", views.arn),
        ),
        queues={queue.arn: queue for queue in queues},
        routes=(Route("GET", "/api", "web"), Route("POST", "/api", "web")),
    )


def send(cloud: LocalCloud, *bodies: str) -> None:
    """Send messages to the standard queue."""
    for body in bodies:
        cloud.client("sqs").send_message(QueueUrl=cloud.id("Uploads"), MessageBody=body)


def ask_for(cloud: LocalCloud, group: str, *bodies: str) -> None:
    """Send messages of GROUP to the FIFO queue."""
    for body in bodies:
        cloud.client("sqs").send_message(
            QueueUrl=cloud.id("Views"), MessageBody=body, MessageGroupId=group, MessageDeduplicationId=f"{group}-{body}"
        )


def write(cloud: LocalCloud, pk: str, *sks: str, text: str = "") -> None:
    """Put items into the table."""
    for sk in sks:
        item = {"pk": {"S": pk}, "sk": {"S": sk}, "text": {"S": text}}
        cloud.client("dynamodb").put_item(TableName="Table", Item=item)


def waiting(cloud: LocalCloud, queue: str) -> list[JSON]:
    """Receive the messages that wait in a QUEUE without a function."""
    received = cloud.client("sqs").receive_message(
        QueueUrl=cloud.id(queue), MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
    )
    return [dict(message) for message in received.get("Messages", [])]


def failing(*bodies: str, times: int = sys.maxsize) -> Callable[[JSON], object]:
    """Return an answer that reports the messages with these BODIES as failed, so many TIMES."""
    main_thread = count(1)

    def answer(event: JSON) -> object:
        named = [record["messageId"] for record in event["Records"] if record["body"] in bodies]
        return {"batchItemFailures": [{"itemIdentifier": name} for name in named if next(main_thread) <= times]}

    return answer


def raising(error: BaseException, times: int = sys.maxsize) -> Callable[[JSON], object]:
    """Return an answer that is an exception so many TIMES, and none after that."""
    main_thread = count(1)

    def answer(_event: JSON) -> object:
        if next(main_thread) <= times:
            raise error
        return None

    return answer


def _queue(clients: Clients, name: str, dead: QueueResource | None = None) -> QueueResource:
    attributes: dict[str, str] = {"VisibilityTimeout": str(VISIBILITY)}
    if name.endswith(".fifo"):
        attributes |= {"FifoQueue": "true", "DeduplicationScope": "messageGroup"}
    if dead:
        redrive = {"deadLetterTargetArn": dead.arn, "maxReceiveCount": MAXIMUM_RECEIVES}
        attributes["RedrivePolicy"] = json.dumps(redrive)
    sqs = clients.client("sqs")
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]  # type: ignore[arg-type]  # names are literals
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    receives = MAXIMUM_RECEIVES if dead else None
    fifo = name.endswith(".fifo")
    return QueueResource(name.removesuffix(".fifo"), url, arn, fifo, VISIBILITY, dead.arn if dead else None, receives)


def _function(name: str) -> Function:
    return Function(name, f"support.toy_handlers.{name}", {"TOY": "template", "OWN": name}, 30)


def _source(
    function: str, kind: Literal["sqs", "stream"], arn: str, on_failure: str | None = None, size: int = 10
) -> EventSource:
    window = 0 if arn.endswith(".fifo") else WINDOW
    retries = RETRIES if kind == "stream" else None
    return EventSource(function, kind, arn, size, window, (), True, retries, on_failure, None)  # noqa: FBT003  # a dataclass
