"""Buckets and tables."""

from collections.abc import Mapping
from typing import Any

from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def bucket(request: ResourceRequest) -> CreatedResource:
    """Make a bucket, with its versions and its notifications."""
    name = request.properties.get("BucketName", request.name.lower())
    s3 = request.client("s3")
    elsewhere = {} if request.region == "us-east-1" else {"LocationConstraint": request.region}
    s3.create_bucket(Bucket=name, **({"CreateBucketConfiguration": elsewhere} if elsewhere else {}))
    if versioning := request.properties.get("VersioningConfiguration"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=versioning)
    if notifications := request.properties.get("NotificationConfiguration"):
        s3.put_bucket_notification_configuration(Bucket=name, NotificationConfiguration=_notifications(notifications))
    domains = {
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{request.region}.amazonaws.com",
    }
    return CreatedResource(name, {"Arn": f"arn:aws:s3:::{name}", **domains})


def _notifications(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return CloudFormation's notification configuration in the form of the S3 API."""
    if unknown := configuration.keys() - {"QueueConfigurations"}:
        message = f"The local cloud sends a bucket's notifications to queues only, not {', '.join(sorted(unknown))}."
        raise TemplateError(message)
    return {
        "QueueConfigurations": [
            {
                "QueueArn": notification["Queue"],
                "Events": [notification["Event"]],
                "Filter": {"Key": {"FilterRules": notification.get("Filter", {}).get("S3Key", {}).get("Rules", [])}},
            }
            for notification in configuration["QueueConfigurations"]
        ]
    }


def table(request: ResourceRequest) -> CreatedResource:
    """Make a table, with its stream."""
    name = request.properties.get("TableName", request.name)
    same = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
    options = {key: request.properties[key] for key in same if key in request.properties}
    if stream := request.properties.get("StreamSpecification"):
        options["StreamSpecification"] = {"StreamEnabled": True, **stream}
    table = request.client("dynamodb").create_table(TableName=name, **options)["TableDescription"]
    return CreatedResource(name, {"Arn": table["TableArn"], "StreamArn": table.get("LatestStreamArn", "")})
