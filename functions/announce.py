"""4 announce: turn a post's first list item into one newsletter issue with a fixed list of recipients.

Trigger:  IssueQueue (EntryAppeared from index; FreezeIssue from the Scheduler after the grace period; ReportIssue from
          deliver after the last page, and from the Scheduler)
Reads:    CatalogTable, NewsletterTable, SubscribersTable (hashes only), ArtifactBucket bodies/
Writes:   NewsletterTable (issues, pages of recipients), CatalogTable (the state of a post's newsletter),
          SubscribersTable (the index of confirmed ones, once), ArtifactBucket letters/, schedules
Emits:    DeliveryQueue, IssueQueue, CatalogTable stream, UnsentDeadLetters (failed newsletters, for a redrive)
On error: tried 10 times, then reported to the author and kept in UnsentDeadLetters
"""

from typing import Any

from dropcap import clients
from dropcap.contracts import message_name
from dropcap.message_batch import each_message, is_given_up
from dropcap.newsletter_contracts import EntryAppeared, FreezeIssue, ReportIssue
from dropcap.newsletter_settings import AnnounceSettings
from dropcap.observability import LOCATION, log_keys
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.steps.newsletter.freeze_issue import freeze_issue
from dropcap.steps.newsletter.give_up_issue import give_up_issue
from dropcap.steps.newsletter.open_issue import open_issue
from dropcap.steps.newsletter.report_issue import report_issue
from dropcap.wiring import announce as wiring

logger = Logger(location=LOCATION)


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Open, freeze or report on the issue of each message."""
    return each_message(event, context, logger, announce)


def announce(record: SQSRecord) -> None:
    """Open, freeze or report on the issue in one message; after the last try, record that this failed."""
    settings = AnnounceSettings.from_environment()
    message = _message(record.body)
    logger.append_keys(**log_keys(message.cause))
    if is_given_up(record):
        give_up_issue(wiring.give_up_tools(settings), message)
        logger.error("given up")
        return
    if isinstance(message, FreezeIssue):
        issue = freeze_issue(wiring.freeze_tools(settings), message, now=clients.now())
    elif isinstance(message, ReportIssue):
        issue = report_issue(wiring.report_tools(settings), message, now=clients.now())
    else:
        issue = open_issue(wiring.open_tools(settings), message, now=clients.now())
    if issue:
        logger.append_keys(issue=issue.issue)
        logger.info("announced", state=issue.state, reason=issue.reason, recipients=issue.recipients)


def _message(body: str) -> EntryAppeared | FreezeIssue | ReportIssue:
    name = message_name(body)
    if name == FreezeIssue.NAME:
        return FreezeIssue.from_json(body)
    return ReportIssue.from_json(body) if name == ReportIssue.NAME else EntryAppeared.from_json(body)
