"""Buckets and tables, made in moto directly: through botocore, both sides would read models and make routes of them."""

from collections.abc import Mapping
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.deploy.template_error import TemplateError
from dropcap_local.resources.resource import CreatedResource, ResourceRequest


def bucket(request: ResourceRequest) -> CreatedResource:
    """Make a bucket, with its versions and its notifications."""
    name = request.properties.get("BucketName", request.name.lower())
    s3 = s3_backends[ACCOUNT]["aws"]
    s3.create_bucket(name, request.region)
    if versioning := request.properties.get("VersioningConfiguration"):
        s3.put_bucket_versioning(name, versioning["Status"])
    if notifications := request.properties.get("NotificationConfiguration"):
        s3.put_bucket_notification_configuration(name, _notifications(notifications))
    domains = {
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{request.region}.amazonaws.com",
    }
    return CreatedResource(name, {"Arn": f"arn:aws:s3:::{name}", **domains})


def _notifications(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return CloudFormation's notification configuration as moto reads it from a request of the S3 API."""
    if unknown := configuration.keys() - {"QueueConfigurations"}:
        message = f"The local cloud sends a bucket's notifications to queues only, not {', '.join(sorted(unknown))}."
        raise TemplateError(message)
    return {
        "QueueConfiguration": [
            {
                "Queue": notification["Queue"],
                "Event": [notification["Event"]],
                "Filter": {"S3Key": {"FilterRule": notification.get("Filter", {}).get("S3Key", {}).get("Rules", [])}},
            }
            for notification in configuration["QueueConfigurations"]
        ]
    }


def table(request: ResourceRequest) -> CreatedResource:
    """Make a table, with its stream."""
    name = request.properties.get("TableName", request.name)
    properties = request.properties
    stream = properties.get("StreamSpecification")
    made = dynamodb_backends[ACCOUNT][request.region].create_table(
        name,
        schema=properties["KeySchema"],
        throughput=None,
        attr=properties["AttributeDefinitions"],
        global_indexes=properties.get("GlobalSecondaryIndexes", []),
        indexes=properties.get("LocalSecondaryIndexes", []),
        streams={"StreamEnabled": True, **stream} if stream else None,
        billing_mode=properties["BillingMode"],
        sse_specification=None,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )
    described = made.describe()["TableDescription"]
    return CreatedResource(name, {"Arn": described["TableArn"], "StreamArn": described.get("LatestStreamArn", "")})
