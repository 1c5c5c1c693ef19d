"""The content bucket, as its authors see it: sources, their versions, and reports.

A refusal by AWS becomes a UsageError: only the user can correct credentials, permissions or names.
"""

import json
import mimetypes
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from dropcap.aws.failures import code_of, is_missing
from dropcap.contracts import CONTENT
from dropcap.site.reports.report import report_name
from dropcap_local.usage_error import UsageError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PARALLEL_READS = 16
"""How many reports are read at a time."""
REPORTS = "reports/"

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A removed source: its newest VERSION, its SIZE in bytes, and when it was WRITTEN and REMOVED."""

    key: str
    version: str
    size: int
    written: datetime
    removed: datetime


class ContentBucket:
    """One bucket. All methods raise UsageError if AWS refuses, or cannot be reached."""

    def __init__(self, client: "S3Client", name: str) -> None:
        """Use the bucket NAME through CLIENT."""
        self.client = client
        self.name = name

    def upload(self, key: str, body: bytes) -> str:
        """Write BODY as source KEY; return its ETag."""
        kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        with reporting_refusals(f"write {CONTENT}{key} to {self.name}"):
            response = self.client.put_object(Bucket=self.name, Key=CONTENT + key, Body=body, ContentType=kind)
        return response["ETag"].strip('"')

    def read_removed(self, file: RemovedFile) -> bytes:
        """Return the bytes of the newest version of FILE."""
        key = CONTENT + file.key
        with reporting_refusals(f"read {key} in {self.name}"):
            return self.client.get_object(Bucket=self.name, Key=key, VersionId=file.version)["Body"].read()

    def has(self, key: str) -> bool:
        """Return whether the source KEY exists."""
        with reporting_refusals(f"look at {CONTENT}{key} in {self.name}"):
            try:
                self.client.head_object(Bucket=self.name, Key=CONTENT + key)
            except ClientError as error:
                if is_missing(error):
                    return False
                raise
        return True

    def report(self, key: str) -> JSON | None:
        """Return the report on source KEY, None if there is none."""
        return self._json(f"{REPORTS}{report_name(key)}.json")

    def reports(self, prefix: str) -> Iterator[JSON]:
        """Return the reports on all sources whose keys begin with PREFIX, by key; several are read at a time."""
        with ThreadPoolExecutor(PARALLEL_READS) as readers:
            for page in self._pages(REPORTS + prefix):
                names = [entry["Key"] for entry in page if entry["Key"].endswith(".json")]
                yield from filter(None, readers.map(self._json, names))

    def report_versions(self) -> Iterator[tuple[str, str]]:
        """Yield (name, ETag) of every report for programs, by name."""
        for page in self._pages(REPORTS):
            yield from ((entry["Key"], entry["ETag"]) for entry in page if entry["Key"].endswith(".json"))

    def report_at(self, name: str) -> JSON | None:
        """Return the report with the NAME that `report_versions` yields, None if it is gone."""
        return self._json(name)

    def removed(self, prefix: str, since: datetime | None) -> Iterator[RemovedFile]:
        """Return the sources under PREFIX of which only versions are left, removed SINCE that time, by key."""
        with reporting_refusals(f"list the versions in {self.name}"):
            pages = self.client.get_paginator("list_object_versions").paginate(
                Bucket=self.name, Prefix=CONTENT + prefix
            )
            markers: dict[str, datetime] = {}
            for page in pages:
                markers |= {
                    marker["Key"]: marker["LastModified"]
                    for marker in page.get("DeleteMarkers", ())
                    if marker["IsLatest"]
                }
                for version in page.get("Versions", ()):
                    # The first version after a marker is the newest; a marker whose versions have expired has none.
                    removed = markers.pop(version["Key"], None)
                    if removed is not None and (since is None or removed >= since):
                        key = version["Key"].removeprefix(CONTENT)
                        yield RemovedFile(key, version["VersionId"], version["Size"], version["LastModified"], removed)

    def restore(self, file: RemovedFile) -> bool:
        """Write the newest version of FILE again; return False if a newer file has its key."""
        key = CONTENT + file.key
        with reporting_refusals(f"copy {key} in {self.name}"):
            try:
                self.client.copy_object(
                    Bucket=self.name,
                    Key=key,
                    CopySource={"Bucket": self.name, "Key": key, "VersionId": file.version},
                    IfNoneMatch="*",
                )
            except ClientError as error:
                if code_of(error) in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}:
                    return False
                raise
        return True

    def _json(self, name: str) -> JSON | None:
        """Return the object NAME; None if there is none.

        To an author, who may list parts of the bucket only, S3 answers 403 instead of 404 for a missing object.
        """
        with reporting_refusals(f"read {name} in {self.name}"):
            try:
                body = self.client.get_object(Bucket=self.name, Key=name)["Body"].read()
            except ClientError as error:
                if is_missing(error) or code_of(error) == "AccessDenied":
                    return None
                raise
        content: JSON = json.loads(body)
        return content

    def _pages(self, prefix: str) -> Iterator[Sequence[Any]]:
        with reporting_refusals(f"list {prefix} in {self.name}"):
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
                yield page.get("Contents", ())


@contextmanager
def reporting_refusals(action: str) -> Iterator[None]:
    """Turn the errors of botocore in this block into UsageError; ACTION completes "cannot …"."""
    try:
        yield
    except ClientError as error:
        message = (
            f"AWS does not let you {action}: {code_of(error)}. {error.response['Error'].get('Message', '')}".rstrip()
        )
        raise UsageError(message) from error
    except BotoCoreError as error:
        message = f"Cannot {action}: {error}"
        raise UsageError(message) from error
