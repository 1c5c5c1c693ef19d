"""The tools of the refresh function."""

from functools import cache

from dropcap.aws.edge import Cdn
from dropcap.clients import client
from dropcap.settings import RefreshSettings


@cache
def edge(settings: RefreshSettings) -> Cdn:
    """Return the CDN that refresh invalidates."""
    return Cdn(client("cloudfront"), settings.distribution_id)
