"""The AWS calls of a handler, counted and interrupted, on the toy stack."""

import os
import time
from collections.abc import Mapping
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

from dropcap_local.events.calls import Crash, Phase, Refused
from dropcap_local.events.invocation import LambdaContext
from support.toy_stack import Diary, send, toy_cloud


def puts_an_item(*_: object) -> None:
    """Send one message."""
    boto3.client("dynamodb").put_item(TableName="Table", Item={"pk": {"S": "p"}, "sk": {"S": "s"}})


def crash_at(phase: Phase, times: int = 1) -> Any:  # noqa: ANN401  # a callback
    """Return a callback that kills the handler at its first call."""
    left = [phase] * times

    def look(_service: str, _operation: str, _parameters: Mapping[str, Any], reached: Phase) -> None:
        if left and reached == phase:
            left.pop()
            raise Crash

    return look


def test_calls_of_handlers_are_counted_and_no_others() -> None:
    """Calls of a test or of the event loop are not counted."""
    with toy_cloud(upload=puts_an_item) as cloud:
        send(cloud, "a")
        cloud.settle()
        assert {("dynamodb", "PutItem"): 1} == cloud.calls


def test_a_callback_sees_each_call_before_and_after() -> None:
    """With service, operation and parameters; its own calls are nobody's."""
    calls: list[tuple[str, str, str, Phase]] = []

    def look(service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        items = cloud.client("dynamodb").scan(TableName="Table")["Count"]
        calls.append((service, operation, parameters["TableName"] + str(items), phase))

    with toy_cloud(upload=puts_an_item) as cloud:
        cloud.on_call.append(look)
        send(cloud, "a")
        cloud.settle()
        assert 1 == cloud.calls.total()
    assert [("dynamodb", "PutItem", "Table0", "before"), ("dynamodb", "PutItem", "Table1", "after")] == calls


@pytest.mark.parametrize(("phase", "expected"), [("before", 0), ("after", 1)])
def test_a_crash_passes_powertools_and_every_except_exception(phase: Phase, expected: int) -> None:
    """The batch processor cannot answer for a function that has died, so the whole batch comes back."""
    counts: list[str] = []

    def record_handler(record: Any) -> None:  # noqa: ANN401  # Powertools' record
        counts.append(record.raw_event["attributes"]["ApproximateReceiveCount"])
        try:
            puts_an_item()
        except Exception:  # noqa: BLE001  # what a careless handler does
            counts.append("swallowed")

    def handler(event: dict[str, Any], context: LambdaContext) -> object:
        processor = BatchProcessor(event_type=EventType.SQS)
        return process_partial_response(event, record_handler, processor, context)  # type: ignore[arg-type]  # ours

    with toy_cloud(upload=handler) as cloud:
        cloud.on_call.append(crash_at(phase))
        send(cloud, "a", "b")
        cloud.step()
        cloud.step()
        assert expected == cloud.client("dynamodb").scan(TableName="Table")["Count"]
        cloud.settle()
    assert ["1", "2", "2"] == counts


def test_a_refusal_is_the_error_that_the_client_would_raise() -> None:
    """Of the class that the client's `exceptions` names, with what the service says besides."""
    reasons: list[object] = []

    def handler(*_: object) -> None:
        client = boto3.client("dynamodb")
        try:
            client.put_item(TableName="Table", Item={"pk": {"S": "p"}, "sk": {"S": "s"}})
        except client.exceptions.TransactionCanceledException as error:
            reasons.append(error.response["CancellationReasons"])

    def refuse(*_: object) -> None:
        raise Refused("TransactionCanceledException", CancellationReasons=[{"Code": "TransactionConflict"}])

    with toy_cloud(upload=handler) as cloud:
        cloud.on_call.append(refuse)
        send(cloud, "a")
        cloud.settle()
        assert 0 == cloud.client("dynamodb").scan(TableName="Table")["Count"]
    assert [[{"Code": "TransactionConflict"}]] == reasons


def test_an_assertion_in_a_callback_reaches_the_test() -> None:
    """No handler swallows what a test has against a call."""

    def careless(*_: object) -> None:
        try:
            puts_an_item()
        except Exception as error:
            raise RuntimeError from error

    def object_to_it(*_: object) -> None:
        raise AssertionError("this must not be written")

    with toy_cloud(upload=careless) as cloud:
        cloud.on_call.append(object_to_it)
        send(cloud, "a")
        with pytest.raises(AssertionError, match="this must not be written"):
            cloud.settle()


def test_a_function_sees_its_own_environment_and_context() -> None:
    """The template's variables, those of the cloud over them, and nothing of them afterwards."""
    context_values: list[object] = []

    def handler(_event: object, context: LambdaContext) -> None:
        context_values.extend([os.environ["TOY"], os.environ["OWN"], context.function_name, context.memory_limit_in_mb])
        context_values.append(0 < context.get_remaining_time_in_millis() <= 30_000)

    with toy_cloud(upload=handler) as cloud:
        send(cloud, "a")
        cloud.settle()
        assert "TOY" not in os.environ
    assert ["overlaid", "upload", "upload", 512, True] == context_values


def test_sleeping_costs_no_time() -> None:
    """If a handler waits, the clock advances and the test does not wait."""
    with toy_cloud(upload=lambda *_: time.sleep(20)) as cloud:
        send(cloud, "a")
        start = cloud.clock.now()
        cloud.settle()
        assert 25 == (cloud.clock.now() - start).total_seconds()


def test_every_invocation_is_reported() -> None:
    """After each batch: the function, what it worked on, and for how long."""
    hops: list[tuple[str, str]] = []
    with toy_cloud(upload=Diary()) as cloud:
        cloud.on_hop.append(lambda function, summary, _: hops.append((function, summary)))
        send(cloud, "a", "b")
        cloud.settle()
    assert [("upload", "2 from Uploads")] == hops
