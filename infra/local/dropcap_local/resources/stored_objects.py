"""The objects of a bucket, read straight from moto: reading a whole site must not take a request an object."""

from collections.abc import Iterator, Mapping

from moto.s3.models import FakeKey, s3_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.edge.object_headers import USER_METADATA, object_headers


def stored_object(bucket: str, key: str) -> FakeKey | None:
    """Return the object KEY of BUCKET; None if there is none."""
    stored = s3_backends[ACCOUNT]["aws"].buckets[bucket].keys.get(key)
    return stored if isinstance(stored, FakeKey) else None


def stored_objects(bucket: str) -> Iterator[FakeKey]:
    """Return all objects of BUCKET, by key."""
    keys = s3_backends[ACCOUNT]["aws"].buckets[bucket].keys
    stored = (keys.get(key) for key in sorted(keys))
    return (item for item in stored if isinstance(item, FakeKey))


def headers_of(stored: FakeKey) -> dict[str, str]:
    """Return the headers with which S3 serves the object STORED, metadata included."""
    return object_headers(stored.metadata, stored.etag, stored.size)


def metadata_of(stored: FakeKey) -> Mapping[str, str]:
    """Return the metadata of STORED: user metadata by name, and `content-type` and the like."""
    headers = {name: value for name, value in headers_of(stored).items() if name not in {"etag", "content-length"}}
    return {name.removeprefix(USER_METADATA): value for name, value in headers.items()}
