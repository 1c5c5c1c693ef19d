"""`dropcap cost`: counts of CloudWatch ▶ dollars, for posts and for mails."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from dropcap_cli.cli import main
from dropcap_cli.commands import cost
from dropcap_cli.costs.prices import price_list
from dropcap_cli.costs.usage import MAIL_RESOURCES, metrics_of
from dropcap_cli.deployment.account import AwsAccount
from dropcap_cli.remote.stack_resources import StackResource
from support.aws_answers import Answers, answering_session
from support.template import translated

RESOURCES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "RenderFunction": ("AWS::Lambda::Function", "render", {"MemorySize": 1024}),
    "DeliverFunction": ("AWS::Lambda::Function", "deliver", {"MemorySize": 512}),
    "ViewQueue": ("AWS::SQS::Queue", "https://sqs/1/views.fifo", {"FifoQueue": True}),
    "DeliveryQueue": ("AWS::SQS::Queue", "https://sqs/1/delivery", {}),
    "CatalogTable": ("AWS::DynamoDB::Table", "catalog", {}),
    "Distribution": ("AWS::CloudFront::Distribution", "E1", {}),
    "ViewerRequest": ("AWS::CloudFront::Function", "arn:aws:cloudfront::1:function/dropcap-in", {}),
    "Alarm": ("AWS::CloudWatch::Alarm", "alarm", {}),
}
SUMS = {
    ("Invocations", "render"): 100.0,
    ("Duration", "render"): 50_000.0,  # milliseconds
    ("Invocations", "deliver"): 10.0,
    ("NumberOfMessagesSent", "views.fifo"): 2_000.0,
    ("NumberOfMessagesSent", "delivery"): 40.0,
    ("ConsumedWriteCapacityUnits", "catalog"): 1_000_000.0,
    ("Requests", "E1"): 20_000_000.0,
    ("FunctionInvocations", "dropcap-in"): 20_000_000.0,
    ("Published", "dropcap"): 100.0,
    ("MailsSent", "dropcap"): 4_000.0,
}


def metric_data(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the daily sums of SUMS that the queries of REQUEST ask for, in two pieces."""
    results = []
    for query in request["MetricDataQueries"]:
        metric = query["MetricStat"]["Metric"]
        total = SUMS.get((metric["MetricName"], metric["Dimensions"][0]["Value"]))
        results.append({"Id": query["Id"], "Values": [total / 4, total * 3 / 4] if total else []})
    return {"MetricDataResults": results}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Return the answers of an account with a stack of RESOURCES."""
    template = {"Resources": {name: {"Type": kind, "Properties": more} for name, (kind, _, more) in RESOURCES.items()}}
    moment = datetime(2026, 3, 14, tzinfo=UTC)
    summaries = [
        {
            "LogicalResourceId": name,
            "ResourceType": kind,
            "PhysicalResourceId": physical,
            "ResourceStatus": "CREATE_COMPLETE",
            "LastUpdatedTimestamp": moment,
        }
        for name, (kind, physical, _) in RESOURCES.items()
    ]
    known: Answers = {
        ("cloudformation", "GetTemplate"): {"TemplateBody": json.dumps(template)},
        ("cloudformation", "ListStackResources"): {"StackResourceSummaries": summaries},
        ("cloudwatch", "GetMetricData"): metric_data,
    }
    session = answering_session(known)
    monkeypatch.setattr(cost, "account", lambda *_: AwsAccount(session, "123456789012", "eu-central-1"))
    return known


@pytest.mark.usefixtures("answers")
def test_the_cost_of_a_post_and_of_a_thousand_mails(capsys: pytest.CaptureFixture[str]) -> None:
    """Each is the list price of what its own functions, queues and tables used."""
    assert 0 == main(["cost", "--json"])
    account = json.loads(capsys.readouterr().out)
    assert (100, 4_000) == (account["published"], account["sent"])
    posts = 100 * 0.20e-6 + 50 * 0.0000133334 + 2_000 * 0.50e-6 + 0.625
    assert posts / 100 == pytest.approx(account["dollars_per_post"])
    mails = 10 * 0.20e-6 + 40 * 0.40e-6 + 4 * 0.10
    assert mails / 4 == pytest.approx(account["dollars_per_thousand_mails"])


@pytest.mark.usefixtures("answers")
def test_used_units_are_paid_after_the_free_ones(capsys: pytest.CaptureFixture[str]) -> None:
    """The free units of a month count for the days in question; readers are on the bill, but in no price of a post."""
    assert 0 == main(["cost", "--json", "--days", "15"])
    lines = {line["name"]: line for line in json.loads(capsys.readouterr().out)["used"]["lines"]}
    assert 0 == lines["lambda-request"]["dollars"]
    assert 15.0 == pytest.approx(lines["cdn-request"]["dollars"])
    assert 20.0 == pytest.approx(lines["cdn-request"]["list_price"])
    assert 1.9 == pytest.approx(lines["cdn-function"]["dollars"])


@pytest.mark.usefixtures("answers")
def test_the_cost_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    """With the date of the prices."""
    assert 0 == main(["cost"])
    output = capsys.readouterr().out
    assert "A thousand mails: 0.1" in output
    assert f"as of {price_list().as_of}" in output


def test_without_posts_and_mails_there_is_no_price_of_one(answers: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    """And no division by zero."""
    answers["cloudwatch", "GetMetricData"] = {"MetricDataResults": []}
    assert 0 == main(["cost"])
    assert "A post: no figure, because there was none in this period." in capsys.readouterr().out


def test_without_the_right_the_refused_call_is_named(answers: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2."""
    del answers["cloudwatch", "GetMetricData"]
    assert 2 == main(["cost"])
    assert "read the metrics in CloudWatch: AccessDenied" in capsys.readouterr().err


def test_every_metric_is_of_the_template_and_has_a_price() -> None:
    """The names of the resources that belong to the newsletter exist in the template."""
    resources = translated()["Resources"]
    assert set(resources) >= MAIL_RESOURCES
    listed = [StackResource(name, resource["Type"], name, stays=False) for name, resource in resources.items()]
    assert {metric.price for metric in metrics_of(listed, "dropcap")} - {""} <= set(price_list().prices)
