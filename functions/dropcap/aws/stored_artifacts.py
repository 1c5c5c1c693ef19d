"""The artifact bucket as a whole: the versions of its objects, and the record of unneeded ones."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from dropcap.aws.failures import service_errors, unless_missing
from dropcap.errors import ServiceError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FOLDERS = ("fragments/", "bodies/", "renditions/")
"""Folders to which Catalog items refer. `letters/` is not one of them: only NewsletterTable refers to it."""
RECORD = "unneeded.json"
AT_ONCE = 1_000
"""DeleteObjects takes so many versions a call (S3 API reference)."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """The current VERSION of the object KEY; writing it again creates another version."""

    key: str
    version: str

    @property
    def digest(self) -> str:
        """Return the digest by which items refer to it."""
        return self.key.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class UnneededRecord:
    """The day LOOKED of the last look, and by name, which version has been unneeded since when."""

    looked: date | None
    since: dict[str, tuple[str, date]]

    def to_json(self) -> str:
        """Return the record as it is stored; these names never change."""
        since = {name: [version, day.isoformat()] for name, (version, day) in self.since.items()}
        return json.dumps({"looked": self.looked.isoformat() if self.looked else None, "since": since})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` returned."""
        record = json.loads(text)
        since = {name: (version, date.fromisoformat(day)) for name, (version, day) in record["since"].items()}
        return cls(date.fromisoformat(record["looked"]) if record["looked"] else None, since)


class StoredArtifacts:
    """All objects of the artifact bucket. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """Store the CLIENT and the artifact BUCKET's name."""
        self._client = client
        self._bucket = bucket

    def pages(self) -> Iterator[list[StoredVersion]]:
        """Yield the current versions of everything in FOLDERS, up to a thousand at a time."""
        for folder in FOLDERS:
            request: dict[str, Any] = {"Bucket": self._bucket, "Prefix": folder}
            while True:
                with service_errors(f"ListObjectVersions {folder}"):
                    answer = self._client.list_object_versions(**request)
                versions = answer.get("Versions", ())
                yield [StoredVersion(item["Key"], item["VersionId"]) for item in versions if item["IsLatest"]]
                if not answer["IsTruncated"]:
                    break
                request |= {"KeyMarker": answer["NextKeyMarker"], "VersionIdMarker": answer["NextVersionIdMarker"]}

    def delete(self, versions: Sequence[StoredVersion]) -> None:
        """Delete exactly VERSIONS; a version that was written later stays."""
        for start in range(0, len(versions), AT_ONCE):
            some: Any = [{"Key": item.key, "VersionId": item.version} for item in versions[start : start + AT_ONCE]]
            with service_errors("DeleteObjects"):
                answer = self._client.delete_objects(Bucket=self._bucket, Delete={"Objects": some, "Quiet": True})
            for error in answer.get("Errors", ()):
                raise ServiceError.refused(f"DeleteObjects {error.get('Key')}", str(error.get("Code")))

    def record(self) -> UnneededRecord:
        """Return the record of the last look; an empty one before the first."""
        with service_errors(f"GetObject {RECORD}"):
            answer = unless_missing(self._client.get_object, Bucket=self._bucket, Key=RECORD)
            if answer is None:
                return UnneededRecord(None, {})
            return UnneededRecord.from_json(answer["Body"].read().decode())

    def write_record(self, record: UnneededRecord) -> None:
        """Replace the record of the last look."""
        with service_errors(f"PutObject {RECORD}"):
            self._client.put_object(
                Bucket=self._bucket, Key=RECORD, Body=record.to_json().encode(), ContentType="application/json"
            )
