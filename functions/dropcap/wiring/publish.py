"""The tools of the publish function."""

from functools import cache
from pathlib import Path

from dropcap.aws.buckets import Artifacts, Reports
from dropcap.aws.catalog import Catalog
from dropcap.aws.failed_views import FailedViews
from dropcap.aws.media import RenditionStore
from dropcap.aws.queues import KeptViews, Queue
from dropcap.aws.site_bucket import SiteBucket
from dropcap.aws.table import Table
from dropcap.aws.text_cache import TextCache
from dropcap.clients import COPYING, client, token
from dropcap.settings import PublishSettings
from dropcap.site.theme import Theme
from dropcap.steps.publish.context import PublishTools, publish_assets

KEPT_TEXT = 8_000_000
"""Characters of fragments, and of bodies, that a container of publish keeps: at most 64 MB of its memory."""


@cache
def publish_tools(settings: PublishSettings) -> PublishTools:
    """Return the collaborators of publishing, after writing the theme's assets to the bucket."""
    tools = PublishTools(
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        SiteBucket(client("s3"), settings.site_bucket, lambda: client("s3", COPYING)),
        Artifacts(client("s3"), settings.artifact_bucket, "fragments/", TextCache(KEPT_TEXT)),
        Artifacts(client("s3"), settings.artifact_bucket, "bodies/", TextCache(KEPT_TEXT)),
        Reports(client("s3"), settings.content_bucket),
        Theme(Path(settings.templates_dir)),
        token,
        RenditionStore(client("s3"), settings.artifact_bucket),
    )
    publish_assets(tools)
    return tools


@cache
def edge_queue(settings: PublishSettings) -> Queue:
    """Return the queue of requests to invalidate the CDN."""
    return Queue(client("sqs"), settings.edge_queue_url)


@cache
def give_up_tools(settings: PublishSettings) -> tuple[FailedViews, KeptViews]:
    """Return the collaborators of giving up a view."""
    return (
        FailedViews(client("dynamodb"), settings.catalog_table),
        KeptViews(client("sqs"), settings.unmade_queue_url),
    )
