"""Empty a bucket: its objects, their versions, and the marks of deletions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dropcap_cli.remote.bucket import reporting_refusals
from dropcap_local.usage_error import UsageError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef


def count_objects(client: "S3Client", bucket: str) -> int:
    """Return the number of objects in BUCKET, without their older versions; raise UsageError if AWS refuses."""
    with reporting_refusals(f"list {bucket}"):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return sum(page["KeyCount"] for page in pages)


def empty_bucket(client: "S3Client", bucket: str, show: Callable[[str], None]) -> int:
    """Delete every version of every object in BUCKET, and return how many; SHOW is called with the progress.

    Raise UsageError if AWS refuses; what was deleted until then is gone, and another run goes on from there.
    """
    deleted = 0
    with reporting_refusals(f"empty {bucket}"):
        for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket):
            versions: list[ObjectIdentifierTypeDef] = [
                {"Key": version["Key"], "VersionId": version["VersionId"]}
                for version in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            ]
            if not versions:
                continue
            answer = client.delete_objects(Bucket=bucket, Delete={"Objects": versions, "Quiet": True})
            if errors := answer.get("Errors"):
                raise UsageError(
                    f"{errors[0].get('Key')} in {bucket} was not deleted: {errors[0].get('Message')}. "
                    "Correct your permissions, and run the command again."
                )
            deleted += len(versions)
            show(f"{deleted} versions deleted from {bucket}")
    return deleted
