"""9 refresh: invalidate changed objects at the CDN, many in one invalidation."""

from collections.abc import Iterable
from hashlib import sha256

from dropcap.aws.edge import Cdn
from dropcap.contracts import ClearEdge

MOST_TAGS = 50
"""Above so many tags the whole site is cleared, for the price of one path."""


def clear_edge(edge: Cdn, requests: Iterable[ClearEdge], batch: str) -> int:
    """Clear what REQUESTS name; return the number of invalidation paths.

    BATCH names the messages: the same ones are redelivered under the same reference, and CloudFront does nothing twice.
    """
    tags = sorted({tag for request in requests for tag in request.tags})
    paths = [f"#{tag}" for tag in tags] if len(tags) <= MOST_TAGS else ["/*"]
    if paths:
        edge.clear(paths, sha256(f"{batch} {paths}".encode()).hexdigest()[:64])
    return len(paths)
