"""The cache of the edge, and its invalidation.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """An origin's answer at the edge. URI is the object's, TAGS its cache tags; an error of the origin has none."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    uri: str
    tags: frozenset[str]
    since: datetime
    lifetime: int
    is_error: bool = False

    def is_fresh(self, now: datetime) -> bool:
        """Return whether it may still be served at NOW."""
        return now < self.since + timedelta(seconds=self.lifetime)


class Cache:
    """Cached responses by their keys."""

    def __init__(self) -> None:
        self._responses: dict[Key, CachedResponse] = {}

    def get(self, key: Key, now: datetime) -> CachedResponse | None:
        """Return the response under KEY, unless it is stale at NOW."""
        response = self._responses.get(key)
        return response if response and response.is_fresh(now) else None

    def keep(self, key: Key, response: CachedResponse) -> None:
        """Store RESPONSE under KEY, if it may be cached."""
        if response.lifetime > 0:
            self._responses[key] = response

    def clear(self, paths: Iterable[str]) -> None:
        """Remove the responses that PATHS name: `#tag` for a tag, `/a/*` every object below, or one object."""
        for path in paths:
            self._responses = {
                key: response for key, response in self._responses.items() if not _is_named(response, path)
            }


def _is_named(response: CachedResponse, path: str) -> bool:
    if path.startswith("#"):
        return path[1:] in response.tags
    if path.endswith("*"):
        return response.uri.startswith(path[:-1])
    return response.uri == path
