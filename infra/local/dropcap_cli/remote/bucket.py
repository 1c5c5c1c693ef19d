"""The content bucket, as whoever may write to it sees it: sources, their versions, and reports.

What AWS refuses is told as wrong use, with what to do: nobody but the person at the keyboard can put it right.
"""

import json
import mimetypes
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from dropcap.aws.failures import code_of, is_missing
from dropcap.contracts import CONTENT
from dropcap.site.reports.report import report_name
from dropcap_local.usage_error import UsageError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

AT_ONCE = 16
"""So many reports are read at a time."""
REPORTS = "reports/"

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Removed:
    """A source that is not there any more: its newest VERSION, of SIZE bytes, written at WRITTEN and REMOVED then."""

    key: str
    version: str
    size: int
    written: datetime
    removed: datetime


class ContentBucket:
    """One bucket. All methods raise UsageError where AWS refuses, or nobody answers."""

    def __init__(self, client: "S3Client", name: str) -> None:
        """Take the CLIENT to ask, and the bucket's NAME."""
        self.client = client
        self.name = name

    def upload(self, key: str, place: Path) -> str:
        """Write the file at PLACE as source KEY; give its ETag."""
        kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        with told(f"write {CONTENT}{key} to {self.name}"):
            answer = self.client.put_object(
                Bucket=self.name, Key=CONTENT + key, Body=place.read_bytes(), ContentType=kind
            )
        return answer["ETag"].strip('"')

    def has(self, key: str) -> bool:
        """Say whether the source KEY is there."""
        with told(f"look at {CONTENT}{key} in {self.name}"):
            try:
                self.client.head_object(Bucket=self.name, Key=CONTENT + key)
            except ClientError as error:
                if is_missing(error):
                    return False
                raise
        return True

    def report(self, key: str) -> JSON | None:
        """Give the report on source KEY, if there is one."""
        return self._json(f"{REPORTS}{report_name(key)}.json")

    def reports(self, prefix: str) -> Iterator[JSON]:
        """Give the reports on all sources whose keys begin with PREFIX, by key; several are read at a time."""
        with ThreadPoolExecutor(AT_ONCE) as readers:
            for page in self._pages(REPORTS + prefix):
                names = [one["Key"] for one in page if one["Key"].endswith(".json")]
                yield from filter(None, readers.map(self._json, names))

    def removed(self, prefix: str, since: datetime | None) -> Iterator[Removed]:
        """Give the sources under PREFIX of which only versions are left, removed SINCE then, by key."""
        with told(f"list the versions in {self.name}"):
            pages = self.client.get_paginator("list_object_versions").paginate(
                Bucket=self.name, Prefix=CONTENT + prefix
            )
            gone: dict[str, datetime] = {}
            for page in pages:
                gone |= {
                    mark["Key"]: mark["LastModified"] for mark in page.get("DeleteMarkers", ()) if mark["IsLatest"]
                }
                for one in page.get("Versions", ()):
                    # The first version after the mark is the newest; a mark whose versions have expired has none.
                    when = gone.pop(one["Key"], None)
                    if when is not None and (since is None or when >= since):
                        key = one["Key"].removeprefix(CONTENT)
                        yield Removed(key, one["VersionId"], one["Size"], one["LastModified"], when)

    def bring_back(self, removed: Removed) -> bool:
        """Write what was REMOVED anew, unless something has that key by now; say whether it was written."""
        key = CONTENT + removed.key
        with told(f"copy {key} in {self.name}"):
            try:
                self.client.copy_object(
                    Bucket=self.name,
                    Key=key,
                    CopySource={"Bucket": self.name, "Key": key, "VersionId": removed.version},
                    IfNoneMatch="*",
                )
            except ClientError as error:
                if code_of(error) in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}:
                    return False
                raise
        return True

    def _json(self, name: str) -> JSON | None:
        with told(f"read {name} in {self.name}"):
            try:
                body = self.client.get_object(Bucket=self.name, Key=name)["Body"].read()
            except ClientError as error:
                if is_missing(error):
                    return None
                raise
        read: JSON = json.loads(body)
        return read

    def _pages(self, prefix: str) -> Iterator[Sequence[Any]]:
        with told(f"list {prefix} in {self.name}"):
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=prefix):
                yield page.get("Contents", ())


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn what botocore raises in this block into UsageError, which says WHAT was tried."""
    try:
        yield
    except ClientError as error:
        message = (
            f"AWS does not let you {what}: {code_of(error)}. {error.response['Error'].get('Message', '')}".rstrip()
        )
        raise UsageError(message) from error
    except BotoCoreError as error:
        message = f"Cannot {what}: {error}"
        raise UsageError(message) from error
