"""The usage of a deployed stack in a number of days, from CloudWatch's metrics, by the names of the price list."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dropcap.observability import MAILS_SENT, METRICS_NAMESPACE, PUBLISHED
from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_cli.remote.stack_resources import StackResource

GIGABYTE: Final = 1024.0**3
DAY: Final = 86_400
AT_A_TIME: Final = 500
"""GetMetricData takes so many queries."""
DEFAULT_MEMORY: Final = 128
MAIL_FUNCTIONS: Final = frozenset({"AnnounceFunction", "DeliverFunction", "FeedbackFunction", "SubscribeFunction"})
MAIL_RESOURCES: Final = MAIL_FUNCTIONS | {
    "IssueQueue", "DeliveryQueue", "FeedbackQueue", "ConfirmationQueue", "NewsletterTable", "SubscribersTable",
    "PublicApi",
}  # fmt: skip
"""Resources whose use is counted for mails; the use of all others is counted for posts."""
READERS: Final = frozenset({"cdn-request", "cdn-gb", "cdn-function"})
"""Prices that are counted for neither, because they are paid for readers."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of CloudWatch, and what it means: each unit of its sum is FACTOR units of the price PRICE.

    FOR_MAILS says which side the use belongs to. An empty PRICE means a count that costs nothing.
    """

    price: str
    namespace: str
    name: str
    dimensions: Mapping[str, str]
    factor: float = 1.0
    for_mails: bool = False
    region: str = ""
    """Where the metric is, if not in the stack's region."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Units by the names of the price list, for POSTS and for MAILS, and how many posts and mails there were."""

    posts: Counter[str]
    mails: Counter[str]
    readers: Counter[str]
    published: float
    sent: float


def metrics_of(resources: Iterable[StackResource], stack: str) -> list[Metric]:
    """Return every metric that counts what RESOURCES of the STACK use."""
    own = [metric for resource in resources for metric in _metrics(resource)]
    return [
        *own,
        Metric("mail", METRICS_NAMESPACE, MAILS_SENT, {"service": stack}, for_mails=True),
        Metric("", METRICS_NAMESPACE, PUBLISHED, {"service": stack}),
    ]


def _metrics(resource: StackResource) -> Iterator[Metric]:
    for_mails, name = resource.logical_id in MAIL_RESOURCES, resource.name
    match resource.kind:
        case "AWS::Lambda::Function":
            gigabytes = float(resource.properties.get("MemorySize", DEFAULT_MEMORY)) / 1024
            at = {"FunctionName": name}
            yield Metric("lambda-request", "AWS/Lambda", "Invocations", at, 1.0, for_mails)
            yield Metric("lambda-gb-second", "AWS/Lambda", "Duration", at, gigabytes / 1_000, for_mails)
        case "AWS::SQS::Queue":
            price = "sqs-fifo-request" if name.endswith(".fifo") else "sqs-request"
            for count in ("NumberOfMessagesSent", "NumberOfMessagesReceived", "NumberOfMessagesDeleted"):
                yield Metric(price, "AWS/SQS", count, {"QueueName": name.rpartition("/")[2]}, 1.0, for_mails)
        case "AWS::DynamoDB::Table":
            for price, count in (
                ("dynamodb-read", "ConsumedReadCapacityUnits"),
                ("dynamodb-write", "ConsumedWriteCapacityUnits"),
            ):
                yield Metric(price, "AWS/DynamoDB", count, {"TableName": name}, 1.0, for_mails)
        case "AWS::CloudFront::Distribution":
            at = {"DistributionId": name, "Region": "Global"}
            yield Metric("cdn-request", "AWS/CloudFront", "Requests", at, region="us-east-1")
            yield Metric("cdn-gb", "AWS/CloudFront", "BytesDownloaded", at, 1 / GIGABYTE, region="us-east-1")
        case "AWS::CloudFront::Function":  # its physical id is its ARN
            at = {"FunctionName": name.rpartition("/")[2], "Region": "Global"}
            yield Metric("cdn-function", "AWS/CloudFront", "FunctionInvocations", at, region="us-east-1")
        case "AWS::ApiGatewayV2::Api":
            yield Metric("api-request", "AWS/ApiGateway", "Count", {"ApiId": name}, 1.0, for_mails)
        case "AWS::Logs::LogGroup":
            mails = resource.logical_id.replace("Logs", "Function") in MAIL_FUNCTIONS
            yield Metric("logs-gb", "AWS/Logs", "IncomingBytes", {"LogGroupName": name}, 1 / GIGABYTE, mails)


def sums(client: Any, metrics: Sequence[Metric], since: datetime, until: datetime) -> list[float]:  # noqa: ANN401  # a boto3 client
    """Return the sum of each of METRICS between two times, 0 if CloudWatch has no value."""
    totals = [0.0] * len(metrics)
    for start in range(0, len(metrics), AT_A_TIME):
        queries = [
            {
                "Id": f"m{start + number}",
                "MetricStat": {
                    "Metric": {
                        "Namespace": metric.namespace,
                        "MetricName": metric.name,
                        "Dimensions": [{"Name": name, "Value": value} for name, value in metric.dimensions.items()],
                    },
                    "Period": DAY,
                    "Stat": "Sum",
                },
            }
            for number, metric in enumerate(metrics[start : start + AT_A_TIME])
        ]
        with reporting_refusals("read the metrics in CloudWatch"):
            pages = client.get_paginator("get_metric_data").paginate(
                MetricDataQueries=queries, StartTime=since, EndTime=until
            )
            for page in pages:
                for result in page["MetricDataResults"]:
                    totals[int(result["Id"][1:])] += sum(result["Values"])
    return totals


def usage_of(metrics: Sequence[Metric], totals: Sequence[float]) -> Usage:
    """Return the usage according to METRICS with these TOTALS."""
    usage = Usage(Counter(), Counter(), Counter(), 0.0, 0.0)
    published = sent = 0.0
    for metric, total in zip(metrics, totals, strict=True):
        published += total if metric.name == PUBLISHED else 0.0
        sent += total if metric.name == MAILS_SENT else 0.0
        side = usage.readers if metric.price in READERS else usage.mails if metric.for_mails else usage.posts
        if metric.price:
            side[metric.price] += total * metric.factor  # type: ignore[assignment]  # a Counter adds any number
    return Usage(usage.posts, usage.mails, usage.readers, published, sent)
