"""S3: an object is looked up or written in moto's backend, and told as botocore tells it."""

from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zlib import crc32

from botocore.response import StreamingBody
from moto.s3.models import FakeDeleteMarker, FakeKey, S3Backend
from moto.s3.utils import metadata_from_headers

from dropcap_local.in_process_calls.call import ApiCall

OPERATIONS = frozenset({"HeadObject", "GetObject", "PutObject", "DeleteObject"})
PLAIN = {
    "HeadObject": {"Bucket", "Key"},
    "GetObject": {"Bucket", "Key", "VersionId"},
    "PutObject": {"Bucket", "Key", "Body", "ContentType", "CacheControl", "Metadata", "IfMatch", "IfNoneMatch"},
    "DeleteObject": {"Bucket", "Key"},
}
"""Parameters answered here. Ranges, dates and the rest are left to botocore."""

USER = "x-amz-meta-"
MEMBERS = {
    "etag": "ETag",
    "cache-control": "CacheControl",
    "content-type": "ContentType",
    "x-amz-server-side-encryption": "ServerSideEncryption",
    "x-amz-version-id": "VersionId",
}
UNTOLD = {"last-modified", "content-length", "x-amz-sdk-checksum-algorithm"}
"""Headers that botocore returns elsewhere, or not at all."""


ANSWERED_404 = {"HTTPStatusCode": 404, "HTTPHeaders": {}, "RetryAttempts": 0}


class ObjectNotFoundError(Exception):  # it is what the service says, and reaches the caller as a ClientError
    """Raised for an object that is not there, with the error's CODE, its message and what else S3 tells."""

    def __init__(self, code: str, message: str, **told: str) -> None:
        """Make the error's answer."""
        super().__init__(code)
        self.code = code
        self.answer: Any = {"Error": {"Code": code, "Message": message, **told}, "ResponseMetadata": ANSWERED_404}


class UnsupportedCallError(Exception):  # no error: it only takes the long way
    """Raised for calls that this module does not answer: the router falls back to botocore."""


def ask_object(call: ApiCall) -> Mapping[str, Any]:
    """Return the answer; raise ObjectNotFoundError for a missing object, any other error to fall back."""
    given = call.parameters
    if not given.keys() <= PLAIN[call.operation]:
        raise UnsupportedCallError
    backend: S3Backend = call.backend
    if backend.get_bucket(given["Bucket"]).policy:
        raise UnsupportedCallError
    return _WAYS[call.operation](backend, given)


def _head(backend: S3Backend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = backend.get_object(given["Bucket"], given["Key"], return_delete_marker=True)
    if found is None:
        raise ObjectNotFoundError("404", "Not Found")
    return {"AcceptRanges": "bytes", **_told(found)}


def _get(backend: S3Backend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = backend.get_object(given["Bucket"], given["Key"], version_id=given.get("VersionId"))
    if found is None and "VersionId" not in given:
        raise ObjectNotFoundError("NoSuchKey", "The specified key does not exist.", Key=given["Key"])
    body = _usual(found).value
    told = _told(found)
    checksum = {"ChecksumCRC32": found.checksum_value} if found and found.checksum_algorithm == "CRC32" else {}
    return {"AcceptRanges": "bytes", **told, **checksum, "Body": StreamingBody(BytesIO(body), len(body))}


def _put(backend: S3Backend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    body, bucket = given["Body"], backend.get_bucket(given["Bucket"])
    _hold(given, backend.get_object(given["Bucket"], given["Key"]))
    checksum = b64encode(crc32(body).to_bytes(4)).decode()
    headers = {f"{USER}{name}": value for name, value in given.get("Metadata", {}).items()}
    headers |= {name: given[member] for name, member in MEMBERS.items() if member in given}
    if not all(value.isascii() for pair in headers.items() for value in pair):
        raise UnsupportedCallError
    new = backend.put_object(given["Bucket"], given["Key"], body, storage="STANDARD", checksum_value=checksum)
    new.set_metadata(metadata_from_headers(headers))
    new.set_acl(bucket.acl)
    new.checksum_algorithm = "CRC32"
    told = {name: value for name, value in _told(new).items() if name in {"ETag", "ServerSideEncryption", "VersionId"}}
    return {**told, "ChecksumCRC32": checksum}


def _hold(given: Mapping[str, Any], found: FakeKey | None) -> None:
    """Raise UnsupportedCallError where a condition does not hold, or is not one of the two that are usual."""
    if "IfNoneMatch" in given and (given["IfNoneMatch"] != "*" or found):
        raise UnsupportedCallError
    if "IfMatch" in given and (not found or found.etag.strip('"') != given["IfMatch"].strip('"')):
        raise UnsupportedCallError


def _delete(backend: S3Backend, given: Mapping[str, Any]) -> Mapping[str, Any]:
    _, told = backend.delete_object(given["Bucket"], given["Key"])
    return {"DeleteMarker": told["delete-marker"] == "true", "VersionId": told["version-id"]} if told else {}


_WAYS = {"HeadObject": _head, "GetObject": _get, "PutObject": _put, "DeleteObject": _delete}


def _usual(found: FakeKey | FakeDeleteMarker | None) -> FakeKey:
    if not isinstance(found, FakeKey):
        raise UnsupportedCallError
    return found


def _told(found: FakeKey | FakeDeleteMarker | None) -> dict[str, Any]:
    """Return what botocore reads in the headers of the answer about FOUND."""
    key = _usual(found)
    headers = {name.lower(): value for name, value in {**key.metadata, **key.response_dict}.items()}
    metadata = {name.removeprefix(USER): value for name, value in headers.items() if name.startswith(USER)}
    plain = {name: value for name, value in headers.items() if not name.startswith(USER) and name not in UNTOLD}
    if not plain.keys() <= MEMBERS.keys():
        raise UnsupportedCallError
    told = {MEMBERS[name]: value for name, value in plain.items()}
    modified = key.last_modified.replace(microsecond=0)
    return {
        "ContentType": "binary/octet-stream",
        **told,
        "LastModified": modified,
        "ContentLength": key.size,
        "Metadata": metadata,
    }
