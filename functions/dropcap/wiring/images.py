"""The tools of the images function."""

from functools import cache

from dropcap.aws.buckets import Sources
from dropcap.aws.media import MediaItems, RenditionStore
from dropcap.aws.table import Table
from dropcap.clients import COPYING, client, token
from dropcap.settings import ImagesSettings
from dropcap.steps.make_media import MediaTools


@cache
def media_tools(settings: ImagesSettings) -> MediaTools:
    """Return the collaborators of making renditions."""
    return MediaTools(
        Sources(client("s3"), settings.content_bucket),
        RenditionStore(client("s3"), settings.artifact_bucket, settings.content_bucket, lambda: client("s3", COPYING)),
        MediaItems(Table(client("dynamodb"), settings.catalog_table)),
        token,
    )
