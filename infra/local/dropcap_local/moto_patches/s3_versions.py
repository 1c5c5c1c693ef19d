"""S3's versions as AWS has them: events of deletions, and the order of lists.

Reason: moto sends no event when an object of a versioned bucket is deleted. It lists versions by their time alone, so
oldest first while the time stands still, and copies every object of the bucket to list those of one key. It ignores
`encoding-type` there: a control character in one key made the list of its bucket invalid XML.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import quote

from moto.core.responses import ActionResult, BaseResponse
from moto.s3 import notifications
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, S3Backend
from moto.s3.notifications import S3NotificationEvent, send_event
from moto.s3.responses import S3Response

_moto_delete_object = S3Backend.delete_object
_moto_list_object_versions = S3Backend.list_object_versions
_moto_event = notifications._get_s3_event  # noqa: SLF001 - what is replaced

_sequence: Final = count(1)
_NAMES: Final = frozenset({"Key", "Prefix", "Delimiter", "KeyMarker", "NextKeyMarker"})
"""What `encoding-type` encodes."""


@contextmanager
def s3_versions_as_aws() -> Iterator[None]:
    """Send events of deletions in versioned buckets, and list a key's newest version first, until the block ends."""
    backend = patch.multiple(S3Backend, delete_object=_delete_object, list_object_versions=_list_object_versions)
    response = patch.object(S3Response, "serialized", _serialized)
    with backend, response, patch.object(notifications, "_get_s3_event", _event):
        yield


def _delete_object(
    backend: S3Backend,
    bucket_name: str,
    key_name: str,
    version_id: str | None = None,
    *,
    bypass: bool = False,
) -> tuple[bool, dict[str, Any]]:
    deleted, answer = _moto_delete_object(backend, bucket_name, key_name, version_id, bypass)
    bucket = backend.get_bucket(bucket_name)
    left = bucket.keys.getlist(key_name, [])
    if deleted and bucket.is_versioned and left:
        marked = S3NotificationEvent.OBJECT_REMOVED_DELETE_MARKER_CREATED_EVENT
        kind = marked if version_id is None else S3NotificationEvent.OBJECT_REMOVED_DELETE_EVENT
        send_event(backend.account_id, kind, bucket, left[-1])
    return deleted, answer


def _event(
    event_name: str, bucket: FakeBucket, key: FakeKey | FakeDeleteMarker, notification_id: str
) -> dict[str, list[dict[str, Any]]]:
    """Return moto's event, with the version and the sequencer that AWS adds; a deletion has neither ETag nor size."""
    gone = "ObjectRemoved" in event_name
    named = SimpleNamespace(name=key.name, etag="", size=0) if gone else key
    event = _moto_event(event_name, bucket, named, notification_id)
    entity = event["Records"][0]["s3"]["object"]
    if gone:
        del entity["eTag"], entity["size"]
    if bucket.is_versioned:
        entity["versionId"] = key.version_id
    entity["sequencer"] = f"{next(_sequence):018X}"
    return event


def _list_object_versions(backend: S3Backend, bucket_name: str, **arguments: Any) -> Any:  # noqa: ANN401 - moto's own arguments and answer, passed on
    """Pass moto only the requested keys, their newest versions first; its own sort keeps that order."""
    bucket = copy.copy(backend.get_bucket(bucket_name))
    shown = [
        (name, versions[::-1])
        for name, versions in bucket.keys.iterlists()
        if name.startswith(arguments["prefix"]) and name >= (arguments["key_marker"] or "")
    ]
    bucket.keys = SimpleNamespace(iterlists=lambda: shown)  # type: ignore[assignment]  # all that the listing calls
    lister: Any = SimpleNamespace(get_bucket=lambda _: bucket)
    return _moto_list_object_versions(lister, bucket_name, **arguments)


def _serialized(response: S3Response, answer: ActionResult) -> Any:  # noqa: ANN401 - moto's own answer, passed on
    """Encode the keys in a list of versions if the client asks for it, as botocore always does."""
    result: Any = answer.result
    is_encoded = response.querystring.get("encoding-type") == ["url"]
    if is_encoded and isinstance(result, dict) and "DeleteMarkers" in result:
        answer = ActionResult({**_encoded(result), "EncodingType": "url"})
    return BaseResponse.serialized(response, answer)


def _encoded(fields: dict[str, Any]) -> dict[str, Any]:
    """Return FIELDS with every key, prefix and marker encoded, also within its lists."""
    return {name: _encoded_value(name, value) for name, value in fields.items()}


def _encoded_value(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of any kind
    if isinstance(value, list):
        return [_encoded(entry) for entry in value]
    return quote(value) if value and name in _NAMES else value
