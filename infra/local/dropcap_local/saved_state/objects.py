"""The objects of moto's buckets, with every version, as plain values and back.

Open multipart uploads are not kept: a program that was interrupted begins its upload again.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any, Final, cast

from moto.s3.models import FakeDeleteMarker, FakeKey, S3Backend
from moto.utilities.utils import LowercaseDict

from dropcap_local.clients import ACCOUNT, REGION
from dropcap_local.moto_patches.s3_bodies import StoredBody
from dropcap_local.saved_state.saved_objects import KEPT, SavedObjects, SavedVersion

NOTHING: Final = SavedVersion(b"", 0.0, {}, ())


def objects_of(backend: S3Backend) -> dict[str, SavedObjects]:
    """Return the objects of each bucket, by name, each with its versions, the oldest first."""
    return {
        name: [(key, [tuple(_saved(version)) for version in versions]) for key, versions in bucket.keys.iterlists()]
        for name, bucket in backend.buckets.items()
    }


def put_objects(backend: S3Backend, saved: dict[str, SavedObjects]) -> None:
    """Put the SAVED objects into the buckets, which are empty; nobody is notified."""
    for name, objects in saved.items():
        keys = backend.buckets[name].keys
        for key, versions in objects:
            keys.setlist(key, list(_versions(name, key, (SavedVersion(*version) for version in versions))))


def _saved(version: FakeKey | FakeDeleteMarker) -> SavedVersion:
    modified = version.last_modified.replace(tzinfo=UTC).timestamp()
    if isinstance(version, FakeDeleteMarker):
        return SavedVersion(None, modified, {}, (version.version_id,))
    version.etag  # noqa: B018  # moto computes it when it is first read
    attributes = vars(version)
    return SavedVersion(version.value, modified, dict(version.metadata), tuple(attributes[name] for name in KEPT))


def _versions(bucket: str, name: str, saved: Iterable[SavedVersion]) -> Iterator[FakeKey | FakeDeleteMarker]:
    last: FakeKey | None = None
    for version in saved:
        if version.body is None:
            marker = FakeDeleteMarker(last or _key(bucket, name, NOTHING))
            marker.last_modified = _moment(version)
            vars(marker)["_version_id"] = version.attributes[0]
            yield marker
        else:
            last = _key(bucket, name, version)
            yield last


def _key(bucket: str, name: str, version: SavedVersion) -> FakeKey:
    """Return moto's object for VERSION, made from a copy of a model: moto's constructor takes three times as long."""
    key = cast("FakeKey", FakeKey.__new__(FakeKey))
    attributes = vars(key)
    attributes.update(_model(bucket))
    attributes.update(zip(KEPT, version.attributes, strict=False))
    attributes |= {"name": name, "last_modified": _moment(version), "lock": Lock(), "_metadata": LowercaseDict()}
    attributes["_value_buffer"] = StoredBody()
    key.metadata.update(version.metadata)
    vars(FakeKey)["value"].fset(key, version.body)
    return key


@cache
def _model(bucket: str) -> dict[str, Any]:
    """Return the attributes of an object in BUCKET, except those that each one has of its own."""
    model = FakeKey("", b"", ACCOUNT, REGION, bucket_name=bucket)
    own = {"name", "last_modified", "lock", "_metadata", "_value_buffer"}
    attributes = {name: value for name, value in vars(model).items() if name not in own}
    model.dispose()
    return {**attributes, "disposed": False}


def _moment(version: SavedVersion) -> datetime:
    return datetime.fromtimestamp(version.modified, UTC).replace(tzinfo=None)
