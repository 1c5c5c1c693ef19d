"""The origin of the edge on moto: objects of its S3, invalidations of its CloudFront."""

from collections.abc import Sequence
from datetime import UTC

from moto.cloudfront.models import cloudfront_backends

from dropcap_local.clients import ACCOUNT
from dropcap_local.edge.http_response import HttpResponse
from dropcap_local.edge.object_headers import time_headers
from dropcap_local.resources.stored_objects import headers_of, stored_object


class MotoOrigin:
    """The buckets and distributions of the local account."""

    def object(self, bucket: str, key: str) -> HttpResponse | None:
        """Return the object KEY of BUCKET as S3 serves it, None if there is none."""
        stored = stored_object(bucket, key)
        if stored is None:
            return None
        modified = stored.last_modified.replace(tzinfo=UTC)
        return HttpResponse(200, {**headers_of(stored), **time_headers(modified)}, stored.value)

    def invalidated(self, distribution: str, skip: int) -> Sequence[Sequence[str]]:
        """Return the paths of each invalidation of DISTRIBUTION after the first SKIP ones."""
        invalidations = cloudfront_backends[ACCOUNT]["aws"].invalidations.get(distribution, [])
        return [invalidation.paths for invalidation in invalidations[skip:]]
