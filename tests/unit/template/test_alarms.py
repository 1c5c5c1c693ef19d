"""Alarms and the dashboard: they can fire, and they show every dead-letter queue."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dropcap import observability
from dropcap.observability import CONFIRMATION_BUDGET_SPENT, METRICS_NAMESPACE, QUOTA_USED
from support.template import (
    ROOT,
    as_list,
    environment_of,
    names_in,
    nested,
    resources,
    sources_of,
    statements_of,
    the_name_in,
)

TEMPLATE = nested("observability")
ALARMS = resources("CloudWatch::Alarm", TEMPLATE)
FUNCTIONS = sorted(resources("Lambda::Function"))
LONGEST = 86_400
"""Seconds: CloudWatch evaluates at most one day."""


def replaced_by_their_consumer() -> set[str]:
    """Return the queues whose consumer puts waiting messages back as new ones, whose age starts again."""
    return {
        queue
        for function in FUNCTIONS
        for queue in {the_name_in(source["EventSourceArn"]) for source in sources_of(function)}
        for statement in statements_of(function)
        if "sqs:SendMessage" in as_list(statement["Action"]) and queue in names_in(statement["Resource"])
    }


def queue_of(alarm: dict[str, Any]) -> str | None:
    """Return the queue that ALARM watches, if it is one."""
    return next(
        (dimension["Value"]["Ref"] for dimension in alarm.get("Dimensions", ()) if dimension["Name"] == "QueueName"),
        None,
    )


@pytest.mark.parametrize("queue", ["ConfirmationQueue", "DeliveryQueue"])
def test_mails_that_wait_are_watched_by_their_number(queue: str) -> None:
    """Their age would begin again with each new message, and the alarm could never fire."""
    assert queue in replaced_by_their_consumer()
    metrics = [alarm["MetricName"] for alarm in ALARMS.values() if queue_of(dict(alarm)) == queue]
    assert ["ApproximateNumberOfMessagesDelayed"] == metrics


def test_answers_of_the_api_with_an_error_are_watched() -> None:
    """A handler that answers 503 is no error of Lambda's; the API counts it."""
    (alarm,) = [alarm for alarm in ALARMS.values() if alarm["Namespace"] == "AWS/ApiGateway"]
    assert ("5xx", [{"Name": "ApiId", "Value": {"Ref": "ApiId"}}]) == (alarm["MetricName"], alarm["Dimensions"])


def test_our_own_metrics_have_the_dimension_of_the_functions() -> None:
    """Powertools writes `service` with every metric; the alarm must name the same service."""
    own = [alarm for alarm in ALARMS.values() if alarm["Namespace"] == METRICS_NAMESPACE]
    assert {CONFIRMATION_BUDGET_SPENT, QUOTA_USED} == {alarm["MetricName"] for alarm in own}
    assert [[{"Name": "service", "Value": {"Ref": "Service"}}]] * 2 == [alarm["Dimensions"] for alarm in own]
    (stack,) = [stack for stack in resources("CloudFormation::Stack").values() if "Service" in stack["Parameters"]]
    assert environment_of("DeliverFunction")["POWERTOOLS_SERVICE_NAME"] == stack["Parameters"]["Service"]


def test_the_dashboard_shows_every_dead_letter_queue() -> None:
    """Those of uploads, pictures, views, mails and all others."""
    body = resources("CloudWatch::Dashboard", TEMPLATE)["Dashboard"]["DashboardBody"]["Fn::Sub"]
    (widget,) = [widget for widget in json.loads(body)["widgets"] if widget["properties"]["title"] == "Dead letters"]
    shown = {metric[3].strip("${}") for metric in widget["properties"]["metrics"]}
    assert {name for name in resources("SQS::Queue") if name.endswith("DeadLetters")} == shown


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_can_fire(name: str) -> None:
    """CloudWatch refuses an alarm that looks back for more than a day; each one says what to do."""
    alarm = ALARMS[name]
    assert alarm["Period"] * alarm["EvaluationPeriods"] <= LONGEST
    assert alarm["AlarmDescription"].endswith(".")


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_links_its_page_of_the_runbook(name: str) -> None:
    """The page has a symptom, causes, commands, and how to see that it is over."""
    page = re.search(r"See (docs/runbook/[a-z-]+\.md)\.$", ALARMS[name]["AlarmDescription"])
    assert page
    assert re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() == Path(page[1]).stem
    headings = re.findall(r"^## (.+)$", (ROOT / page[1]).read_text(encoding="utf-8"), re.MULTILINE)
    assert ["Symptom", "Cause", "Commands", "It is over when"] == headings


def test_each_page_of_the_runbook_has_an_alarm() -> None:
    """And each alarm has a page; README.md lists them."""
    pages = {path.stem for path in (ROOT / "docs" / "runbook").glob("*.md")} - {"README"}
    assert {re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in ALARMS} == pages


def test_alarms_on_metrics_of_dropcap_name_metrics_that_functions_write() -> None:
    """A misspelt name would never fire; the dashboard shows the same names."""
    written = {getattr(observability, name) for name in dir(observability) if name.isupper()}
    body = json.loads(resources("CloudWatch::Dashboard", TEMPLATE)["Dashboard"]["DashboardBody"]["Fn::Sub"])
    shown = {
        metric[1] for widget in body["widgets"] for metric in widget["properties"]["metrics"] if "Dropcap" == metric[0]
    }
    alarmed = {alarm["MetricName"] for alarm in ALARMS.values() if "Dropcap" == alarm["Namespace"]}
    assert alarmed <= shown <= written
