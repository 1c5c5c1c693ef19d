"""The newsletter's handlers: each reads its event, and hands it to one use case."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

import announce
import deliver
import feedback
import subscribe
from dropcap import clients
from dropcap.contracts import Message
from dropcap.newsletter.address import MailAddress
from dropcap.newsletter_contracts import DeliverBatch, EntryAppeared, FreezeIssue, SendConfirmation
from dropcap.observability import CONFIRMATION_BUDGET_SPENT, METRICS_NAMESPACE
from dropcap_local.events.invocation import forget_caches
from support.newsletter_bench import ACCOUNT, CAUSE, QUEUES, REGION, ROOT, Bench

pytestmark = pytest.mark.parametrize("bench", ["moto"], indirect=True)
"""The tested code makes clients of its own."""

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

EVENTS = Path(__file__).parents[1] / "events"
ADA = MailAddress("ada@example.org").subscriber
ADDRESS = "ada@example.org"


class Context:
    """Lambda's context object; there is always a minute left."""

    function_name = "function"
    memory_limit_in_mb = 512
    invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:function"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        """Return the time left."""
        return 60_000


CONTEXT = cast("LambdaContext", Context())


@pytest.fixture(autouse=True)
def environment(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set what the template sets."""
    urls = {name: bench.sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in QUEUES}
    client: DynamoDBClient = boto3.client("dynamodb", region_name=REGION)
    client.create_table(
        TableName="catalog",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )
    variables = {
        "ARTIFACT_BUCKET": "artifacts",
        "CATALOG_TABLE": "catalog",
        "NEWSLETTER_TABLE": "newsletter",
        "SUBSCRIBERS_TABLE": "subscribers",
        "DEFAULT_SITE_URL": "https://journal.example.org",
        "ISSUE_QUEUE_URL": urls["issues"],
        "ISSUE_QUEUE_ARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:issues",
        "UNSENT_QUEUE_URL": urls["issues"],
        "DELIVERY_QUEUE_URL": urls["deliveries"],
        "CONFIRMATION_QUEUE_URL": urls["confirmations"],
        "CONFIRMATIONS_A_DAY": "500",
        "SCHEDULE_GROUP": "issues",
        "SCHEDULE_ROLE_ARN": f"arn:aws:iam::{ACCOUNT}:role/scheduler",
        "MAIL_FROM": "news@example.org",
        "MAIL_CONFIGURATION_SET": "configuration-set",
        "POSTAL_ADDRESS": "2 Street",
        "GRACE_SECONDS": "900",
        "NEWS_SINCE": "",
        "TEMPLATES_DIR": str(ROOT / "templates"),
        "AWS_DEFAULT_REGION": REGION,
        "POWERTOOLS_SERVICE_NAME": "dropcap",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    forget_caches(("dropcap.clients", "dropcap.wiring"))
    yield
    forget_caches(("dropcap.clients", "dropcap.wiring"))


def batch(*bodies: Message | str) -> dict[str, Any]:
    """Return the event that Lambda makes of messages with those BODIES."""
    texts = [body.to_json() if isinstance(body, Message) else body for body in bodies]
    source = {"eventSource": "aws:sqs", "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue"}
    return {"Records": [{"messageId": str(n), "body": text, **source} for n, text in enumerate(texts)]}


def request(method: str, path: str, **form: str) -> dict[str, Any]:
    """Return the event that the HTTP API makes of a request."""
    body = "&".join(f"{name}={value}" for name, value in form.items())
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return {"rawPath": path, "headers": kind, "requestContext": {"http": {"method": method}}, "body": body}


def failed(answer: Any) -> list[str]:  # noqa: ANN401  # Lambda's answer is JSON
    """Return the ids of the messages that come again."""
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Return what the handlers log from now on."""
    output = StringIO()
    for module in (announce, deliver, feedback, subscribe):
        monkeypatch.setattr(module.logger.registered_handler, "stream", output)
    return output


def test_somebody_subscribes_and_confirms(bench: Bench, log: StringIO) -> None:
    """From the form to the list, and no log names an address."""
    assert 200 == subscribe.handler(request("POST", "/api/subscribe", email=ADDRESS), CONTEXT)["statusCode"]
    url = bench.sqs.get_queue_url(QueueName="confirmations")["QueueUrl"]
    (received,) = bench.sqs.receive_message(QueueUrl=url)["Messages"]
    assert [] == failed(deliver.handler(batch(received["Body"]), CONTEXT))
    assert [ADDRESS] == [mail["To"] for mail in bench.mails()]
    subscriber = bench.subscribers.get(ADA)
    assert subscriber
    answer = subscribe.handler(request("POST", "/api/confirm", s=ADA, t=subscriber.question), CONTEXT)
    assert 200 == answer["statusCode"]
    confirmed = bench.subscribers.get(ADA)
    assert confirmed
    assert confirmed.is_confirmed
    logged = log.getvalue()
    assert ADA in logged
    assert not any(secret in logged for secret in (ADDRESS, "ada", subscriber.token, subscriber.question))


def test_an_event_of_ses_reaches_the_subscriber(bench: Bench) -> None:
    """A hard bounce in, a suppression out; a message that cannot be read comes again, and it alone."""
    bench.subscribe(ADDRESS)
    bodies = [(EVENTS / f"ses_{name}.json").read_text() for name in ("topic_validated", "bounce_permanent")]
    assert ["1"] == failed(feedback.handler(batch(bodies[0], "not JSON", bodies[1]), CONTEXT))
    subscriber = bench.subscribers.get(ADA)
    assert subscriber
    assert "suppressed" == subscriber.standing


def test_a_post_that_is_gone_opens_nothing() -> None:
    """Both kinds of message of IssueQueue are read, and neither fails over what is no more."""
    assert [] == failed(announce.handler(batch(EntryAppeared("posts/gone.md", CAUSE)), CONTEXT))
    assert [] == failed(announce.handler(batch(FreezeIssue("0" * 32, CAUSE)), CONTEXT))


def test_a_message_of_another_kind_fails_alone(bench: Bench) -> None:
    """The rest of the batch is done; a whole batch that fails comes back whole, without an exception."""
    bench.subscribe(ADDRESS, confirm=False)
    messages = batch(DeliverBatch("0" * 32, "a-000001", CAUSE), SendConfirmation(ADA, CAUSE))
    assert ["0"] == failed(deliver.handler(messages, CONTEXT))
    assert 1 == len(bench.mails())
    assert ["0"] == failed(announce.handler(batch("{}"), CONTEXT))


def test_a_failure_is_logged_with_what_it_was_about(bench: Bench, log: StringIO) -> None:
    """And what the next message logs has nothing of it."""
    bench.subscribe(ADDRESS, confirm=False)
    deliver.handler(batch(DeliverBatch("0" * 32, "a-000001", CAUSE), SendConfirmation(ADA, CAUSE)), CONTEXT)
    failure, question = map(json.loads, log.getvalue().splitlines())
    assert ("failed", "a-000001", "ContractError") == (failure["message"], failure["page"], failure["exception_name"])
    assert ("asked", "taken") == (question["message"], question["outcome"])
    assert "page" not in question


def test_a_spent_budget_of_confirmations_is_a_metric(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """The alarm reads it."""
    bench.subscribe(ADDRESS, confirm=False)
    bench.dynamodb.put_item(
        TableName="subscribers",
        Item={"pk": {"S": "BUDGET"}, "sk": {"S": clients.now().date().isoformat()}, "sent": {"N": "1000000"}},
    )
    assert [] == failed(deliver.handler(batch(SendConfirmation(ADA, CAUSE)), CONTEXT))
    (line,) = [line for line in capsys.readouterr().out.splitlines() if CONFIRMATION_BUDGET_SPENT in line]
    (kind,) = json.loads(line)["_aws"]["CloudWatchMetrics"]
    assert (METRICS_NAMESPACE, CONFIRMATION_BUDGET_SPENT) == (kind["Namespace"], kind["Metrics"][0]["Name"])


def test_a_visitor_is_asked_to_try_again_while_aws_recovers(bench: Bench) -> None:
    """No stack trace and no gateway's JSON, but a page."""
    bench.dynamodb.delete_table(TableName="subscribers")
    answer = subscribe.handler(request("POST", "/api/subscribe", email=ADDRESS), CONTEXT)
    assert 503 == answer["statusCode"]
    assert "try again" in answer["body"]


def test_the_clock_is_read_where_the_river_is_wired() -> None:
    """With its zone, so that nothing is compared with a time that has none."""
    assert isinstance(clients.now(), datetime)
    assert clients.now().tzinfo


def test_secrets_are_long_and_never_the_same() -> None:
    """32 random bytes each: there is nothing to guess."""
    assert len({clients.secret() for _ in range(100)}) == 100
    assert len(clients.secret()) >= 43
