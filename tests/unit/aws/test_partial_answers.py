"""Batch calls whose answers report a part as not done: that part alone is sent again, a bounded number of times."""

from collections.abc import Callable
from typing import Any

import pytest

from dropcap.aws import queues, table
from dropcap.aws.queues import Queue, ViewQueue
from dropcap.aws.stored_artifacts import StoredArtifacts, StoredVersion
from dropcap.aws.table import Table
from dropcap.contracts import Cause, UploadSeen
from dropcap.errors import ServiceError

CAUSE = Cause("posts/a.md", "etag", "2026-03-16T09:00:00Z")


class Client:
    """A client with one batch call, that gives ANSWERS in turn and then an empty one; it keeps the requests."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.requests: list[dict[str, Any]] = []
        self._answers = list(answers)

    def _call(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # arguments of boto3
        self.requests.append(request)
        return self._answers.pop(0) if self._answers else {"Responses": {}}

    send_message_batch = batch_get_item = batch_write_item = delete_objects = _call


def failed(*ids: str, code: str = "InternalError", faulty: str = "") -> dict[str, Any]:
    """Return SQS's answer that the entries IDS failed; FAULTY is the one that it can never take."""
    return {"Failed": [{"Id": number, "SenderFault": number == faulty, "Code": code} for number in ids]}


def messages(count: int) -> list[UploadSeen]:
    """Return so many messages."""
    return [UploadSeen(f"posts/{number}.md", CAUSE) for number in range(count)]


def bodies(client: Client) -> list[list[str]]:
    """Return the bodies that each call sent."""
    return [[entry["MessageBody"] for entry in request["Entries"]] for request in client.requests]


def test_only_the_messages_that_failed_are_sent_again() -> None:
    """In each round those of the last answer; a message that was taken is not sent twice."""
    client: Any = Client(failed("0", "2"), failed("2"))
    sent = messages(3)
    first, second, third = (message.to_json() for message in sent)
    Queue(client, "url").send_all(sent)
    assert [[first, second, third], [first, third], [third]] == bodies(client)


def test_messages_are_sent_ten_a_call_and_each_batch_has_its_own_rounds() -> None:
    """A failure in the first batch neither repeats the first batch nor skips the second."""
    client: Any = Client(failed("9"))
    sent = [message.to_json() for message in messages(12)]
    Queue(client, "url").send_all(messages(12))
    assert [sent[:10], sent[9:10], sent[10:]] == bodies(client)


def test_a_message_of_a_view_keeps_its_group_and_its_id_when_it_is_sent_again() -> None:
    """SQS needs both: the group for the order, the id to drop the second of two."""
    client: Any = Client(failed("1"))
    ViewQueue(client, "url").send({"home": ("1", CAUSE), "archive": ("2", CAUSE)})
    (_, archive), (again,) = (request["Entries"] for request in client.requests)
    assert archive == again


@pytest.mark.parametrize("rounds", [queues.ROUNDS - 1, queues.ROUNDS])
def test_sending_ends_after_its_last_round(rounds: int) -> None:
    """One answer without a failure in time is enough; if the last one has failures, the caller fails too."""
    client: Any = Client(*[failed("0", code="Busy")] * rounds)
    if rounds < queues.ROUNDS:
        Queue(client, "url").send_all(messages(1))
    else:
        with pytest.raises(ServiceError, match="SendMessageBatch: Busy"):
            Queue(client, "url").send_all(messages(1))
    assert queues.ROUNDS == len(client.requests)


def test_one_message_that_sqs_can_never_take_ends_the_rounds() -> None:
    """Even beside others that failed for another reason: every further round would end the same."""
    client: Any = Client(failed("0", "1", faulty="1"))
    with pytest.raises(ServiceError):
        Queue(client, "url").send_all(messages(2))
    assert 1 == len(client.requests)


KEYS = [("p", "1"), ("p", "2"), ("p", "3")]
IMAGES = [{"pk": {"S": "p"}, "sk": {"S": sort}} for _, sort in KEYS]
ITEMS = [{"pk": "p", "sk": sort} for _, sort in KEYS]


def test_only_the_keys_that_were_not_read_are_read_again() -> None:
    """The items of all rounds are returned."""
    rest = {"t": {"Keys": IMAGES[1:], "ConsistentRead": True}}
    last = {"t": {"Keys": IMAGES[2:], "ConsistentRead": True}}
    client: Any = Client(
        {"Responses": {"t": IMAGES[:1]}, "UnprocessedKeys": rest},
        {"Responses": {"t": IMAGES[1:2]}, "UnprocessedKeys": last},
        {"Responses": {"t": IMAGES[2:]}, "UnprocessedKeys": {}},
    )
    assert dict(zip(KEYS, ITEMS, strict=True)) == Table(client, "t").get_all(KEYS)
    whole = {"t": {"Keys": IMAGES, "ConsistentRead": True}}
    assert [whole, rest, last] == [request["RequestItems"] for request in client.requests]


def test_only_the_items_that_were_not_written_are_written_again() -> None:
    """An item that was written may have a newer version by then."""
    writes = [{"PutRequest": {"Item": image}} for image in IMAGES]
    client: Any = Client({"UnprocessedItems": {"t": writes[1:]}}, {"UnprocessedItems": {"t": writes[2:]}})
    Table(client, "t").put_all(ITEMS)
    assert [writes, writes[1:], writes[2:]] == [request["RequestItems"]["t"] for request in client.requests]


@pytest.mark.parametrize("rounds", [table.ROUNDS - 1, table.ROUNDS])
@pytest.mark.parametrize(
    ("left", "work"),
    [
        ("UnprocessedKeys", lambda some: some.get_all(KEYS)),
        ("UnprocessedItems", lambda some: some.put_all(ITEMS)),
    ],
)
def test_a_batch_of_items_ends_after_its_last_round(left: str, work: Callable[[Table], object], rounds: int) -> None:
    """One answer without a rest in time is enough; if the last one leaves a rest, the caller fails too."""
    client: Any = Client(*[{"Responses": {}, left: {"t": ["rest"]}}] * rounds)
    if rounds < table.ROUNDS:
        work(Table(client, "t"))
    else:
        with pytest.raises(ServiceError):
            work(Table(client, "t"))
    assert table.ROUNDS == len(client.requests)


@pytest.mark.parametrize(("most", "call"), [(100, Table.get_all), (25, Table.put_all)])
def test_items_are_read_and_written_in_calls_as_large_as_dynamodb_takes(
    most: int, call: Callable[[Table, list[Any]], object]
) -> None:
    """The rest goes with a call of its own, and nothing with two."""
    client: Any = Client()
    values: list[Any] = [("p", str(number)) for number in range(most + 1)]
    values = [{"pk": pk, "sk": sk} for pk, sk in values] if call is Table.put_all else values
    call(Table(client, "t"), values)
    requests = [request["RequestItems"]["t"] for request in client.requests]
    sizes = [len(request["Keys"] if isinstance(request, dict) else request) for request in requests]
    assert [most, 1] == sizes


def test_an_artifact_that_s3_could_not_delete_is_an_error() -> None:
    """DeleteObjects answers 200 with a list of errors; the message has the first one's key and code."""
    client: Any = Client({}, {"Errors": [{"Key": "bodies/x", "Code": "AccessDenied"}]})
    versions = [StoredVersion(f"bodies/{number}", "1") for number in range(1_001)]
    with pytest.raises(ServiceError, match="DeleteObjects bodies/x: AccessDenied"):
        StoredArtifacts(client, "b").delete(versions)
    deleted = [entry["Key"] for request in client.requests for entry in request["Delete"]["Objects"]]
    assert [version.key for version in versions] == deleted
    assert [1_000, 1] == [len(request["Delete"]["Objects"]) for request in client.requests]
