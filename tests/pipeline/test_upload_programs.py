"""The ways in which upload programs write, replayed: each ends in the same page, published and mailed once."""

from collections.abc import Callable
from typing import Any

import pytest

from dropcap_local.cloud import LocalCloud
from support.readers import subscribe

SITE = "title: The Quiet Hour\nnewsletter:\n  lateness_days: 9999\n  postal_address: 1 Example Street\n"
ENVIRONMENT = {"NEWS_SINCE": "2025-03-01", "GRACE_SECONDS": "0"}
POST = "---\ntitle: Naps\ndate: 2025-03-14\n---\nTwenty minutes.\n"
KEY = "content/posts/naps.md"


def in_parts(cloud: LocalCloud) -> None:
    """Upload in two parts, as programs do with large files."""
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    upload = s3.create_multipart_upload(Bucket=bucket, Key=KEY)["UploadId"]
    where: dict[str, Any] = {"Bucket": bucket, "Key": KEY, "UploadId": upload}
    part = s3.upload_part(**where, PartNumber=1, Body=POST.encode())
    cloud.settle()
    assert 404 == cloud.page("/naps/").status
    s3.complete_multipart_upload(**where, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})


def under_a_temporary_name(cloud: LocalCloud) -> None:
    """Upload under another name, copy, and delete, as programs do that rename."""
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    temporary = "content/posts/naps.md.filepart"
    s3.put_object(Bucket=bucket, Key=temporary, Body=POST)
    s3.copy_object(Bucket=bucket, Key=KEY, CopySource={"Bucket": bucket, "Key": temporary})
    s3.delete_object(Bucket=bucket, Key=temporary)


def as_a_hidden_file_first(cloud: LocalCloud) -> None:
    """Upload as `.naps.md.partial`, then under the name."""
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    s3.put_object(Bucket=bucket, Key="content/posts/.naps.md.partial", Body=POST)
    s3.put_object(Bucket=bucket, Key=KEY, Body=POST)
    s3.delete_object(Bucket=bucket, Key="content/posts/.naps.md.partial")


def with_folders_as_objects(cloud: LocalCloud) -> None:
    """Create an empty object for each folder, as file managers do."""
    s3, bucket = cloud.client("s3"), cloud.id("ContentBucket")
    for folder in ("content/", "content/posts/"):
        s3.put_object(Bucket=bucket, Key=folder, Body=b"")
    s3.put_object(Bucket=bucket, Key=KEY, Body=POST)


def again_and_again(cloud: LocalCloud) -> None:
    """Upload the same bytes three times, as programs do that compare times only."""
    for _ in range(3):
        cloud.client("s3").put_object(Bucket=cloud.id("ContentBucket"), Key=KEY, Body=POST)
        cloud.settle()


@pytest.mark.parametrize(
    "upload", [in_parts, under_a_temporary_name, as_a_hidden_file_first, with_folders_as_objects, again_and_again]
)
def test_a_post_is_published_and_mailed_once(upload: Callable[[LocalCloud], None]) -> None:
    """Each way of writing a file gives one page and one mail, and no report on files that the program left behind."""
    with LocalCloud(environment=ENVIRONMENT) as cloud:
        cloud.upload("site.yaml", SITE)
        subscribe(cloud, "ada@example.org")
        upload(cloud)
        cloud.settle()
        assert 200 == cloud.page("/naps/").status
        assert ["Naps"] == [mail["Subject"] for mail in cloud.mails() if "confirm" not in mail["Subject"]]
        assert "published" == (cloud.report("posts/naps.md") or {})["outcome"]
        pages = {key for key in cloud.site() if key.startswith(("naps", "posts"))}
        assert {"naps/index.html"} == {key for key in pages if key.endswith("index.html")}
