"""The events of the content bucket, which a test may switch off."""

from collections.abc import Iterator
from contextlib import contextmanager

from dropcap_local.cloud import LocalCloud


@contextmanager
def without_events(cloud: LocalCloud) -> Iterator[None]:
    """Switch off the events of the content bucket of CLOUD in this block."""
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    configured = s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    yield
    s3.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"QueueConfigurations": configured}
    )
