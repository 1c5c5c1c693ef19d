"""6 feedback: record SES events in the ledger; hard bounces and complaints end a subscription.

Trigger:  FeedbackQueue (SES events from MailEventsTopic)
Reads:    NewsletterTable (the entry that moves)
Writes:   SubscribersTable (suppression), NewsletterTable (ledger)
Emits:    nothing
On error: tried 10 times, then FeedbackDeadLetters
"""

from typing import Any

from dropcap import clients
from dropcap.message_batch import each_message
from dropcap.metrics import emit_metric
from dropcap.newsletter.ledger import DeliveryState
from dropcap.newsletter.mail_event import MailEvent
from dropcap.newsletter_settings import FeedbackSettings
from dropcap.observability import LOCATION, MAILS_BOUNCED, MAILS_COMPLAINED, MAILS_DELIVERED
from dropcap.powertools import LambdaContext, Logger, SQSRecord
from dropcap.steps.newsletter.record_mail_event import record_mail_event
from dropcap.wiring import feedback as wiring

logger = Logger(location=LOCATION)

METRICS = {
    DeliveryState.DELIVERED: MAILS_DELIVERED,
    DeliveryState.BOUNCED: MAILS_BOUNCED,
    DeliveryState.COMPLAINED: MAILS_COMPLAINED,
}


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Record each event of the batch."""
    return each_message(event, context, logger, record_event)


def record_event(record: SQSRecord) -> None:
    """Record the SES event in one message; ignore events of mails that Dropcap did not send."""
    mail_event = MailEvent.from_json(record.body)
    if mail_event is None:
        logger.info("passed over")
        return
    subscribers, ledger = wiring.feedback_tools(FeedbackSettings.from_environment())
    news = record_mail_event(subscribers, ledger, mail_event, now=clients.now())
    if news and mail_event.state in METRICS:
        emit_metric(METRICS[mail_event.state], 1)
    logger.info(
        "recorded",
        correlation_id=mail_event.correlation_id,
        subscriber=mail_event.recipient,
        issue=mail_event.issue,
        state=mail_event.state,
        detail=mail_event.detail,
        news=news,
    )
