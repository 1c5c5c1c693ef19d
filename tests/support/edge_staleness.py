"""The objects of the site of which the CDN may have an old version, if it cached each one at the worst moment."""

from collections.abc import Mapping
from typing import Any

from dropcap_local.cloud import LocalCloud
from dropcap_local.events.calls import Phase
from dropcap_local.resources.stored_objects import metadata_of, stored_object

TAG = "cache-tag"
WRITES = {("s3", "PutObject"), ("s3", "DeleteObject"), ("s3", "CopyObject")}
Version = tuple[str, dict[str, str]]
"""ETag and metadata of an object."""
UNTAGGED = ("assets/",)
"""Objects whose name changes with their content."""


class EdgeStaleness:
    """Observes CLOUD: a changed object is stale until an invalidation names its old version, by tag or by path."""

    def __init__(self, cloud: LocalCloud) -> None:
        """Observe from now on."""
        self._cloud = cloud
        self._before: dict[str, Version | None] = {}
        """The version of each object before the next write of it; other functions may write meanwhile."""
        self._stale: dict[str, set[str]] = {}
        cloud.on_call.append(self.observe)

    def observe(self, service: str, operation: str, parameters: Mapping[str, Any], phase: Phase) -> None:
        """Note changed objects and invalidations; runs before and after each call of a handler."""
        if operation == "CreateInvalidation" and phase == "after":
            self._clear(parameters["InvalidationBatch"]["Paths"]["Items"])
        elif (service, operation) in WRITES and parameters["Bucket"] == self._cloud.id("SiteBucket"):
            self._note(parameters["Key"], phase)

    def stale(self) -> list[str]:
        """Return the keys of the objects of which the CDN may have an old version."""
        return sorted(self._stale)

    def _note(self, key: str, phase: Phase) -> None:
        before, now = self._before.get(key), self._version(key)
        self._before[key] = now
        if phase == "after" and before and before != now and not key.startswith(UNTAGGED):
            tags = before[1].get(TAG, "").split(",")
            self._stale.setdefault(key, set()).update(tags)

    def _version(self, key: str) -> Version | None:
        stored = stored_object(self._cloud.id("SiteBucket"), key)
        return (stored.etag, dict(metadata_of(stored))) if stored else None

    def _clear(self, paths: list[str]) -> None:
        names = {path.removeprefix("#") for path in paths if path.startswith("#")}
        for key, tags in tuple(self._stale.items()):
            by_path = any(_covers(path, f"/{key}") for path in paths)
            if by_path or tags & names:
                del self._stale[key]


def _covers(path: str, uri: str) -> bool:
    return uri.startswith(path[:-1]) if path.endswith("*") else uri == path
