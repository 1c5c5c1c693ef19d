"""One publication as a graph: each invocation, the AWS calls that it makes, and the calls that caused it."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol
from unittest.mock import patch

from dropcap_local.cloud import LocalCloud
from dropcap_local.deploy.stack import Function
from dropcap_local.events.invocation import FunctionInvoker

AUTHOR = (-1, 0)
"""The cause of what an author's upload caused."""

Place = tuple[int, int]
"""A call: the number of its invocation, and its own number in that."""


@dataclass
class Invocation:
    """An invocation of FUNCTION: its CALLS by service and operation, and the calls that CAUSED its records.

    WRITES has the keys of site objects that a call wrote, by the number of the call. SOURCE is the kind of event.
    SIZES are the items, messages or paths of each call. Invocations with the same LANE ran one after the other.
    """

    function: str
    source: str
    caused: list[Place]
    calls: list[tuple[str, str]] = field(default_factory=list)
    writes: dict[int, str] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    lane: int | None = None


class Producers:
    """The calls that caused what functions receive, by the names of records."""

    def __init__(self) -> None:
        self._places: dict[str, list[Place]] = {}
        self._received: Counter[str] = Counter()

    def add(self, name: str, place: Place) -> None:
        """Add that the call at PLACE sent or wrote what has NAME."""
        self._places.setdefault(name, []).append(place)

    def of(self, record: Mapping[str, Any]) -> Place:
        """Return the call that caused RECORD, which is received now.

        Equal messages are received in the order in which they were sent; all records of an item after the last call.
        """
        name = name_of(record)
        places = self._places.get(name, [AUTHOR])
        if "dynamodb" in record:
            return places[-1]
        self._received[name] += 1
        return places[min(self._received[name], len(places)) - 1]


class Pace(Protocol):
    """When calls end and batches begin: the times of a recording."""

    @property
    def lane(self) -> int | None:
        """Return the number of the shard whose records are processed now."""

    def start(self, function: str) -> None:
        """Start an invocation of FUNCTION."""

    def call(self, service: str, operation: str, produced: Collection[str]) -> None:
        """Advance the running invocation by a call that sends or writes what is PRODUCED."""

    def end(self) -> None:
        """End the running invocation."""

    def settle(self) -> None:
        """Deliver until nothing is left."""

    def in_place(self) -> AbstractContextManager[None]:
        """Keep to these times until the block ends."""


def recorded(cloud: LocalCloud, uploads: Mapping[str, str], pace: Pace | None = None) -> list[Invocation]:
    """Upload UPLOADS to CLOUD by key, let it work until nothing is left, and return all invocations in order.

    Without PACE, batches are as full as they get.
    """
    invocations: list[Invocation] = []
    producers = Producers()
    real = FunctionInvoker.invoke

    def invoke(self: FunctionInvoker, function: Function, event: dict[str, Any]) -> Any:  # noqa: ANN401  # any JSON
        caused = [producers.of(record) for record in event.get("Records", ())]
        source = "stream" if "dynamodb" in str(event)[:2000] and function.logical_id == "IndexFunction" else "queue"
        name = function.logical_id.removesuffix("Function").lower()
        invocations.append(Invocation(name, source, caused, lane=pace.lane if pace else None))
        if pace is None:
            return real(self, function, event)
        pace.start(name)
        try:
            return real(self, function, event)
        finally:
            pace.end()

    def note(service: str, operation: str, parameters: Mapping[str, Any], phase: str) -> None:
        if phase != "before" or not invocations:
            return
        invocation = invocations[-1]
        place = (len(invocations) - 1, len(invocation.calls))
        invocation.calls.append((service, operation))
        invocation.sizes.append(_size(operation, parameters))
        if operation == "PutObject" and parameters["Bucket"] == cloud.id("SiteBucket"):
            invocation.writes[place[1]] = parameters["Key"]
        produced = list(_produced(operation, parameters))
        for name in produced:
            producers.add(name, place)
        if pace:
            pace.call(service, operation, produced)

    cloud.on_call.append(note)
    try:
        with patch.object(FunctionInvoker, "invoke", invoke), pace.in_place() if pace else nullcontext():
            for key, text in uploads.items():
                cloud.upload(key, text)
            (pace or cloud).settle()
    finally:
        cloud.on_call.remove(note)
    return invocations


def _size(operation: str, parameters: Mapping[str, Any]) -> int:
    """Return how many items, messages or paths a call has."""
    match operation:
        case "SendMessageBatch":
            return len(parameters["Entries"])
        case "TransactWriteItems":
            return len(parameters["TransactItems"])
        case "BatchGetItem":
            return sum(len(of["Keys"]) for of in parameters["RequestItems"].values())
        case "BatchWriteItem":
            return sum(len(of) for of in parameters["RequestItems"].values())
        case "CreateInvalidation":
            return len(parameters["InvalidationBatch"]["Paths"]["Items"])
    return 1


def name_of(record: Mapping[str, Any]) -> str:
    """Return the name of a RECORD of an event: the key of a stream's item, or the body of a message."""
    if "dynamodb" in record:
        keys = record["dynamodb"]["Keys"]
        return f"{keys['pk']['S']} {keys['sk']['S']}"
    return str(record["body"])


def _produced(operation: str, parameters: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a call sends or writes, by the names of `_records`."""
    match operation:
        case "SendMessage":
            yield parameters["MessageBody"]
        case "SendMessageBatch":
            yield from (entry["MessageBody"] for entry in parameters["Entries"])
        case "PutItem":
            yield _key(parameters["Item"])
        case "UpdateItem" | "DeleteItem":
            yield _key(parameters["Key"])
        case "TransactWriteItems":
            for action in parameters["TransactItems"]:
                ((_, of),) = action.items()
                yield _key(of.get("Item") or of["Key"])
        case "BatchWriteItem":
            for requests in parameters["RequestItems"].values():
                for request in requests:
                    ((_, of),) = request.items()
                    yield _key(of.get("Item") or of["Key"])


def _key(item: Mapping[str, Any]) -> str:
    return f"{item['pk']['S']} {item['sk']['S']}"
