"""The objects of a bucket, read straight from moto: a look at a whole site must not cost a request an object."""

from collections.abc import Iterator, Mapping

from moto.s3.models import FakeKey, s3_backends

from dropcap_local.clients import ACCOUNT

USER_METADATA = "x-amz-meta-"
SYSTEM_METADATA = frozenset({
    "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires"
})  # fmt: skip


def stored_object(bucket: str, key: str) -> FakeKey | None:
    """Return the object KEY of BUCKET, if it is there."""
    found = s3_backends[ACCOUNT]["aws"].buckets[bucket].keys.get(key)
    return found if isinstance(found, FakeKey) else None


def stored_objects(bucket: str) -> Iterator[FakeKey]:
    """Return all objects of BUCKET, by key."""
    keys = s3_backends[ACCOUNT]["aws"].buckets[bucket].keys
    found = (keys.get(key) for key in sorted(keys))
    return (one for one in found if isinstance(one, FakeKey))


def headers_of(found: FakeKey) -> dict[str, str]:
    """Return the headers with which S3 hands out FOUND, its metadata included."""
    kept = {
        name: str(value)
        for name, value in found.metadata.items()
        if name in SYSTEM_METADATA or name.startswith(USER_METADATA)
    }
    return {"content-type": "binary/octet-stream", "etag": found.etag, "content-length": str(found.size), **kept}


def metadata_of(found: FakeKey) -> Mapping[str, str]:
    """Return what FOUND was written with: its own metadata by their names, and `content-type` and the like."""
    kept = {name: value for name, value in headers_of(found).items() if name not in {"etag", "content-length"}}
    return {name.removeprefix(USER_METADATA): value for name, value in kept.items()}
