"""The only place where clients are made: lazily, once per settings, so that importing a module does nothing."""

from functools import cache
from pathlib import Path

from dropcap.aws.buckets import Artifacts, Reports, Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.catalog_scan import CatalogScan
from dropcap.aws.edge import Cdn
from dropcap.aws.failed_views import FailedViews
from dropcap.aws.journals import Journals
from dropcap.aws.media import MediaItems, RenditionStore
from dropcap.aws.queues import KeptViews, Queue, ViewQueue
from dropcap.aws.releases import Releases
from dropcap.aws.schedules import PostSchedules, ScheduleTarget
from dropcap.aws.site_bucket import SiteBucket
from dropcap.aws.stored_artifacts import StoredArtifacts
from dropcap.aws.table import Table
from dropcap.aws.text_cache import TextCache
from dropcap.clients import client, now, token
from dropcap.settings import (
    ImagesSettings,
    IndexSettings,
    PublishSettings,
    ReconcileSettings,
    RefreshSettings,
    RenderSettings,
)
from dropcap.site.theme import Theme
from dropcap.steps.make_media import MediaTools
from dropcap.steps.publish.context import PublishTools, publish_assets
from dropcap.steps.reconcile.compare import CompareTools
from dropcap.steps.reconcile.expire import ExpireTools
from dropcap.steps.reconcile.roll_out import RollOutTools
from dropcap.steps.render.document import RenderTools

KEPT_TEXT = 8_000_000
"""Characters of fragments, and of bodies, that a container of publish keeps: at most 64 MB of its memory."""


@cache
def render_tools(settings: RenderSettings) -> RenderTools:
    """Return the clients and settings of the render function."""
    return RenderTools(
        Sources(client("s3"), settings.content_bucket),
        Journals(client("s3"), settings.content_bucket),
        Artifacts(client("s3"), settings.artifact_bucket, "fragments/"),
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        Queue(client("sqs"), settings.upload_queue_url),
        PostSchedules(
            lambda: client("scheduler"),
            ScheduleTarget(settings.schedule_group, settings.upload_queue_arn, settings.schedule_role_arn),
        ),
        token,
        now,
        settings.trusted,
        bool(settings.newsletter),
    )


@cache
def picture_queue(settings: RenderSettings) -> Queue:
    """Return the queue on which render passes on what is no text."""
    return Queue(client("sqs"), settings.picture_queue_url)


@cache
def index_tools(settings: IndexSettings) -> tuple[Catalog, ViewQueue, dict[str, Queue]]:
    """Return the clients and settings of the index function: the Catalog, the views, and its other queues by name."""
    urls = {
        "upload": settings.upload_queue_url,
        "bulk": settings.bulk_queue_url,
        "issue": settings.issue_queue_url,
    }
    return (
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        ViewQueue(client("sqs"), settings.view_queue_url),
        {name: Queue(client("sqs"), url) for name, url in urls.items() if url},
    )


@cache
def walk_tools(settings: IndexSettings) -> tuple[Sources, Journals]:
    """Return the clients and settings of the walks over everything: the sources, and the journals of what is gone."""
    return Sources(client("s3"), settings.content_bucket), Journals(client("s3"), settings.content_bucket)


@cache
def publish_tools(settings: PublishSettings) -> PublishTools:
    """Return the clients and settings of publish, after the theme's assets are in the bucket."""
    tools = PublishTools(
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        SiteBucket(client("s3"), settings.site_bucket),
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
    """Return the queue of what publish has changed for readers."""
    return Queue(client("sqs"), settings.edge_queue_url)


@cache
def give_up_tools(settings: PublishSettings) -> tuple[FailedViews, KeptViews]:
    """Return the clients and settings of the giving up of views."""
    return (
        FailedViews(client("dynamodb"), settings.catalog_table),
        KeptViews(client("sqs"), settings.unmade_queue_url),
    )


@cache
def media_tools(settings: ImagesSettings) -> MediaTools:
    """Return the clients and settings of the images function."""
    return MediaTools(
        Sources(client("s3"), settings.content_bucket),
        RenditionStore(client("s3"), settings.artifact_bucket, settings.content_bucket),
        MediaItems(Table(client("dynamodb"), settings.catalog_table)),
        token,
    )


@cache
def roll_out_tools(settings: ReconcileSettings) -> RollOutTools:
    """Return the clients and settings of the rollout of a release."""
    return RollOutTools(
        Releases(Table(client("dynamodb"), settings.catalog_table)),
        Queue(client("sqs"), settings.bulk_queue_url),
        ViewQueue(client("sqs"), settings.view_queue_url),
    )


@cache
def compare_tools(settings: ReconcileSettings) -> CompareTools:
    """Return the clients and settings of the daily comparison."""
    return CompareTools(
        Sources(client("s3"), settings.content_bucket),
        Journals(client("s3"), settings.content_bucket),
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        Queue(client("sqs"), settings.upload_queue_url),
        Queue(client("sqs"), settings.issue_queue_url) if settings.issue_queue_url else None,
    )


@cache
def expire_tools(settings: ReconcileSettings) -> ExpireTools:
    """Return the clients and settings of the expiry of what is unneeded."""
    return ExpireTools(
        CatalogScan(client("dynamodb"), settings.catalog_table),
        StoredArtifacts(client("s3"), settings.artifact_bucket),
    )


@cache
def edge(settings: RefreshSettings) -> Cdn:
    """Return the clients and settings of the refresh function."""
    return Cdn(client("cloudfront"), settings.distribution_id)
