"""4 announce: a post that stands in the lists for the first time becomes one newsletter issue.

Trigger:  IssueQueue (EntryAppeared from index; FreezeIssue from the Scheduler when a grace period is over)
Reads:    CatalogTable, NewsletterTable, SubscribersTable (hashes only), ArtifactBucket bodies/
Writes:   NewsletterTable (issues, pages of recipients), CatalogTable (what becomes of a post's mail),
          ArtifactBucket letters/, schedules
Emits:    DeliveryQueue, IssueQueue, CatalogTable stream
On error: tried 5 times, then IssueDeadLetters
"""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from dropcap import mail_wiring
from dropcap.contracts import EntryAppeared, FreezeIssue, message_name
from dropcap.each_message import each_message
from dropcap.mail_settings import AnnounceSettings
from dropcap.steps.freeze_issue import freeze_issue
from dropcap.steps.open_issue import open_issue

logger = Logger()


def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401  # Lambda's answer is JSON
    """Open or freeze the issue of each message."""
    return each_message(event, context, logger, announce)


def announce(record: SQSRecord) -> None:
    """Open the issue of a post that appeared, or freeze one whose time has come."""
    settings = AnnounceSettings.from_environment()
    if message_name(record.body) == FreezeIssue.__name__:
        due = FreezeIssue.from_json(record.body)
        logger.append_keys(issue=due.issue, source=due.cause.key)
        issue = freeze_issue(mail_wiring.freeze_tools(settings), due, now=mail_wiring.now())
    else:
        appeared = EntryAppeared.from_json(record.body)
        logger.append_keys(source=appeared.key)
        issue = open_issue(mail_wiring.open_tools(settings), appeared, now=mail_wiring.now())
    if issue:
        logger.info("announced", issue=issue.issue, state=issue.state, reason=issue.reason, recipients=issue.recipients)
