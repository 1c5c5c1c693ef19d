"""The real template stands in the local cloud as it is written, and a wrong one does not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dropcap_local.clients import Clients
from dropcap_local.deploy.deployment import LOCAL_PARAMETERS, deploy
from dropcap_local.deploy.stack import DeployedStack, EventSource, Route
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.moto_patches.patches import moto_patched
from support.bare_aws import bare_aws

ROOT = Path(__file__).parents[3]


@pytest.fixture
def clients() -> Iterator[Clients]:
    """Provide an AWS account in which nothing is deployed."""
    with bare_aws() as aws, moto_patched():
        yield aws


@pytest.fixture
def stack(clients: Clients) -> DeployedStack:  # noqa: ARG001 - it is deployed there
    """Deploy the real template."""
    return deploy(ROOT / "template.yaml")


def _sources(stack: DeployedStack, function: str) -> dict[str, EventSource]:
    return {
        source.arn.split(":", 5)[5].split("/stream/")[0]: source
        for source in stack.sources
        if source.function == function
    }


def test_every_function_knows_the_resources_it_names(stack: DeployedStack) -> None:
    """No variable is left empty by mistake, and the layer is the folder it is made of."""
    publish = stack.functions["PublishFunction"]
    assert "publish.handler" == publish.handler
    assert stack.ids["SiteBucket"] == publish.environment["SITE_BUCKET"]
    assert str(ROOT / "templates") == publish.environment["TEMPLATES_DIR"]
    assert stack.ids["Cdn.Distribution"] == stack.functions["RefreshFunction"].environment["DISTRIBUTION_ID"]
    optional = {"NEWS_SINCE", "LATENESS_DAYS", "TRUSTED_PREFIXES", "ORIGIN_SECRETS"}
    empty = {name for function in stack.functions.values() for name, value in function.environment.items() if not value}
    assert set() == empty - optional


def test_sources_are_polled_as_the_template_says(stack: DeployedStack) -> None:
    """Batch size, window, retries, destination and concurrency come from the functions' events."""
    index = _sources(stack, "IndexFunction")
    changes = index["table/dropcap-CatalogTable"]
    assert ("stream", 1000, 0, True) == (changes.kind, changes.batch_size, changes.window, changes.report_failures)
    assert changes.maximum_retries is not None
    assert stack.queues[str(changes.on_failure_arn)].logical_id == "IndexDeadLetters"
    tags = _sources(stack, "RefreshFunction")["dropcap-EdgeQueue"]
    assert ("sqs", 1000, 9, 2) == (tags.kind, tags.batch_size, tags.window, tags.maximum_concurrency)


def test_every_source_can_be_received_from(stack: DeployedStack, clients: Clients) -> None:
    """Each queue that a function reads exists, with a visibility timeout of at least six times the function's."""
    for source in stack.sources:
        if source.kind == "sqs":
            queue = stack.queues[source.arn]
            assert queue.visibility >= 6 * stack.functions[source.function].timeout
            clients.client("sqs").receive_message(QueueUrl=queue.url)


def test_dead_letters_have_a_place(stack: DeployedStack) -> None:
    """Each queue that a function reads gives up into another queue of the stack."""
    for source in stack.sources:
        if source.kind == "sqs":
            queue = stack.queues[source.arn]
            assert queue.dead_letter_arn in stack.queues
            assert queue.maximum_receives


def test_the_views_queue_is_first_in_first_out(stack: DeployedStack) -> None:
    """One writer a view: the message group."""
    assert ["UnmadeDeadLetters", "ViewQueue"] == sorted(
        queue.logical_id for queue in stack.queues.values() if queue.fifo
    )


def test_the_routes_of_the_api_lead_to_its_function(stack: DeployedStack) -> None:
    """Subscribing is a POST; links in mails are GET, HEAD and POST; the function answers every other request too."""
    expected = {("POST", "/api/subscribe"), ("ANY", "$default")}
    expected |= {(method, f"/api/{page}") for page in ("confirm", "unsubscribe") for method in ("GET", "HEAD", "POST")}
    assert {Route(method, path, "SubscribeFunction") for method, path in expected} == set(stack.routes)


def test_only_objects_below_content_are_notified(stack: DeployedStack, clients: Clients) -> None:
    """Sources send for themselves, journals and reports in the same bucket do not; so do removals."""
    s3, bucket = clients.client("s3"), stack.ids["ContentBucket"]
    for key in ("content/posts/a.md", "history/posts/a.md.json", "reports/posts/a.md.json"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"# Sleep")
    s3.delete_object(Bucket=bucket, Key="content/posts/a.md")
    sqs = clients.client("sqs")
    messages = sqs.receive_message(QueueUrl=stack.ids["UploadQueue"], MaxNumberOfMessages=10)["Messages"]
    events = [json.loads(message["Body"]) for message in messages]
    assert ["s3:TestEvent"] == [event["Event"] for event in events if "Event" in event]
    names = [record["eventName"] for event in events for record in event.get("Records", [])]
    assert ["ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated"] == names


def test_mail_events_reach_the_feedback_queue(stack: DeployedStack, clients: Clients) -> None:
    """From SES by the configuration set, its topic and the subscription, as the template ties them together."""
    environment = stack.functions["DeliverFunction"].environment
    clients.client("sesv2").send_email(
        FromEmailAddress=environment["MAIL_FROM"],
        Content={"Raw": {"Data": b"From: news@example.org\r\nTo: ann@example.com\r\n\r\nHello\r\n"}},
        ConfigurationSetName=environment["MAIL_CONFIGURATION_SET"],
    )
    sqs = clients.client("sqs")
    messages = sqs.receive_message(QueueUrl=stack.ids["FeedbackQueue"], MaxNumberOfMessages=10)["Messages"]
    assert ["Send", "Delivery"] == [json.loads(message["Body"])["eventType"] for message in messages]


def test_the_cdn_accepts_invalidations(stack: DeployedStack, clients: Clients) -> None:
    """The distribution exists, and takes a cache tag among an invalidation's paths."""
    batch = {"Paths": {"Quantity": 1, "Items": ["#lists"]}, "CallerReference": "once"}
    answer = clients.client("cloudfront").create_invalidation(
        DistributionId=stack.functions["RefreshFunction"].environment["DISTRIBUTION_ID"],
        InvalidationBatch=batch,  # type: ignore[arg-type]  # a plain mapping
    )
    assert ["#lists"] == answer["Invalidation"]["InvalidationBatch"]["Paths"]["Items"]


def test_parameters_can_be_given(clients: Clients) -> None:  # noqa: ARG001 - it is deployed there
    """The operator's parameters set the site's domain and the grace period."""
    parameters = {**LOCAL_PARAMETERS, "SiteDomain": "sleep.example.com", "GraceSeconds": "0"}
    stack = deploy(ROOT / "template.yaml", parameters)
    assert "https://sleep.example.com" == stack.outputs["SiteUrl"]
    assert "0" == stack.functions["AnnounceFunction"].environment["GRACE_SECONDS"]


QUEUE = "{Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt %s.QueueName}}"


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("Resources: {Place: {Type: AWS::ECS::Cluster}}", "Place is a AWS::ECS::Cluster"),
        (f"Resources: {{A: {QUEUE % 'B'}, B: {QUEUE % 'A'}}}", "a cycle, A needs B needs A"),
        (f"Resources: {{A: {QUEUE % 'C'}}}", "no resource or parameter C"),
        (
            "Resources: {A: {Type: AWS::SQS::Queue}}\nOutputs: {O: {Value: !GetAtt A.Colour}}",
            "A has no attribute Colour",
        ),
        ("Parameters: {Host: {Type: String}}\nResources: {}", "needs a value for Host"),
    ],
)
def test_a_template_that_cannot_work_is_refused(
    clients: Clients,  # noqa: ARG001 - it would be deployed there
    tmp_path: Path,
    template: str,
    complaint: str,
) -> None:
    """The message says which resource, and what about it; nothing is dropped silently."""
    (tmp_path / "template.yaml").write_text(template)
    with pytest.raises(TemplateError, match=complaint):
        deploy(tmp_path / "template.yaml", {})


def test_a_parameter_that_the_template_does_not_know_is_refused(clients: Clients) -> None:  # noqa: ARG001
    """A typing mistake would otherwise deploy the default."""
    with pytest.raises(TemplateError, match="no parameter SiteDomian"):
        deploy(ROOT / "template.yaml", {**LOCAL_PARAMETERS, "SiteDomian": "x"})
