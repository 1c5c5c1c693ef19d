"""3 publish: build one view; each view has one writer at a time.

Trigger:  ViewQueue (FIFO, one message group per view)
Reads:    CatalogTable, ArtifactBucket, SiteBucket
Writes:   SiteBucket, ArtifactBucket bodies/, CatalogTable (shown records, list items, sums, failed views),
          ContentBucket reports/
Emits:    EdgeQueue, CatalogTable stream, UnmadeDeadLetters (failed views, for a redrive)
On error: tried 10 times, then reported to the author and kept in UnmadeDeadLetters
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from dropcap import clients
from dropcap.aws.batch_catalog import BatchCatalog
from dropcap.aws.queues import is_redriven
from dropcap.contracts import Cause, ClearEdge, MakeView, RemakeView
from dropcap.errors import ContractError, ServiceError
from dropcap.message import json_object
from dropcap.message_batch import each_message, is_given_up
from dropcap.metrics import SECONDS, emit_metric
from dropcap.observability import LOCATION, PUBLISHED, SECONDS_TO_LIVE, log_keys
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.settings import PublishSettings
from dropcap.site.views import name_in_logs, writes_a_sum
from dropcap.steps.publish.context import PublishContext, publish_colours, tags_of
from dropcap.steps.publish.dispatch import publish_view
from dropcap.steps.publish.give_up_view import give_up_view
from dropcap.steps.publish.read_ahead import read_ahead
from dropcap.wiring import publish as wiring

logger = Logger(location=LOCATION)

ONE_VIEW_TAKES = 15_000
"""Milliseconds; with less time left, a view goes back to the queue."""

Handle = Callable[[MakeView | RemakeView, SQSRecord], None]


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Build each view of the batch once, sums first; a failure returns the rest of its message group: its view.

    What the batch changed is invalidated at its end. If that message cannot be sent, the whole batch is redelivered,
    and `_may_be_stale` invalidates its views whether they change once more or not.
    """
    settings = PublishSettings.from_environment()
    stale: dict[Cause, set[str]] = defaultdict(set)
    wanted_by = cache(_wanted)
    views = {record["body"]: _view(wanted_by, record["body"]) for record in event["Records"]}
    publish = cache(lambda: _publish(settings, context, stale, views.values()))

    def handled(record: SQSRecord) -> None:
        wanted = wanted_by(record.body)
        logger.append_keys(view=name_in_logs(wanted.view), **log_keys(wanted.cause))
        handle = _give_up(settings) if is_given_up(record) else publish()
        handle(wanted, record)

    records = sorted(event["Records"], key=lambda record: not writes_a_sum(views[record["body"]]))
    answer = each_message({**event, "Records": records}, context, logger, handled, in_groups=True)
    edge = wiring.edge_queue(settings)
    edge.send_all(ClearEdge(tuple(sorted(tags)), cause) for cause, tags in stale.items())
    return answer


def _view(wanted_by: Callable[[str], MakeView | RemakeView], body: str) -> str:
    """Return the view in BODY; empty for a message that cannot be read."""
    try:
        return wanted_by(body).view
    except ContractError:
        return ""


def _wanted(body: str) -> MakeView | RemakeView:
    """Return the message in BODY; raise ContractError if it cannot be read."""
    values = json_object(body)
    return RemakeView.of(values) if values.get("message") == RemakeView.NAME else MakeView.of(values)


def _publish(
    settings: PublishSettings, context: LambdaContext, stale: dict[Cause, set[str]], views: Collection[str]
) -> Handle:
    """Return the function that builds one of VIEWS and adds the cache tags of its changes to STALE, by cause."""
    tools = wiring.publish_tools(settings)
    catalog = BatchCatalog.of(tools.catalog)
    tools = replace(tools, catalog=catalog)
    failed_views, _ = wiring.give_up_tools(settings)
    site = read_ahead(catalog, views)
    if not settings.newsletter:
        site = replace(site, newsletter=False)
    publish_colours(tools, site)
    published: set[str] = set()

    def publish(wanted: MakeView | RemakeView, record: SQSRecord) -> None:
        if wanted.view not in published:
            if published and context.get_remaining_time_in_millis() < ONE_VIEW_TAKES:
                raise ServiceError.out_of_time(wanted.view)
            changed = publish_view(PublishContext(tools, site, wanted.cause, _report_live), wanted.view)
            if _may_be_stale(wanted, record):
                changed |= tags_of(wanted.view)
            if changed:
                stale[wanted.cause] |= changed
            published.add(wanted.view)
            logger.info("published", cleared=sorted(changed))
        if isinstance(wanted, RemakeView):
            failed_views.over(wanted.view, wanted.cause)

    return publish


def _report_live(since: datetime) -> None:
    """Log that a new version of a post is live, with the seconds SINCE its upload or, if scheduled, its date."""
    seconds = (clients.now() - since).total_seconds()
    emit_metric(PUBLISHED, 1)
    emit_metric(SECONDS_TO_LIVE, seconds, SECONDS)
    logger.info("live", seconds=seconds)


def _may_be_stale(wanted: MakeView | RemakeView, record: SQSRecord) -> bool:
    """Return whether an earlier try may have written the view and failed before it could invalidate it at the CDN.

    A redrive resets the receive count, so a view that failed is recognised by its message, or by the id of it. The age
    says nothing: a walk over 100,000 sources takes hours, and each of its views has the time at which it began.
    """
    was_tried = int(record.attributes.approximate_receive_count or 1) > 1
    return isinstance(wanted, RemakeView) or was_tried or is_redriven(record.attributes.message_deduplication_id)


def _give_up(settings: PublishSettings) -> Handle:
    failed_views, kept_bodies = wiring.give_up_tools(settings)

    def give_up(wanted: MakeView | RemakeView, record: SQSRecord) -> None:
        give_up_view(failed_views, kept_bodies, wanted, record.message_id)
        logger.error("given up")

    return give_up
