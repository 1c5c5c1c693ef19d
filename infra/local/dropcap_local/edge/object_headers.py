"""The headers with which S3 serves an object."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Final

USER_METADATA: Final = "x-amz-meta-"
SYSTEM_METADATA: Final = frozenset({
    "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires"
})  # fmt: skip


def object_headers(metadata: Mapping[str, object], etag: str, size: int) -> dict[str, str]:
    """Return the headers of an object with METADATA, the quoted ETAG and SIZE in bytes; metadata is among them."""
    headers = {
        name: str(value)
        for name, value in metadata.items()
        if name in SYSTEM_METADATA or name.startswith(USER_METADATA)
    }
    return {"content-type": "binary/octet-stream", "etag": etag, "content-length": str(size), **headers}


def time_headers(modified: datetime) -> dict[str, str]:
    """Return the headers that S3 adds for a reader to an object MODIFIED at that time, in UTC."""
    return {"last-modified": format_datetime(modified, usegmt=True), "accept-ranges": "bytes"}
