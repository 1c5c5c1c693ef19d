"""The names of objects in a bucket, a page at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dropcap.aws.failures import service_errors

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectTypeDef


def listed_after(client: "S3Client", bucket: str, prefix: str, after: str, most: int) -> "Sequence[ObjectTypeDef]":
    """Return at MOST so many objects of BUCKET whose keys begin with PREFIX, in the order of their keys.

    They come after the key AFTER, which may be empty. Fewer than MOST are all that there are: S3 may end an answer
    before that (ListObjectsV2, `MaxKeys`), and is asked on. Raises ServiceError.
    """
    objects: list[ObjectTypeDef] = []
    place = {"StartAfter": after} if after else {}
    while True:
        with service_errors(f"ListObjectsV2 {prefix}"):
            answer = client.list_objects_v2(
                Bucket=bucket,
                Prefix=prefix,
                MaxKeys=most - len(objects),
                **place,  # type: ignore[arg-type]  # one key
            )
        objects += answer.get("Contents", ())
        if len(objects) >= most or not answer.get("IsTruncated"):
            return objects
        place = {"ContinuationToken": answer["NextContinuationToken"]}
