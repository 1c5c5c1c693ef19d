"""3 publish: one view is made true, by one writer at a time.

Trigger:  ViewQueue (FIFO, one message group a view)
Reads:    CatalogTable, ArtifactBucket, SiteBucket
Writes:   SiteBucket, ArtifactBucket bodies/, CatalogTable (what stands, sums), ContentBucket reports/
Emits:    EdgeQueue, CatalogTable stream
On error: tried 5 times, then ViewDeadLetters
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from dropcap import wiring
from dropcap.contracts import ClearEdge, MakeView
from dropcap.settings import PublishSettings
from dropcap.steps.publish import publish_view
from dropcap.steps.publish_view import Making, publish_colours, tags_of

logger = Logger()


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Make each view of the batch once; a failure hands back the rest of its group, which is its view."""
    tools, queue = wiring.publish_tools(PublishSettings.from_environment())
    site = tools.catalog.site()
    publish_colours(tools, site)
    made: set[str] = set()

    def publish(record: SQSRecord) -> None:
        wanted = MakeView.from_json(record.body)
        if wanted.view in made:
            return
        logger.clear_state()
        logger.append_keys(view=wanted.view, source=wanted.cause.key, etag=wanted.cause.etag)
        try:
            changed = publish_view(Making(tools, site, wanted.cause), wanted.view)
        except Exception:
            logger.exception("failed", message_id=record.message_id)
            raise
        if int(record.attributes.approximate_receive_count or 1) > 1:
            # An earlier try may have written the bytes and died before it could say so.
            changed |= tags_of(wanted.view)
        if changed:
            queue.send(ClearEdge(tuple(sorted(changed)), wanted.cause))
        made.add(wanted.view)
        logger.info("published", cleared=sorted(changed))

    processor = SqsFifoPartialProcessor(skip_group_on_error=True)
    processor.raise_on_entire_batch_failure = False
    return process_partial_response(event, publish, processor, context)
