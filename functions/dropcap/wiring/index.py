"""The tools of the index function."""

from functools import cache

from dropcap.aws.buckets import Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue, ViewQueue
from dropcap.aws.table import Table
from dropcap.clients import client
from dropcap.settings import IndexSettings


@cache
def index_tools(settings: IndexSettings) -> tuple[Catalog, ViewQueue, dict[str, Queue]]:
    """Return the collaborators of indexing: the Catalog, the queue of views, and the other queues by name."""
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
    """Return the collaborators of walks: the sources, and the journals of removed ones."""
    return Sources(client("s3"), settings.content_bucket), Journals(client("s3"), settings.content_bucket)
