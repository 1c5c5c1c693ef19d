"""A deployed template as plain values: functions, their event sources, queues, routes and names.

`deployment.py` reads them from `template.yaml`; the event loop and the local edge need nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dropcap_local.edge.distribution import Distribution


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function: `handler` names a file and a callable (`render.handler`), `timeout` is in seconds."""

    logical_id: str
    handler: str
    environment: Mapping[str, str]
    timeout: int


@dataclass(frozen=True, slots=True)
class EventSource:
    """An event source mapping.

    `window` is the batching window in seconds, `filters` are the patterns of FilterCriteria (parsed; any one of them
    lets a record through, none at all lets everything through). `maximum_retries` is None for "until the record
    expires", `on_failure_arn` names the queue for batches of a stream that failed.
    """

    function: str
    kind: Literal["sqs", "stream"]
    arn: str
    batch_size: int
    window: int
    filters: tuple[Mapping[str, object], ...]
    report_failures: bool
    maximum_retries: int | None
    on_failure_arn: str | None
    maximum_concurrency: int | None


@dataclass(frozen=True, slots=True)
class QueueResource:
    """An SQS queue: `visibility` in seconds, and where a message goes after `maximum_receives`."""

    logical_id: str
    url: str
    arn: str
    fifo: bool
    visibility: int
    dead_letter_arn: str | None
    maximum_receives: int | None


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the HTTP API: method in capitals (or `ANY`), and the path as the template writes it."""

    method: str
    path: str
    function: str


@dataclass(frozen=True, slots=True)
class DeployedStack:
    """A deployed template.

    `ids` has each logical id's `Ref` value (of a queue: its URL, of a bucket or a table: its name), `queues` is keyed
    by ARN, `distribution` is the CDN.
    """

    ids: Mapping[str, str]
    functions: Mapping[str, Function]
    sources: tuple[EventSource, ...]
    queues: Mapping[str, QueueResource]
    routes: tuple[Route, ...]
    outputs: Mapping[str, str] = field(default_factory=dict)
    distribution: Distribution | None = None
