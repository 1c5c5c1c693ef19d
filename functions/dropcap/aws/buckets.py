"""The content bucket (sources, journals, reports) and the artifact bucket (fragments, bodies)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dropcap.aws.failures import service_errors, unless_missing
from dropcap.aws.listed_objects import listed_after
from dropcap.aws.text_cache import TextCache
from dropcap.contracts import CONTENT

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REPORTS = "reports/"
VERSIONS = 1_000
"""Versions that ListObjectVersions returns a call; older versions of a key are not requested."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a source. SIZE is in bytes. BODY is its content if that was read with it."""

    etag: str
    version: str
    modified: datetime
    size: int
    body: bytes | None = field(default=None, repr=False)


def _version(answer: Mapping[str, Any]) -> Version:
    """Return the version that S3's ANSWER to a HeadObject or GetObject describes."""
    etag, version = answer["ETag"].strip('"'), answer.get("VersionId", "null")
    return Version(etag, version, answer["LastModified"], answer["ContentLength"])


class Sources:
    """The sources that authors upload. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """Store the CLIENT and the content BUCKET's name."""
        self._client = client
        self._bucket = bucket

    def head(self, key: str) -> Version | None:
        """Return the current version of source KEY; None if there is none."""
        with service_errors(f"HeadObject {key}"):
            answer = unless_missing(self._client.head_object, Bucket=self._bucket, Key=CONTENT + key)
        return _version(answer) if answer else None

    def newest(self, key: str, most: int) -> Version | None:
        """Return the current version of source KEY with its body, if that has at MOST so many bytes; None if gone."""
        with service_errors(f"GetObject {key}"):
            answer = unless_missing(self._client.get_object, Bucket=self._bucket, Key=CONTENT + key)
            if answer is None:
                return None
            version = _version(answer)
            with answer["Body"] as stream:
                return replace(version, body=stream.read()) if version.size <= most else version

    def read(self, key: str, version: str) -> bytes | None:
        """Return the bytes of VERSION of source KEY; None where it is gone."""
        with service_errors(f"GetObject {key}"):
            answer = unless_missing(self._client.get_object, Bucket=self._bucket, Key=CONTENT + key, VersionId=version)
            return answer["Body"].read() if answer else None

    def versions(self, key: str) -> list[Version]:
        """Return the versions of source KEY since its last deletion, newest first.

        S3 lists versions and deletions in the order in which they were made, but botocore returns them apart, and their
        times do not order them: they are whole seconds, and that of a multipart upload is when it began. What comes
        before the last deletion is therefore listed from there.
        """
        versions, marks = self._listed(key)
        if not marks:
            return versions
        earlier, _ = self._listed(key, KeyMarker=CONTENT + key, VersionIdMarker=marks[0])
        before = {version.version for version in earlier}
        return [version for version in versions if version.version not in before]

    def _listed(self, key: str, **after: str) -> tuple[list[Version], list[str]]:
        """Return the versions of source KEY, and the ids of its deletions, newest first, from the markers AFTER on."""
        with service_errors(f"ListObjectVersions {key}"):
            answer = self._client.list_object_versions(
                Bucket=self._bucket,
                Prefix=CONTENT + key,
                MaxKeys=VERSIONS,
                **after,  # type: ignore[arg-type]  # two markers or none
            )
        marks = [mark["VersionId"] for mark in answer.get("DeleteMarkers", ()) if mark["Key"] == CONTENT + key]
        versions = [
            Version(version["ETag"].strip('"'), version["VersionId"], version["LastModified"], version["Size"])
            for version in answer.get("Versions", ())
            if version["Key"] == CONTENT + key
        ]
        return versions, marks

    def walk(self, prefix: str, after: str, most: int) -> list[tuple[str, str]]:
        """Return at MOST so many source keys under PREFIX that come after AFTER, in order, with their ETags.

        The object `content/` itself, which S3's console makes to show an empty folder, comes before all of them.
        """
        contents = listed_after(self._client, self._bucket, CONTENT + prefix, CONTENT + after, most)
        return [(item["Key"].removeprefix(CONTENT), item["ETag"].strip('"')) for item in contents]


class Reports:
    """The reports on uploads, beside the sources, where nothing triggers. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        """Store the CLIENT and the content BUCKET's name."""
        self._client = client
        self._bucket = bucket

    def write(self, name: str, for_programs: str, for_people: str) -> None:
        """Write both forms of the report NAME."""
        with service_errors(f"PutObject reports/{name}"):
            for suffix, text, kind in (("json", for_programs, "application/json"), ("txt", for_people, "text/plain")):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=f"{REPORTS}{name}.{suffix}",
                    Body=text.encode(),
                    ContentType=f"{kind}; charset=utf-8",
                )

    def walk(self, after: str, most: int) -> list[str]:
        """Return at MOST so many names of objects that come after AFTER, in order: NAME.json and NAME.txt."""
        place = REPORTS + after if after else ""
        contents = listed_after(self._client, self._bucket, REPORTS, place, most)
        return [item["Key"].removeprefix(REPORTS) for item in contents]

    def remove(self, name: str) -> None:
        """Remove both forms of the report NAME."""
        with service_errors(f"DeleteObject reports/{name}"):
            for suffix in ("json", "txt"):
                self._client.delete_object(Bucket=self._bucket, Key=f"{REPORTS}{name}.{suffix}")


class Artifacts:
    """Immutable texts of one kind, named by their digest. All methods raise ServiceError."""

    def __init__(self, client: "S3Client", bucket: str, prefix: str, cache: TextCache | None = None) -> None:
        """Store the CLIENT, the artifact BUCKET, the PREFIX, such as `fragments/`, and the CACHE of texts used last."""
        self._client = client
        self._bucket = bucket
        self._prefix = prefix
        self._cache = cache or TextCache(0)

    def put(self, text: str, stored_digest: str | None = None) -> str:
        """Store TEXT, unless its digest is STORED_DIGEST, and return its digest."""
        digest = sha256(text.encode()).hexdigest()[:32]
        if digest != stored_digest:
            with service_errors(f"PutObject {self._prefix}{digest}"):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._key(digest),
                    Body=text.encode(),
                    ContentType="text/html; charset=utf-8",
                )
        self._cache.keep(digest, text)
        return digest

    def get(self, digest: str) -> str:
        """Return the text that DIGEST names; it was put before anything named it."""
        text = self._cache.get(digest)
        if text is None:
            with service_errors(f"GetObject {self._prefix}{digest}"):
                answer = self._client.get_object(Bucket=self._bucket, Key=self._key(digest))
                text = answer["Body"].read().decode()
            self._cache.keep(digest, text)
        return text

    def _key(self, digest: str) -> str:
        return f"{self._prefix}{digest}.html"
