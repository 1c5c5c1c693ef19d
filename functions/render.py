"""1 render: turn a source into a post.

Trigger:  UploadQueue (S3 events of content/, posts that are due)
Reads:    ContentBucket, CatalogTable
Writes:   ArtifactBucket fragments/, ContentBucket history/, CatalogTable, schedules
Emits:    CatalogTable stream, UploadQueue, PictureQueue (pictures and other files)
On error: tried 10 times, then reported to the author; UnreportedDeadLetters if that fails too
"""

from typing import Any

from dropcap import observability
from dropcap.contracts import UploadSeen
from dropcap.document import file_kind
from dropcap.message_batch import each_message, is_given_up
from dropcap.metrics import emit_metric
from dropcap.observability import LOCATION, log_keys
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.settings import RenderSettings
from dropcap.site.post import REFUSED
from dropcap.site.settings.model import SITE_KEY
from dropcap.steps.render.document import render_document
from dropcap.wiring import render as wiring

logger = Logger(location=LOCATION)


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Render each upload of the batch."""
    return each_message(event, context, logger, lambda record: render(record, context))


def render(record: SQSRecord, context: LambdaContext) -> None:
    """Render the uploads that one message names; after the last try, record them as failed.

    Reading all versions together may take half of the remaining time.
    """
    settings = RenderSettings.from_environment()
    tools = wiring.render_tools(settings)
    failed = "every attempt failed." if is_given_up(record) else None
    for upload in UploadSeen.all_of(record.body):
        logger.append_keys(**log_keys(upload.cause))
        if file_kind(upload.key):
            wiring.picture_queue(settings).send(upload)
            logger.info("passed on")
            continue
        if upload.key == SITE_KEY:
            # Few uploads are the settings of the site, and their reader is seven modules.
            from dropcap.steps.render.site import render_site  # noqa: PLC0415

            outcome = render_site(tools, upload, failed=failed)
        else:
            seconds = context.get_remaining_time_in_millis() / 2_000
            outcome = render_document(tools, upload, failed=failed, seconds=seconds)
        logger.info("rendered", outcome=outcome)
        if outcome == REFUSED:
            emit_metric(observability.REFUSED, 1)
