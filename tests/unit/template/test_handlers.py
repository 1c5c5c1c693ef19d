"""The first lines of every handler, held against the template: what a reader believes there is so."""

import ast
import re
from pathlib import Path

import pytest

from dropcap.message_batch import TRIES
from support.template import (
    HANDLERS,
    as_list,
    dead_letters_of,
    function_of,
    names_in,
    redrive_of,
    resources,
    sources_of,
    statements_of,
    the_name_in,
    translated,
)

TOPICS = ("Trigger", "Reads", "Writes", "Emits", "On error")
KEPT_IN = ("DynamoDB::Table", "S3::Bucket")
READING = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "s3:GetObject", "s3:ListBucket"}
WRITING = {"dynamodb:PutItem", "dynamodb:UpdateItem", "s3:PutObject"}
every_handler = pytest.mark.parametrize("handler", HANDLERS, ids=lambda path: path.stem)


def topics_of(handler: Path) -> dict[str, str]:
    """Return the topics of HANDLER's docstring."""
    docstring = ast.get_docstring(ast.parse(handler.read_text(encoding="utf-8"))) or ""
    _, _, lines = docstring.partition("\n\n")
    parts = re.split(rf"^({'|'.join(TOPICS)}):\s+", lines, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def named(text: str, *kinds: str) -> set[str]:
    """Return the resources of the template of these KINDS that TEXT names."""
    declared = {name for kind in kinds for name in resources(kind)}
    return declared & set(re.findall(r"\w+", text))


def allowed(handler: Path, actions: set[str]) -> set[str]:
    """Return the resources on which HANDLER's function may perform one of ACTIONS."""
    statements = statements_of(function_of(handler))
    return {
        name
        for statement in statements
        if actions & set(as_list(statement["Action"]))
        for name in names_in(statement["Resource"])
    }


def consumed(handler: Path) -> set[str]:
    """Return the queues, streams and schedules that trigger HANDLER."""
    return {the_name_in(source["EventSourceArn"]) for source in sources_of(function_of(handler))} | {
        name
        for name, schedule in resources("Scheduler::Schedule").items()
        if the_name_in(schedule["Target"]["Arn"]) == function_of(handler)
    }


def routes() -> set[tuple[str, str]]:
    """Return the HTTP API's routes, as method and path; `$default` takes every other request."""
    keys = {route["RouteKey"] for route in resources("ApiGatewayV2::Route").values()}
    return {(method, path) for method, path in map(str.split, keys - {"$default"})}


def test_every_function_has_its_file_and_every_file_its_function() -> None:
    """One stem everywhere: `render.py`, `RenderFunction`, `render.handler`, and no file that is no function."""
    handlers = {name: function["Handler"] for name, function in resources("Lambda::Function").items()}
    assert {function_of(path): f"{path.stem}.handler" for path in HANDLERS} == handlers


@every_handler
def test_a_handler_says_five_things_in_order(handler: Path) -> None:
    """Its docstring opens with its number and name in the river, and goes on with the five topics."""
    docstring = ast.get_docstring(ast.parse(handler.read_text(encoding="utf-8"))) or ""
    assert re.match(rf"\d+ {handler.stem}: ", docstring)
    assert list(TOPICS) == list(topics_of(handler))
    description = resources("Lambda::Function")[function_of(handler)]["Description"]
    assert docstring.split(":")[0] == description.split(":")[0]


@every_handler
def test_a_handler_names_its_triggers(handler: Path) -> None:
    """Queues, the Catalog's stream, and the API with its routes."""
    text = topics_of(handler)["Trigger"]
    assert consumed(handler) == named(text, "SQS::Queue", "DynamoDB::Table", "Scheduler::Schedule")
    if "PublicApi" in re.findall(r"\w+", text):
        parts = re.findall(r"((?:[A-Z]+ and )?[A-Z]+) (/[\w/]+)", text)
        assert routes() == {(method, path) for methods, path in parts for method in methods.split(" and ")}
    else:
        assert consumed(handler)


@every_handler
def test_a_handler_names_what_it_reads(handler: Path) -> None:
    """The tables and buckets that its role may read."""
    assert allowed(handler, READING) & storage() == named(topics_of(handler)["Reads"], *KEPT_IN)


@every_handler
def test_a_handler_names_what_it_writes(handler: Path) -> None:
    """The tables and buckets that its role may write, with the prefixes in them."""
    text = topics_of(handler)["Writes"]
    assert allowed(handler, WRITING) & storage() == named(text, *KEPT_IN)
    for bucket, prefix in re.findall(r"(\w+Bucket) (\w+/)", text):
        assert any(
            f"${{{bucket}.Arn}}/{prefix}*" in str(statement["Resource"])
            for statement in statements_of(function_of(handler))
        )


@every_handler
def test_a_handler_names_where_it_sends(handler: Path) -> None:
    """The queues that its role may send to; whoever writes to the Catalog speaks through its stream."""
    text = topics_of(handler)["Emits"]
    failed = {
        the_name_in(source["DestinationConfig"]["OnFailure"]["Destination"])
        for source in sources_of(function_of(handler))
        if "DestinationConfig" in source
    } | dead_letters_of(function_of(handler))
    assert allowed(handler, {"sqs:SendMessage"}) - failed == named(text, "SQS::Queue")
    assert ("CatalogTable" in allowed(handler, WRITING)) == ("CatalogTable stream" in text)


@every_handler
def test_a_handler_names_where_its_failures_go(handler: Path) -> None:
    """The dead-letter queues of its triggers, and the number of tries before."""
    text = topics_of(handler)["On error"]
    queues = consumed(handler) & set(resources("SQS::Queue"))
    live = {queue for queue in queues if not queue.endswith("DeadLetters")}
    redrives = {queue: redrive for queue in live if (redrive := redrive_of(queue))}
    assert {letters for letters, _ in redrives.values()} <= named(text, "SQS::Queue")
    tries = {int(times) for times in re.findall(r"tried (?:there )?(\d+) times", text)}
    assert tries == {min(times, TRIES) for _, times in redrives.values()}  # the receives after that only report


def storage() -> set[str]:
    """Return the tables and buckets of the template."""
    return {name for kind in KEPT_IN for name in resources(kind)}


def test_the_template_follows_the_river() -> None:
    """Functions stand in the template in the order of their numbers."""
    order = [name for name in translated()["Resources"] if name in resources("Lambda::Function")]
    numbers = [int(resources("Lambda::Function")[name]["Description"].split()[0]) for name in order]
    assert sorted(numbers) == numbers
