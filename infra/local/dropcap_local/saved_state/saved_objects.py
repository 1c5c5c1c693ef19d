"""Objects of a bucket as they are saved, and the origin that serves them without moto."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.edge.object_headers import object_headers, time_headers

KEPT: Final = (
    "_etag", "_version_id", "_is_versioned", "_storage_class", "website_redirect_location", "checksum_algorithm",
    "checksum_value", "checksum_type", "checksum_parts", "encryption", "kms_key_id", "bucket_key_enabled",
)  # fmt: skip
"""Attributes in which one version differs from another in moto, next to body, metadata and time."""


class SavedVersion(NamedTuple):
    """One version of an object; BODY is None for a delete marker. MODIFIED is in seconds since the epoch.

    ATTRIBUTES are those of `KEPT`, in that order; of a delete marker its version id alone.
    """

    body: bytes | None
    modified: float
    metadata: dict[str, str]
    attributes: tuple[Any, ...]


SavedObjects = list[tuple[str, list[tuple[Any, ...]]]]
"""Each key with the versions of its object, the oldest first."""


class SavedOrigin:
    """The origin of the edge on the saved objects of the site bucket; they do not change."""

    def __init__(self, objects: SavedObjects) -> None:
        """Serve OBJECTS."""
        self._versions: Mapping[str, Sequence[tuple[Any, ...]]] = dict(objects)

    def object(self, bucket: str, key: str) -> HttpResponse | None:  # noqa: ARG002  # there is one bucket
        """Return the newest version of KEY as S3 serves it, None if there is none."""
        versions = self._versions.get(key)
        newest = SavedVersion(*versions[-1]) if versions else None
        if newest is None or newest.body is None:
            return None
        headers = object_headers(newest.metadata, f'"{newest.attributes[0]}"', len(newest.body))
        modified = datetime.fromtimestamp(newest.modified, UTC)
        return HttpResponse(200, {**headers, **time_headers(modified)}, newest.body)

    def invalidated(self, distribution: str, skip: int) -> Sequence[Sequence[str]]:  # noqa: ARG002  # as the protocol's
        """Return nothing: what does not change is never invalidated."""
        return ()
