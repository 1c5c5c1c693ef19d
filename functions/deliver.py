"""5 deliver: send one mail per recipient, with one ledger entry each.

Trigger:  DeliveryQueue (pages of an issue's recipients), ConfirmationQueue (new subscribers)
Reads:    NewsletterTable, SubscribersTable, ArtifactBucket letters/, CatalogTable (the site's settings)
Writes:   NewsletterTable (ledger, sums of pages, send slots), SubscribersTable (time of the confirmation mail)
Emits:    SES mails, DeliveryQueue (the next page; what must wait), ConfirmationQueue (what must wait), IssueQueue
          (ReportIssue after the last page)
On error: tried 10 times, then DeliveryDeadLetters
"""

from datetime import datetime, timedelta
from typing import Any

from dropcap import clients
from dropcap.contracts import message_name
from dropcap.message_batch import each_message
from dropcap.metrics import emit_metric
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter_contracts import DeliverBatch, SendConfirmation
from dropcap.newsletter_settings import DeliverSettings
from dropcap.observability import (
    CONFIRMATION_BUDGET_SPENT,
    LOCATION,
    MAILS_REFUSED,
    MAILS_SENT,
    correlation_id,
    log_keys,
)
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.steps.newsletter.deliver_batch import deliver_batch
from dropcap.steps.newsletter.page_delivery import Invocation
from dropcap.steps.newsletter.send_confirmation import BUDGET_SPENT, send_confirmation
from dropcap.wiring import deliver as wiring

logger = Logger(location=LOCATION)

METRICS = {DeliveryState.SENT: MAILS_SENT, DeliveryState.REFUSED: MAILS_REFUSED}
ONE_MAIL_TAKES = 20
"""Seconds that one mail may take: thirteen of waiting for SES, and the writes around it."""


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Deliver each page of recipients, and mail each new subscriber a confirmation link, while there is time."""
    started, lasts = clients.now(), timedelta(milliseconds=context.get_remaining_time_in_millis())
    invocation = Invocation(started, lasts, lambda: context.get_remaining_time_in_millis() / 1000 - ONE_MAIL_TAKES)

    def deliver(record: SQSRecord) -> None:
        settings = DeliverSettings.from_environment()
        if message_name(record.body) == SendConfirmation.NAME:
            confirm(settings, SendConfirmation.from_json(record.body), started)
            return
        batch = DeliverBatch.from_json(record.body)
        logger.append_keys(issue=batch.issue, page=batch.page, **log_keys(batch.cause))
        became = deliver_batch(wiring.deliver_tools(settings), batch, invocation)
        logger.info("delivered", became=became)
        for state, metric in METRICS.items():
            if became.get(state):
                emit_metric(metric, became[state])

    return each_message(event, context, logger, deliver)


def confirm(settings: DeliverSettings, wanted: SendConfirmation, now: datetime) -> None:
    """Send one confirmation mail."""
    logger.append_keys(subscriber=wanted.subscriber, correlation_id=correlation_id(wanted.cause))
    outcome = send_confirmation(wiring.confirm_tools(settings), wanted, now=now)
    logger.info("asked", outcome=outcome)
    if outcome == BUDGET_SPENT:
        emit_metric(CONFIRMATION_BUDGET_SPENT, 1)
