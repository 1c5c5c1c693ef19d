"""S3: reads and writes objects in moto's backend, and returns answers in botocore's form."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC
from io import BytesIO
from typing import Any
from zlib import crc32

from botocore.response import StreamingBody
from moto.s3.models import FakeDeleteMarker, FakeKey, S3Backend

from dropcap_local.in_process_calls.call import InProcessCall
from dropcap_local.in_process_calls.s3_names import names_with

OPERATIONS = frozenset({"HeadObject", "GetObject", "PutObject", "DeleteObject", "ListObjectsV2"})
PAGE = 1_000
"""Objects in one page of a list."""
PLAIN = {
    "HeadObject": {"Bucket", "Key"},
    "GetObject": {"Bucket", "Key", "VersionId"},
    "PutObject": {"Bucket", "Key", "Body", "ContentType", "CacheControl", "Metadata", "IfMatch", "IfNoneMatch"},
    "DeleteObject": {"Bucket", "Key"},
    "ListObjectsV2": {"Bucket", "Prefix", "MaxKeys", "StartAfter", "Delimiter"},
}
"""Parameters answered here. Ranges, dates and the rest are left to botocore."""

USER = "x-amz-meta-"
_NAME = re.compile(r"[a-z0-9_.-]+")
"""Names of metadata that moto stores as they are."""
MEMBERS = {
    "etag": "ETag",
    "cache-control": "CacheControl",
    "content-type": "ContentType",
    "x-amz-server-side-encryption": "ServerSideEncryption",
    "x-amz-version-id": "VersionId",
}
ELSEWHERE = {"last-modified", "content-length", "x-amz-sdk-checksum-algorithm"}
"""Headers that botocore returns elsewhere, or not at all."""


ANSWERED_404 = {"HTTPStatusCode": 404, "HTTPHeaders": {}, "RetryAttempts": 0}


class ObjectNotFoundError(Exception):  # the service's answer; it reaches the caller as a ClientError
    """Raised for a missing object, with the error's CODE, its message and S3's further details."""

    def __init__(self, code: str, message: str, **details: str) -> None:
        """Store the error's answer."""
        super().__init__(code)
        self.code = code
        self.answer: Any = {"Error": {"Code": code, "Message": message, **details}, "ResponseMetadata": ANSWERED_404}


class UnsupportedCallError(Exception):  # no error of the caller: botocore makes the call
    """Raised for calls that this module does not answer: the router falls back to botocore."""


def ask_object(call: InProcessCall) -> Mapping[str, Any]:
    """Return the answer; raise ObjectNotFoundError for a missing object, any other error to fall back."""
    parameters = call.parameters
    if not parameters.keys() <= PLAIN[call.operation]:
        raise UnsupportedCallError
    backend: S3Backend = call.backend
    if backend.get_bucket(parameters["Bucket"]).policy:
        raise UnsupportedCallError
    return _WAYS[call.operation](backend, parameters)


def _head(backend: S3Backend, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    stored = backend.get_object(parameters["Bucket"], parameters["Key"], return_delete_marker=True)
    if stored is None:
        raise ObjectNotFoundError("404", "Not Found")
    return {"AcceptRanges": "bytes", **_headers(stored)}


def _get(backend: S3Backend, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    stored = backend.get_object(parameters["Bucket"], parameters["Key"], version_id=parameters.get("VersionId"))
    if stored is None and "VersionId" not in parameters:
        raise ObjectNotFoundError("NoSuchKey", "The specified key does not exist.", Key=parameters["Key"])
    body = _usual(stored).value
    headers = _headers(stored)
    checksum = {"ChecksumCRC32": stored.checksum_value} if stored and stored.checksum_algorithm == "CRC32" else {}
    return {"AcceptRanges": "bytes", **headers, **checksum, "Body": StreamingBody(BytesIO(body), len(body))}


def _put(backend: S3Backend, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    body, bucket = parameters["Body"], backend.get_bucket(parameters["Bucket"])
    _check_conditions(parameters, backend.get_object(parameters["Bucket"], parameters["Key"]))
    checksum = b64encode(crc32(body).to_bytes(4)).decode()
    metadata = parameters.get("Metadata", {})
    stored_headers = {f"{USER}{name}": value for name, value in metadata.items()}
    stored_headers |= {name: parameters[member] for name, member in MEMBERS.items() if member in parameters}
    if not all(map(_NAME.fullmatch, metadata)) or not all(map(str.isascii, stored_headers.values())):
        raise UnsupportedCallError
    if bucket.encryption and not _is_usual(bucket.encryption):
        raise UnsupportedCallError
    new = backend.put_object(parameters["Bucket"], parameters["Key"], body, storage="STANDARD", checksum_value=checksum)
    new.set_metadata(stored_headers)
    new.set_acl(bucket.acl)
    new.checksum_algorithm = "CRC32"
    encryption = {"ServerSideEncryption": new.encryption} if new.encryption else {}
    version = {"VersionId": new.version_id} if bucket.is_versioned else {}
    return {"ETag": new.etag, **encryption, **version, "ChecksumCRC32": checksum}


def _is_usual(encryption: Mapping[str, Any]) -> bool:
    """Return whether ENCRYPTION, the setting of a bucket, is the default one of S3."""
    rule: Mapping[str, Any] = encryption["Rule"]
    return bool(rule.get("ApplyServerSideEncryptionByDefault") == {"SSEAlgorithm": "AES256"})


def _check_conditions(parameters: Mapping[str, Any], stored: FakeKey | None) -> None:
    """Raise UnsupportedCallError if a condition fails, or is neither `IfNoneMatch: *` nor an ETag in `IfMatch`."""
    if "IfNoneMatch" in parameters and (parameters["IfNoneMatch"] != "*" or stored):
        raise UnsupportedCallError
    if "IfMatch" in parameters and (not stored or stored.etag.strip('"') != parameters["IfMatch"].strip('"')):
        raise UnsupportedCallError


def _delete(backend: S3Backend, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    _, outcome = backend.delete_object(parameters["Bucket"], parameters["Key"])
    return {"DeleteMarker": outcome["delete-marker"] == "true", "VersionId": outcome["version-id"]} if outcome else {}


def _list(backend: S3Backend, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    prefix, most = parameters.get("Prefix", ""), parameters.get("MaxKeys", PAGE)
    bucket = backend.get_bucket(parameters["Bucket"])
    delimiter = parameters.get("Delimiter", "")
    if delimiter and parameters.get("StartAfter"):
        raise UnsupportedCallError
    limit = len(bucket.keys) if delimiter else PAGE + 1
    names = names_with(bucket.keys, prefix, limit, parameters.get("StartAfter", ""))
    objects = [stored for name in names if isinstance(stored := bucket.keys[name], FakeKey)]
    folder_of = {stored.name: _folder(stored.name, prefix, delimiter) for stored in objects}
    folders = sorted({*folder_of.values()} - {""})
    contents = [_listed(stored) for stored in objects if not folder_of[stored.name]]
    if (len(contents) + len(folders) if delimiter else len(names)) > min(most, PAGE):
        raise UnsupportedCallError  # moto draws the token that leads to the next page
    return {
        "IsTruncated": False,
        "Name": bucket.name,
        "Prefix": prefix,
        "MaxKeys": most,
        "KeyCount": len(contents) + len(folders),
        "EncodingType": "url",
        **({"Delimiter": delimiter} if delimiter else {}),
        **({"CommonPrefixes": [{"Prefix": folder} for folder in folders]} if folders else {}),
        **({"StartAfter": parameters["StartAfter"]} if parameters.get("StartAfter") else {}),
        **({"Contents": contents} if contents else {}),
    }


def _folder(name: str, prefix: str, delimiter: str) -> str:
    """Return the part of NAME up to the first DELIMITER after PREFIX; empty if there is none."""
    if not delimiter:
        return ""
    first, sign, _ = name.removeprefix(prefix).partition(delimiter)
    return prefix + first + sign if sign else ""


def _listed(stored: FakeKey) -> dict[str, Any]:
    checksum = {"ChecksumAlgorithm": [stored.checksum_algorithm]} if stored.checksum_algorithm else {}
    return {
        "Key": stored.name,
        "LastModified": stored.last_modified.replace(tzinfo=UTC),
        "ETag": stored.etag,
        "Size": stored.size,
        "StorageClass": stored.storage_class,
        **checksum,
    }


_WAYS = {"HeadObject": _head, "GetObject": _get, "PutObject": _put, "DeleteObject": _delete, "ListObjectsV2": _list}


def _usual(stored: FakeKey | FakeDeleteMarker | None) -> FakeKey:
    if not isinstance(stored, FakeKey):
        raise UnsupportedCallError
    return stored


def _headers(stored: FakeKey | FakeDeleteMarker | None) -> dict[str, Any]:
    """Return the fields that botocore reads from the response headers of the object STORED."""
    key = _usual(stored)
    headers = {name.lower(): value for name, value in {**key.metadata, **key.response_dict}.items()}
    metadata = {name.removeprefix(USER): value for name, value in headers.items() if name.startswith(USER)}
    plain = {name: value for name, value in headers.items() if not name.startswith(USER) and name not in ELSEWHERE}
    if not plain.keys() <= MEMBERS.keys():
        raise UnsupportedCallError
    members = {MEMBERS[name]: value for name, value in plain.items()}
    modified = key.last_modified.replace(microsecond=0, tzinfo=UTC)
    return {
        "ContentType": "binary/octet-stream",
        **members,
        "LastModified": modified,
        "ContentLength": key.size,
        "Metadata": metadata,
    }
