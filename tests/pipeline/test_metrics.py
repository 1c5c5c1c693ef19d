"""The metrics that the functions really write: names, units, values, and the dimension that alarms ask for."""

import json
from collections.abc import Mapping

import pytest

from dropcap import observability
from dropcap.aws.mail import Mail
from dropcap.newsletter.outcome import Outcome, SendResult
from dropcap_local.cloud import LocalCloud
from dropcap_local.moto_patches import ses_events
from support.emitted_metrics import EmittedMetrics, emitted_metrics
from support.readers import subscribe
from support.template import environment_of, nested, resources

SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
POST = "---\ntitle: Naps\ndate: 2025-03-14\n---\nAbout naps.\n"
READERS = {
    "ada@example.org": None,
    "bob@example.org": "bounce",
    "cyd@example.org": "complaint",
    "dot@example.org": "refused",
}
"""The result of the newsletter to each recipient."""
TEMPLATE = nested("observability")
COUNTED = {
    observability.PUBLISHED: 1,
    observability.REFUSED: 1,
    observability.MAILS_SENT: 3,
    observability.MAILS_REFUSED: 1,
    observability.MAILS_DELIVERED: 2,
    observability.MAILS_BOUNCED: 1,
    observability.MAILS_COMPLAINED: 1,
    observability.CONFIRMATION_BUDGET_SPENT: 1,
}
UNITS = {observability.SECONDS_TO_LIVE: "Seconds", observability.QUOTA_USED: "Percent"}
"""All others count."""


def publish_and_mail(cloud: LocalCloud, emitted: EmittedMetrics, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cause every metric: a post and its newsletter, a bad file, one request too many, a comparison."""
    cloud.upload("site.yaml", SITE)
    for reader in READERS:
        subscribe(cloud, reader)
    cloud.clock.advance(3600)  # the limits of the account are asked for again
    emitted.forget()
    monkeypatch.setattr(ses_events, "fate_of", lambda recipients: READERS.get(recipients[0]))
    send = Mail.send

    def refuse_one(mail: Mail, message: bytes, tags: Mapping[str, str]) -> SendResult:
        if b"To: dot@example.org" in message:
            return SendResult(Outcome.REFUSED, code="MessageRejected")
        return send(mail, message, tags)

    monkeypatch.setattr(Mail, "send", refuse_one)
    cloud.upload("posts/naps.md", POST)
    cloud.upload("posts/broken.md", "---\ntitle: [\n---\nNever closed.\n")
    cloud.settle()
    cloud.request("POST", "/api/subscribe", form={"email": "eve@example.org", "website": ""})
    cloud.settle()
    cloud.run_function("ReconcileFunction")


def test_every_metric_is_written_with_its_unit_and_its_dimension(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publications, refusals, seconds to live, mails by outcome: what alarms and the dashboard show exists."""
    environment = {"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0", "CONFIRMATIONS_A_DAY": str(len(READERS))}
    with emitted_metrics() as emitted, LocalCloud(environment=environment) as cloud:
        publish_and_mail(cloud, emitted, monkeypatch)
        service = cloud.stack.functions["PublishFunction"].environment["POWERTOOLS_SERVICE_NAME"]
    assert COUNTED == {name: sum(emitted.values(name)) for name in COUNTED}
    assert all(0 <= seconds < 3600 for seconds in emitted.values(observability.SECONDS_TO_LIVE))
    assert all(0 < percent < 1 for percent in emitted.values(observability.QUOTA_USED))
    assert {(observability.METRICS_NAMESPACE, "service", service)} == {
        (metric.namespace, *pair) for metric in emitted.all() for pair in metric.dimensions.items()
    }
    assert {(name, UNITS.get(name, "Count")) for name in (*COUNTED, *UNITS, observability.RECONCILED)} == {
        (metric.name, metric.unit) for metric in emitted.all()
    }
    assert asked_for() <= {(metric.namespace, metric.name, *metric.dimensions) for metric in emitted.all()}


def asked_for() -> set[tuple[str, ...]]:
    """Return namespace, name and dimensions of our metrics in alarms and in the dashboard."""
    body = json.loads(resources("CloudWatch::Dashboard", TEMPLATE)["Dashboard"]["DashboardBody"]["Fn::Sub"])
    shown = [metric[:3] for widget in body["widgets"] for metric in widget["properties"]["metrics"]]
    alarms = resources("CloudWatch::Alarm", TEMPLATE).values()
    alarmed = [
        [alarm["Namespace"], alarm["MetricName"], *(dimension["Name"] for dimension in alarm.get("Dimensions", ()))]
        for alarm in alarms
    ]
    return {tuple(metric) for metric in (*shown, *alarmed) if metric[0] == observability.METRICS_NAMESPACE}


@pytest.mark.parametrize("function", sorted(resources("Lambda::Function")))
def test_each_function_writes_its_metrics_under_the_name_of_the_stack(function: str) -> None:
    """The alarm's `service` is the stack's name, too."""
    assert {"Ref": "AWS::StackName"} == environment_of(function)["POWERTOOLS_SERVICE_NAME"]
