"""The tools of the render function."""

from functools import cache

from dropcap.aws.buckets import Artifacts, Sources
from dropcap.aws.catalog import Catalog
from dropcap.aws.journals import Journals
from dropcap.aws.queues import Queue
from dropcap.aws.schedules import PostSchedules, ScheduleTarget
from dropcap.aws.table import Table
from dropcap.clients import client, now, token
from dropcap.settings import RenderSettings
from dropcap.steps.render.document import RenderTools


@cache
def render_tools(settings: RenderSettings) -> RenderTools:
    """Return the collaborators of rendering."""
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
