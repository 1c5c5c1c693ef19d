"""The CDN: invalidations by cache tag. All methods raise ServiceError."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dropcap.aws.failures import service_errors

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient


class Cdn:
    """One CloudFront distribution."""

    def __init__(self, client: "CloudFrontClient", distribution: str) -> None:
        """Store the CLIENT and the DISTRIBUTION's id."""
        self._client = client
        self._distribution = distribution

    def clear(self, paths: Iterable[str], reference: str) -> None:
        """Invalidate PATHS (`#tag` for a cache tag); a REFERENCE seen before makes no second invalidation."""
        items = list(paths)
        with service_errors("CreateInvalidation"):
            self._client.create_invalidation(
                DistributionId=self._distribution,
                InvalidationBatch={"Paths": {"Quantity": len(items), "Items": items}, "CallerReference": reference},
            )
