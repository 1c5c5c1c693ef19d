"""2 index: request the views that read a changed Catalog item.

Trigger:  CatalogTable stream, BulkQueue (walks over all sources, records that failed before)
Reads:    CatalogTable, ContentBucket (keys only)
Writes:   nothing
Emits:    ViewQueue, IssueQueue, BulkQueue, UploadQueue
On error: a record moves to BulkQueue; there, records and walks are tried 10 times, then BulkDeadLetters; if BulkQueue
          is out of reach, the stream retries, then IndexDeadLetters
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dropcap.aws import catalog_keys as keys
from dropcap.aws.records_catalog import RecordsCatalog
from dropcap.aws.table import read_image
from dropcap.contracts import Cause, message_name
from dropcap.errors import DropcapError
from dropcap.message import Message, message_text
from dropcap.message_batch import each_message
from dropcap.newsletter_contracts import EntryAppeared
from dropcap.observability import LOCATION, cause_of, log_keys
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.settings import IndexSettings
from dropcap.steps.index.affected import AffectedViews
from dropcap.steps.index.catalog_change import Change
from dropcap.steps.index.change import affected_views, first_appearance
from dropcap.steps.index.read_ahead import read_ahead
from dropcap.steps.index.walk_content import walk_content, walk_journals
from dropcap.steps.index.walk_mentions import joined, walk_mentions
from dropcap.steps.index.walk_pages import CONTENT, walk_pages
from dropcap.steps.index.walk_references import walk_references
from dropcap.walk_contracts import WalkContent, WalkJournals, WalkMentions, WalkPages, WalkReferences
from dropcap.wiring import index as wiring

logger = Logger(location=LOCATION)

MALFORMED = (KeyError, TypeError, ValueError)
"""Errors of a record that does not have the form of this release."""


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Index the records of a stream batch, or of messages that carry one record or one walk each."""
    if event["Records"][0]["eventSource"] == "aws:dynamodb":
        index_records(event["Records"])
        return {"batchItemFailures": []}
    return each_message(event, context, logger, index_message)


def index_message(record: SQSRecord) -> None:
    """Index one parked record, or process one page of a walk."""
    settings = IndexSettings.from_environment()
    if message_name(record.body):
        walk(settings, record.body)
    else:
        index_records([json.loads(record.body)], park=False)


def walk(settings: IndexSettings, body: str) -> None:
    """Process one page of the walk that the message in BODY names."""
    catalog, views, queues = wiring.index_tools(settings)
    sources, journals = wiring.walk_tools(settings)
    kind = message_name(body)
    logger.info("walked", walk=kind, **log_keys(cause_of(body)))
    if kind == WalkReferences.NAME:
        walk_references(catalog, views, queues["bulk"], WalkReferences.from_json(body))
    elif kind == WalkMentions.NAME:
        walk_mentions(catalog, views, queues["bulk"], WalkMentions.from_json(body))
    elif kind == WalkPages.NAME:
        walk_pages((sources, journals), catalog, (views, queues["bulk"]), WalkPages.from_json(body))
    elif kind == WalkJournals.NAME:
        walk_journals(journals, catalog, (queues["upload"], queues["bulk"]), WalkJournals.from_json(body))
    else:
        walk_content(sources, queues["upload"], queues["bulk"], WalkContent.from_json(body))


def index_records(records: list[Mapping[str, Any]], *, park: bool = True) -> None:
    """Request the views of every record, each view once; park a record that cannot be handled."""
    catalog, views, queues = wiring.index_tools(IndexSettings.from_environment())
    catalog = RecordsCatalog.of(catalog)
    wanted: dict[str, tuple[str, Cause]] = {}
    appeared: list[EntryAppeared] = []
    mentions: list[WalkMentions] = []
    for record, parsed in zip(records, _read_ahead(records, catalog), strict=True):
        try:
            change = parsed or change_of(record)
            affected = affected_views(change, catalog)
            wanted |= dict.fromkeys(sorted(affected.views), (change.event, change.cause))
            for walk_over in _walks(change, affected):
                if isinstance(walk_over, WalkMentions):
                    mentions.append(walk_over)
                else:
                    queues["bulk"].send(walk_over)
            if "issue" in queues and (key := first_appearance(change)):
                appeared.append(EntryAppeared(key, change.cause))
        except (DropcapError, *MALFORMED):
            if not park:
                raise
            logger.exception("parked", event=record.get("eventID"))
            queues["bulk"].send(message_text(record))
    for walk_over in joined(mentions):
        queues["bulk"].send(walk_over)
    if appeared:
        queues["issue"].send_all(appeared)
    views.send(wanted)
    for cause, number in Counter(cause for _, cause in wanted.values()).items():
        logger.info("indexed", views=number, **log_keys(cause))


def _walks(change: Change, affected: AffectedViews) -> Iterator[Message]:
    """Yield the walks over what is AFFECTED by CHANGE and too much for one step."""
    if affected.many:
        yield affected.many
    if change.pk == keys.SITE[0] and change.is_news:
        yield WalkContent("", "", change.cause)
    if change.pk == keys.NAVIGATION[0] and change.is_news:
        yield WalkPages(CONTENT, "", change.event, change.cause)


def _read_ahead(records: list[Mapping[str, Any]], catalog: RecordsCatalog) -> list[Change | None]:
    """Return the change in each of RECORDS that can be read; CATALOG then knows what the rules for them ask for.

    If it cannot be read together, each record reads for itself, and those that cannot are parked.
    """
    changes = [_parsed(record) for record in records]
    try:
        read_ahead(filter(None, changes), catalog)
    except (DropcapError, *MALFORMED):
        logger.warning("not read ahead", exc_info=True)
    return changes


def _parsed(record: Mapping[str, Any]) -> Change | None:
    """Return the change in RECORD; None if it has none of the form of this release."""
    try:
        return change_of(record)
    except MALFORMED:
        return None


def change_of(record: Mapping[str, Any]) -> Change:
    """Return the change in one record of the stream, as Lambda receives it."""
    images = record["dynamodb"]
    old, new = (read_image(images[name]) if name in images else None for name in ("OldImage", "NewImage"))
    key = read_image(images["Keys"])
    return Change(record["eventID"], key["pk"], key["sk"], old, new)
