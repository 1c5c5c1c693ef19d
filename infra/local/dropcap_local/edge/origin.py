"""The origin of the edge: a bucket, and the invalidations of the distribution in front of it."""

from collections.abc import Sequence
from typing import Protocol

from dropcap_local.edge.http_response import HttpResponse


class Origin(Protocol):
    """A source of objects: `MotoOrigin` of the local cloud, `SavedOrigin` of the last run, which does without moto."""

    def object(self, bucket: str, key: str) -> HttpResponse | None:
        """Return the object KEY of BUCKET as S3 serves it, None if there is none."""

    def invalidated(self, distribution: str, skip: int) -> Sequence[Sequence[str]]:
        """Return the paths of each invalidation of DISTRIBUTION after the first SKIP ones."""
