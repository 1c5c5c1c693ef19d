"""The tools of the reconcile function."""

from functools import cache

from dropcap.aws.buckets import Reports, Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.catalog_scan import CatalogScan
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue, ViewQueue
from dropcap.aws.releases import Releases
from dropcap.aws.stored_artifacts import StoredArtifacts
from dropcap.aws.table import Table
from dropcap.clients import client
from dropcap.settings import ReconcileSettings
from dropcap.steps.reconcile.compare import CompareTools
from dropcap.steps.reconcile.expire import ExpireTools
from dropcap.steps.reconcile.roll_out import RollOutTools


@cache
def roll_out_tools(settings: ReconcileSettings) -> RollOutTools:
    """Return the collaborators of rolling out a release."""
    return RollOutTools(
        Releases(Table(client("dynamodb"), settings.catalog_table)),
        Queue(client("sqs"), settings.bulk_queue_url),
        ViewQueue(client("sqs"), settings.view_queue_url),
    )


@cache
def compare_tools(settings: ReconcileSettings) -> CompareTools:
    """Return the collaborators of the daily comparison."""
    return CompareTools(
        Sources(client("s3"), settings.content_bucket),
        Journals(client("s3"), settings.content_bucket),
        Reports(client("s3"), settings.content_bucket),
        Catalog(Table(client("dynamodb"), settings.catalog_table), settings.default_site_url),
        Queue(client("sqs"), settings.upload_queue_url),
        Queue(client("sqs"), settings.issue_queue_url) if settings.issue_queue_url else None,
    )


@cache
def expire_tools(settings: ReconcileSettings) -> ExpireTools:
    """Return the collaborators of the weekly expiry."""
    return ExpireTools(
        CatalogScan(client("dynamodb"), settings.catalog_table),
        StoredArtifacts(client("s3"), settings.artifact_bucket),
    )
