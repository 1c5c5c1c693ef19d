"""8 images: turn an uploaded picture or file into renditions and one Catalog item.

Trigger:  PictureQueue (from render)
Reads:    ContentBucket, CatalogTable
Writes:   ArtifactBucket renditions/, CatalogTable
Emits:    CatalogTable stream
On error: tried 10 times, then reported to the author; UnreportedDeadLetters if that fails too
"""

from typing import Any

from dropcap.contracts import UploadSeen
from dropcap.message_batch import each_message, is_given_up
from dropcap.observability import LOCATION, log_keys
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.settings import ImagesSettings
from dropcap.steps.make_media import make_media
from dropcap.wiring import images as wiring

logger = Logger(location=LOCATION)


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Make the renditions of each upload in the batch."""
    return each_message(event, context, logger, lambda record: make(record, context))


def make(record: SQSRecord, context: LambdaContext) -> None:
    """Make the renditions of one message's file; record a failure if every try is used up.

    Decoding all versions together may take three quarters of the remaining time.
    """
    settings = ImagesSettings.from_environment()
    tools = wiring.media_tools(settings)
    failed = "every attempt failed." if is_given_up(record) else None
    for upload in UploadSeen.all_of(record.body):
        logger.append_keys(**log_keys(upload.cause))
        seconds = context.get_remaining_time_in_millis() * 0.75 / 1_000
        logger.info("made", outcome=make_media(tools, upload, failed=failed, seconds=seconds))
